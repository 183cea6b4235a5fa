import type { Environment } from './environment.ts'
import { entryOf, type MappingNode, type Node, sequenceNode, stringOf, textNode, withEntry } from './node.ts'

/** Gives names without a value in `environment` lists their value (compose-go loader/environment.go). */
export function resolveListedEnvironment(model: MappingNode, environment: Environment): MappingNode {
  const services = entryOf(model, 'services')
  if (services?.kind !== 'mapping') return model
  let changed = services
  for (const [name, { value: service }] of services.entries) {
    const listed = entryOf(service, 'environment')
    if (service.kind !== 'mapping' || listed?.kind !== 'sequence') continue
    const items = listed.items
      .filter((item) => stringOf(item) !== undefined)
      .map((item) => withValue(item, environment))
    if (items.length === listed.items.length && items.every((item, i) => item === listed.items[i])) continue
    changed = withEntry(changed, name, withEntry(service, 'environment', sequenceNode(items, listed.span)))
  }
  return changed === services ? model : withEntry(model, 'services', changed)
}

function withValue(item: Node, environment: Environment): Node {
  const name = stringOf(item) ?? ''
  const value = environment.get(name)
  return value === undefined ? item : textNode(`${name}=${value}`, item.span)
}
