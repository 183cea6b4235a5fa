import type { Span } from '../../core/source/source-file.ts'
import { compareBytes } from '../../core/text/byte-order.ts'
import { readHosts } from './hosts.ts'
import { entryOf, goType, type MappingNode, type Node, scalarText, stringOf } from './node.ts'
import { decodeFailure, readBool, readBytes, readPairs, readTextPairs, readTexts } from './values.ts'

/** A soft and a hard limit; the single-number form is lost in the reference and leaves both at 0. */
export interface Ulimit {
  readonly name: string
  readonly soft: bigint
  readonly hard: bigint
  readonly at: Span
}

/** A service's `build`, typed; absent texts are empty. Named after Compose's keys. */
export interface BuildSection {
  readonly node: MappingNode
  readonly context: string
  readonly dockerfile: string
  readonly dockerfileInline: string
  readonly target: string
  readonly network: string
  readonly sbom: string
  readonly provenance: string
  readonly shmSizeBytes: number
  readonly noCache: boolean
  readonly pull: boolean
  readonly tags: readonly string[]
  readonly platforms: readonly string[]
  readonly cacheFrom: readonly string[]
  readonly cacheTo: readonly string[]
  /** Undefined values are looked up when the target is made. */
  readonly args: ReadonlyMap<string, string | undefined>
  readonly labels: ReadonlyMap<string, string>
  readonly additionalContexts: ReadonlyMap<string, string>
  readonly extraHosts: ReadonlyMap<string, string>
  /** In name order; the reference has them in no fixed order. */
  readonly ulimits: readonly Ulimit[]
  readonly ssh: readonly { readonly id: string; readonly paths: readonly string[] }[]
  /** Names of the model's secrets. */
  readonly secrets: readonly { readonly source: string; readonly at: Span }[]
}

/** Reads a validated, canonical `build`; `place` is its name in the reference's messages. */
export function readBuild(node: MappingNode, place: string): BuildSection {
  const at = (key: string): Node | undefined => entryOf(node, key)
  const text = (key: string): string => stringOf(at(key)) ?? ''
  const args = at('args')
  return {
    node,
    context: text('context'),
    dockerfile: text('dockerfile'),
    dockerfileInline: text('dockerfile_inline'),
    target: text('target'),
    network: text('network'),
    sbom: text('sbom'),
    provenance: text('provenance'),
    shmSizeBytes: readBytes(at('shm_size'), `${place}.shm_size`),
    noCache: readBool(at('no_cache'), `${place}.no_cache`) ?? false,
    pull: readBool(at('pull'), `${place}.pull`) ?? false,
    tags: readTexts(at('tags')),
    platforms: readTexts(at('platforms')),
    cacheFrom: readTexts(at('cache_from')),
    cacheTo: readTexts(at('cache_to')),
    args: args === undefined ? new Map() : readPairs(args, `${place}.args`),
    labels: readTextPairs(at('labels'), `${place}.labels`),
    additionalContexts: readTextPairs(at('additional_contexts'), `${place}.additional_contexts`),
    extraHosts: readHosts(at('extra_hosts'), `${place}.extra_hosts`),
    ulimits: readUlimits(at('ulimits'), `${place}.ulimits`),
    ssh: readSsh(at('ssh')),
    secrets: readMounts(at('secrets')),
  }
}

function readSsh(node: Node | undefined): BuildSection['ssh'] {
  if (node?.kind !== 'mapping') return []
  return [...node.entries].map(([id, { value }]) => {
    const path = scalarText(value) ?? ''
    return { id, paths: path === '' ? [] : [path] }
  })
}

function readMounts(node: Node | undefined): BuildSection['secrets'] {
  if (node?.kind !== 'sequence') return []
  return node.items.map((item) => ({ source: stringOf(entryOf(item, 'source')) ?? '', at: item.span }))
}

function readUlimits(node: Node | undefined, place: string): readonly Ulimit[] {
  if (node?.kind !== 'mapping') return []
  const sorted = [...node.entries].sort(([a], [b]) => compareBytes(a, b))
  return sorted.map(([name, { value, keySpan }]) => ({
    name,
    soft: readLimit(entryOf(value, 'soft'), `${place}[${name}].soft`),
    hard: readLimit(entryOf(value, 'hard'), `${place}[${name}].hard`),
    at: keySpan,
  }))
}

function readLimit(node: Node | undefined, place: string): bigint {
  if (node === undefined) return 0n
  if (node.kind === 'scalar' && node.value.type === 'int') return node.value.value
  throw decodeFailure(
    place,
    `expected type 'int', got unconvertible type '${goType(node)}'`,
    node.span,
    'write a number without quotes',
  )
}
