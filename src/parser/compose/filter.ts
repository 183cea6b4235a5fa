import { entryOf, isNull, type MappingEntry, type MappingNode, mappingNode } from './node.ts'
import { refuse } from './stop.ts'

const SERVICE_KEYS = ['image', 'build', 'environment', 'env_file'] as const

/** What of a model matters to builds (spec bake 9.1). A model with neither services nor secrets is empty. */
export function filterModel(model: MappingNode): MappingNode {
  const kept = new Map<string, MappingEntry>()
  const services = model.entries.get('services')
  if (services?.value.kind === 'mapping') {
    kept.set('services', { value: filterServices(services.value), keySpan: services.keySpan })
  }
  const secrets = model.entries.get('secrets')
  if (secrets !== undefined) kept.set('secrets', secrets)
  if (kept.size > 0) return mappingNode(kept, model.span)
  throw refuse('compose/empty', 'empty compose file', {
    hints: ['write at least one service below `services:`'],
  })
}

function filterServices(services: MappingNode): MappingNode {
  const kept = new Map<string, MappingEntry>()
  for (const [name, { value, keySpan }] of services.entries) {
    if (value.kind !== 'mapping') {
      if (isNull(value)) kept.set(name, { value: mappingNode(new Map(), value.span), keySpan })
      continue
    }
    const entries = new Map<string, MappingEntry>()
    for (const key of SERVICE_KEYS) {
      const entry = value.entries.get(key)
      if (entry !== undefined) entries.set(key, entry)
    }
    kept.set(name, { value: mappingNode(entries, value.span), keySpan })
  }
  return mappingNode(kept, services.span)
}

/** The services of a filtered model. */
export function servicesOf(model: MappingNode): ReadonlyMap<string, MappingEntry> {
  const services = entryOf(model, 'services')
  return services?.kind === 'mapping' ? services.entries : new Map()
}
