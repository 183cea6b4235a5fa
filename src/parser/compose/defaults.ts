import { entryOf, goType, type MappingNode, type Node, stringOf, textNode, withEntry } from './node.ts'
import { refuse } from './stop.ts'

/** Gives every build section a context, and refuses forms that only fail here (compose-go transform/defaults.go). */
export function setDefaults(model: MappingNode): MappingNode {
  const services = entryOf(model, 'services')
  if (services?.kind !== 'mapping') return model
  let changed = services
  for (const [name, { value: service }] of services.entries) {
    if (service.kind !== 'mapping') continue
    checkForms(service, `services.${name}`)
    const build = entryOf(service, 'build')
    if (build?.kind !== 'mapping' || build.entries.has('context')) continue
    changed = withEntry(
      changed,
      name,
      withEntry(service, 'build', withEntry(build, 'context', textNode('.', build.span))),
    )
  }
  return changed === services ? model : withEntry(model, 'services', changed)
}

function checkForms(service: MappingNode, path: string): void {
  const reservations = entryOf(entryOf(entryOf(service, 'deploy'), 'resources'), 'reservations')
  for (const [devices, place] of [
    [entryOf(reservations, 'devices'), 'deploy.resources.reservations.devices'],
    [entryOf(service, 'gpus'), 'gpus'],
  ] as const) {
    for (const item of itemsOf(devices))
      if (item.kind !== 'mapping') throw wrongForm(item, `${path}.${place}.[]`, 'device request')
  }
  for (const volume of itemsOf(entryOf(service, 'volumes'))) {
    const bind = entryOf(volume, 'bind')
    if (bind !== undefined && bind.kind !== 'mapping')
      throw wrongForm(bind, `${path}.volumes.[].bind`, 'service volume bind')
  }
}

function itemsOf(node: Node | undefined): readonly Node[] {
  return node?.kind === 'sequence' && stringOf(node) === undefined ? node.items : []
}

function wrongForm(node: Node, path: string, what: string): Error {
  return refuse('compose/invalid-type', `${path}: invalid type ${goType(node)} for ${what}`, {
    at: node.span,
    hints: ['write a mapping'],
  })
}
