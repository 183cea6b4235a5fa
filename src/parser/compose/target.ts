import { parseBool } from '../../core/go/bool.ts'
import { humanBytes } from '../../core/go/bytes.ts'
import { quote } from '../../core/go/quote.ts'
import type { Span } from '../../core/source/source-file.ts'
import { compareBytes } from '../../core/text/byte-order.ts'
import type { ComposeTarget } from '../definition.ts'
import type { BuildSection, Ulimit } from './build-section.ts'
import type { Environment } from './environment.ts'
import { entryOf } from './node.ts'
import type { Secret, Service } from './service.ts'
import type { ServiceEnvironment } from './service-environment.ts'
import { refuse } from './stop.ts'
import { readXBake, type XBake } from './x-bake.ts'

const NAME = /^[a-zA-Z0-9_-]+$/
const ULIMITS = new Set(
  'core cpu data fsize locks memlock msgqueue nice nofile nproc rss rtprio rttime sigpending stack'.split(
    ' ',
  ),
)

/** Where a target takes what its own service does not say. */
export interface TargetSources {
  readonly secrets: ReadonlyMap<string, Secret>
  readonly service: ServiceEnvironment
  readonly environment: Environment
}

/** A service with a build section as a bake target (spec bake 9.2, 9.3). */
export function toTarget(service: Service, build: BuildSection, sources: TargetSources): ComposeTarget {
  const name = targetName(service.name)
  if (!NAME.test(name)) {
    const why = `invalid service name ${quote(name)}: only "[a-zA-Z0-9_-]+" are allowed`
    throw refuse('compose/service-name', why, {
      at: service.nameSpan,
      hints: ['rename the service'],
    })
  }
  const extension = readXBake(entryOf(build.node, 'x-bake'))
  return {
    name,
    span: service.nameSpan,
    strings: stringsOf(build),
    lists: listsOf(service, build, extension),
    maps: mapsOf(build, extension, sources),
    bools: boolsOf(build, extension),
    secrets: build.secrets.map(({ source, at }) => toSecret(source, at, sources.secrets)),
    ssh: [...build.ssh, ...extension.ssh].sort(compareSsh),
    spans: spansOf(service, build),
  }
}

/** A service's name as a target's: dots become underscores. */
export function targetName(service: string): string {
  return service.replaceAll('.', '_')
}

function stringsOf(build: BuildSection): ReadonlyMap<string, string> {
  return filled([
    ['context', build.context],
    ['dockerfile', build.dockerfile],
    ['dockerfile-inline', build.dockerfileInline],
    ['target', build.target],
    ['network', build.network],
    ['shm-size', build.shmSizeBytes > 0 ? humanBytes(build.shmSizeBytes) : ''],
  ])
}

function filled(rows: readonly (readonly [string, string])[]): ReadonlyMap<string, string> {
  return new Map(rows.filter(([, value]) => value !== ''))
}

function listsOf(
  service: Service,
  build: BuildSection,
  extension: XBake,
): ReadonlyMap<string, readonly string[]> {
  const tags = build.tags.length === 0 && service.image !== '' ? [service.image] : build.tags
  const attest = [attestText('sbom', build.sbom), attestText('provenance', build.provenance)]
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['attest', attest.filter((text) => text !== '')],
    ['cache-from', [...build.cacheFrom, ...extension.lists.cacheFrom]],
    ['cache-to', [...build.cacheTo, ...extension.lists.cacheTo]],
    ['no-cache-filter', [...new Set(extension.lists.noCacheFilter)]],
    ['output', extension.lists.output],
    ['platforms', joined(build.platforms, extension.lists.platforms)],
    ['secret', extension.lists.secret],
    ['tags', joinedTags(build.tags, tags, extension.lists.tags)],
    ['ulimits', build.ulimits.map(ulimitText)],
  ]
  return new Map(rows.filter(([, list]) => list.length > 0))
}

/** Repeats are only dropped where the extension adds something. */
function joined(own: readonly string[], more: readonly string[]): readonly string[] {
  return more.length === 0 ? own : [...new Set([...own, ...more])]
}

/** The image's name is a tag only when nothing else gives one, the extension included. */
function joinedTags(
  own: readonly string[],
  withImage: readonly string[],
  more: readonly string[],
): readonly string[] {
  return more.length === 0 ? withImage : joined(own, more)
}

function attestText(type: string, value: string): string {
  if (value === '') return ''
  const enabled = parseBool(value)
  return enabled === undefined ? `type=${type},${value}` : `type=${type},disabled=${!enabled}`
}

function ulimitText(limit: Ulimit): string {
  const { name, soft, hard } = limit
  const refused = (why: string): Error =>
    refuse('compose/bad-ulimit', why, {
      at: limit.at,
      hints: ['see `man setrlimit` for names and values'],
    })
  if (!ULIMITS.has(name)) throw refused(`invalid ulimit type: ${name}`)
  const order = 'ulimit soft limit must be less than or equal to hard limit: '
  if (hard !== -1n && soft === -1n) throw refused(`${order}soft: -1 (unlimited), hard: ${hard}`)
  if (hard !== -1n && soft > hard) throw refused(`${order}${soft} > ${hard}`)
  return `${name}=${soft}:${hard}`
}

function mapsOf(
  build: BuildSection,
  extension: XBake,
  sources: TargetSources,
): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const args = new Map<string, string>()
  for (const [name, written] of build.args) {
    const value = written ?? sources.service.get(name) ?? sources.environment.get(name)
    if (value !== undefined) args.set(name, value)
  }
  const contexts = new Map([...linked(extension.contexts), ...linked(build.additionalContexts)])
  const rows: readonly (readonly [string, ReadonlyMap<string, string>])[] = [
    ['args', args],
    ['contexts', contexts],
    ['extra-hosts', build.extraHosts],
    ['labels', build.labels],
  ]
  return new Map(rows.filter(([, map]) => map.size > 0))
}

/** Contexts that name a service name its target. */
function linked(contexts: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map(
    [...contexts].map(([name, value]) => {
      const link = /^(?:service|target):(.*)$/s.exec(value)
      return [name, link === null ? value : `target:${targetName(link[1] ?? '')}`] as const
    }),
  )
}

function boolsOf(build: BuildSection, extension: XBake): ReadonlyMap<string, boolean> {
  const bools = new Map<string, boolean>()
  const noCache = extension.noCache ?? (build.noCache || undefined)
  const pull = extension.pull ?? (build.pull || undefined)
  if (noCache !== undefined) bools.set('no-cache', noCache)
  if (pull !== undefined) bools.set('pull', pull)
  return bools
}

function toSecret(
  id: string,
  at: Span,
  secrets: ReadonlyMap<string, Secret>,
): ComposeTarget['secrets'][number] {
  const secret = secrets.get(id)
  if (secret?.external === true) {
    const why = `unsupported external secret ${secret.name}`
    throw refuse('compose/external-secret', why, {
      at,
      hints: ['give the secret a `file` or an `environment`'],
    })
  }
  const { file = '', environment = '' } = secret ?? {}
  return { id, ...(file === '' ? {} : { src: file }), ...(environment === '' ? {} : { env: environment }) }
}

type Ssh = ComposeTarget['ssh'][number]

function compareSsh(a: Ssh, b: Ssh): number {
  return compareBytes(a.id, b.id) || compareBytes(a.paths.join('\0'), b.paths.join('\0'))
}

const KEYS: readonly (readonly [string, string])[] = [
  ['context', 'context'],
  ['dockerfile', 'dockerfile'],
  ['dockerfile_inline', 'dockerfile-inline'],
  ['target', 'target'],
  ['network', 'network'],
  ['shm_size', 'shm-size'],
  ['cache_from', 'cache-from'],
  ['cache_to', 'cache-to'],
  ['platforms', 'platforms'],
  ['provenance', 'attest'],
  ['sbom', 'attest'],
  ['secrets', 'secret'],
  ['ssh', 'ssh'],
  ['tags', 'tags'],
  ['ulimits', 'ulimits'],
  ['args', 'args'],
  ['additional_contexts', 'contexts'],
  ['extra_hosts', 'extra-hosts'],
  ['labels', 'labels'],
  ['no_cache', 'no-cache'],
  ['pull', 'pull'],
]

function spansOf(service: Service, build: BuildSection): ReadonlyMap<string, Span> {
  const spans = new Map<string, Span>()
  const extension = entryOf(build.node, 'x-bake')
  if (extension?.kind === 'mapping')
    for (const [key, { value }] of extension.entries) spans.set(key, value.span)
  for (const [key, bakeKey] of KEYS) {
    const value = entryOf(build.node, key)
    if (value !== undefined) spans.set(bakeKey, value.span)
  }
  if (!spans.has('tags') && service.image !== '') spans.set('tags', service.nameSpan)
  return spans
}
