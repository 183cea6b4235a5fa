import { quote } from '../../core/go/quote.ts'
import { compareBytes } from '../../core/text/byte-order.ts'
import { clear } from './clear.ts'
import { merge } from './merge.ts'
import {
  type ComposeDocument,
  entryOf,
  isNull,
  type MappingEntry,
  type MappingNode,
  mappingNode,
  type Node,
  stringOf,
  withEntry,
  withoutEntry,
} from './node.ts'
import { locate, locateFolder } from './paths.ts'
import type { FileModel, Loader, Project, ProjectFile } from './project.ts'
import { resolvePaths } from './resolve-paths.ts'
import type { Session } from './session.ts'
import { refuse } from './stop.ts'

type Cleared = ComposeDocument['cleared']

/** One step of a chain of `extends`. */
interface Link {
  readonly file: string
  readonly service: string
}

/** Services of one file, filled with finished ones while they are worked out. */
interface Services {
  readonly entries: Map<string, MappingEntry>
  readonly cleared: Cleared
}

/** Puts under every service what it `extends` (compose-go loader/extends.go). */
export function applyExtends(
  { model, cleared }: FileModel,
  file: ProjectFile,
  project: Project,
  loader: Loader,
  session: Session,
): MappingNode {
  const services = entryOf(model, 'services')
  if (services === undefined) return model
  if (services.kind !== 'mapping') {
    throw refuse('compose/not-a-mapping', 'services must be a mapping', {
      at: services.span,
      hints: ['write `NAME:` for each service'],
    })
  }
  const own: Services = { entries: new Map(services.entries), cleared }
  const resolver = new Resolver(project, loader, session, file.name)
  let changed = false
  for (const name of [...own.entries.keys()].sort(compareBytes)) {
    changed = resolver.finish(name, own, []) !== services.entries.get(name)?.value || changed
  }
  return changed ? withEntry(model, 'services', mappingNode(own.entries, services.span)) : model
}

class Resolver {
  private readonly project: Project
  private readonly session: Session
  private readonly loader: Loader
  private readonly file: string
  private readonly bases = new Map<string, Services>()

  constructor(project: Project, loader: Loader, session: Session, file: string) {
    this.project = project
    this.loader = loader
    this.session = session
    this.file = file
  }

  finish(name: string, services: Services, chain: readonly Link[]): Node {
    const entry = services.entries.get(name) as MappingEntry
    const service = entry.value
    if (isNull(service)) return service
    if (service.kind !== 'mapping') {
      throw refuse('compose/not-a-mapping', `services.${name} must be a mapping`, {
        at: service.span,
        hints: ['give the service attributes'],
      })
    }
    const wish = service.entries.get('extends')?.value
    if (wish === undefined) return service
    const { ref, file } = this.readWish(name, wish)
    const base =
      file === undefined ? this.sameFile(name, ref, services, wish) : this.otherFile(name, ref, file, wish)
    const link: Link = { file: file === undefined ? this.file : (stringOf(file) ?? ''), service: name }
    const finished = this.finish(ref, base, grow(chain, link, wish))
    if (isNull(finished)) return service
    const merged = this.lay(name, finished as MappingNode, service, services.cleared)
    services.entries.set(name, { value: merged, keySpan: entry.keySpan })
    return merged
  }

  private lay(name: string, base: MappingNode, service: MappingNode, cleared: Cleared): MappingNode {
    const inner = cleared
      .filter(([top, key, ...rest]) => top === 'services' && key === name && rest.length > 0)
      .map((path) => path.slice(2))
    return withoutEntry(merge(clear(base, inner), service, ['services', 'x']) as MappingNode, 'extends')
  }

  private readWish(name: string, wish: Node): { readonly ref: string; readonly file: Node | undefined } {
    if (wish.kind !== 'mapping') return { ref: stringOf(wish) ?? '', file: undefined }
    const ref = stringOf(entryOf(wish, 'service'))
    if (ref === undefined) {
      throw refuse('compose/extends-service', `extends.${name}.service is required`, {
        at: wish.span,
        hints: ['add `service: NAME`'],
      })
    }
    const file = entryOf(wish, 'file')
    return { ref, file: file === undefined || isNull(file) ? undefined : file }
  }

  private sameFile(name: string, ref: string, services: Services, wish: Node): Services {
    if (services.entries.has(ref)) return services
    throw refuse(
      'compose/extends-service',
      `cannot extend service ${quote(name)} in ${this.file}: service ${quote(ref)} not found`,
      { at: wish.span, hints: ['name a service of the same file, or add `file`'] },
    )
  }

  private otherFile(name: string, ref: string, file: Node, wish: Node): Services {
    const path = stringOf(file)
    if (path === undefined)
      throw refuse('compose/invalid-type', `extends.${name}.file must be a string`, { at: file.span })
    const base = this.bases.get(path) ?? this.load(name, path, file)
    this.bases.set(path, base)
    const copy = { ...base, entries: new Map(base.entries) }
    if (copy.entries.has(ref)) return copy
    throw refuse(
      'compose/extends-service',
      `cannot extend service ${quote(name)} in ${this.file}: service ${quote(ref)} not found in ${path}`,
      { at: wish.span, hints: [`name one of the services of ${path}`] },
    )
  }

  private load(name: string, path: string, at: Node): Services {
    const { locator } = this.project
    const place = locate(path, locator)
    const text = this.session.text(place)
    if (text.kind !== 'text') {
      const why = text.kind === 'missing' ? `open ${place}: no such file or directory` : text.message
      throw refuse('compose/extends-file', why, {
        at: at.span,
        hints: ['check the path; it starts from the working directory'],
      })
    }
    const folder = locateFolder(path, locator)
    const project: Project = { ...this.project, files: [], folder, included: [] }
    const { model, cleared } = this.loader.loadFile(
      { name: place, file: text.file },
      project,
      'services',
      this.session,
    )
    const placed = resolvePaths(model, { folder, home: locator.home })
    const services = entryOf(placed, 'services')
    const why = services === undefined ? 'no services section' : 'services must be a mapping'
    if (services?.kind !== 'mapping') {
      throw refuse('compose/extends-file', `cannot extend service ${quote(name)} in ${place}: ${why}`, {
        at: at.span,
      })
    }
    return { entries: new Map(services.entries), cleared }
  }
}

function grow(chain: readonly Link[], link: Link, wish: Node): readonly Link[] {
  const known = chain.some((one) => one.file === link.file && one.service === link.service)
  if (!known) return [...chain, link]
  const [first, ...rest] = chain
  const lines = [
    `  ${first?.service} in ${first?.file}`,
    ...[...rest, link].map((one) => `  extends ${one.service} in ${one.file}`),
  ]
  throw refuse('compose/extends-cycle', ['Circular reference:', ...lines].join('\n'), {
    at: wish.span,
    hints: ['let one of these services stand without extends'],
  })
}
