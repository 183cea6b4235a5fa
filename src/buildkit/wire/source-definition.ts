import { createHash } from 'node:crypto'
import { create, type MessageInitShape, toBinary } from '@bufbuild/protobuf'
import { DefinitionSchema, type FileActionCopySchema, OpSchema } from '../gen/ops_pb.ts'
import type { Definition, StringMap } from './types.ts'

/** Something a daemon fetches by itself: `git://host/path#ref:dir`, `https://…` with the attributes it takes. */
export interface SourceSpec {
  readonly identifier: string
  readonly attrs: StringMap
  /** Shown as the step's name. */
  readonly name: string
}

/** A directory cut out of a source. */
export interface CopySpec {
  /** Path inside the source. */
  readonly from: string
  /** `unpack`: an archive at `from` is unpacked. `contents`: of the directory `from`. */
  readonly how: 'unpack' | 'contents'
  readonly name: string
}

/** A build graph that fetches one source. */
export function sourceDefinition(source: SourceSpec): Definition {
  return encode(new Graph(), (graph) => graph.source(source))
}

/** A build graph that fetches a source and copies out of it, step by step, each into an empty file system. */
function copyDefinition(source: SourceSpec, copies: readonly CopySpec[]): Definition {
  return encode(new Graph(), (graph) =>
    copies.reduce((input, copy) => graph.copy(input, copy), graph.source(source)),
  )
}

/** Name of the one file in the result of an http source. */
export const HTTP_FILE = 'context'

/** An http source of that name. */
export function httpSource(url: string, name: string): SourceSpec {
  return { identifier: url, attrs: { 'http.filename': HTTP_FILE }, name }
}

/** A directory of an archive behind a URL; empty or `.` is all of it. */
export function archiveDefinition(url: string, dir: string): Definition {
  const unpack = { from: HTTP_FILE, how: 'unpack', name: '[internal] unpack remote build context' } as const
  const cut = { from: dir, how: 'contents', name: `[internal] take ${dir} of ${url}` } as const
  const copies = dir === '' || dir === '.' ? [unpack] : [unpack, cut]
  return copyDefinition(httpSource(url, '[internal] load remote build context'), copies)
}

// "Keep" for a mode and "now" for a time, as the daemon reads them.
const UNSET = -1
const EMPTY_FILE_SYSTEM = -1n

/** A step before it is encoded. */
interface Step {
  readonly inputs?: { readonly digest: string; readonly index: bigint }[]
  readonly op?: NonNullable<MessageInitShape<typeof OpSchema>['op']>
  readonly constraints?: Record<string, never>
}

/** Steps in the order they depend on each other; a step is named by the digest of its bytes. */
class Graph {
  readonly steps: Uint8Array[] = []
  readonly metadata: Record<string, { description?: Record<string, string>; caps: Record<string, boolean> }> =
    {}

  source({ identifier, attrs, name }: SourceSpec): string {
    const sorted = Object.fromEntries(Object.entries(attrs).sort(([a], [b]) => (a < b ? -1 : 1)))
    const source = { identifier, attrs: sorted }
    return this.#add({ op: { case: 'source', value: source } }, name)
  }

  copy(input: string, { from, how, name }: CopySpec): string {
    const copy: MessageInitShape<typeof FileActionCopySchema> = {
      src: from.startsWith('/') ? from : `/${from}`,
      dest: '/',
      mode: UNSET,
      timestamp: BigInt(UNSET),
      dirCopyContents: how === 'contents',
      attemptUnpack: how === 'unpack',
    }
    const action = {
      input: EMPTY_FILE_SYSTEM,
      secondaryInput: 0n,
      output: 0n,
      action: { case: 'copy', value: copy },
    } as const
    return this.#add(
      { inputs: [{ digest: input, index: 0n }], op: { case: 'file', value: { actions: [action] } } },
      name,
      ['file.base'],
    )
  }

  /** The last step carries no operation: its input is the result. */
  result(input: string): void {
    const digest = this.#append({ inputs: [{ digest: input, index: 0n }] })
    this.metadata[digest] = { caps: { constraints: true, 'meta.description': true, platform: true } }
  }

  #add(op: Step, name: string, caps: readonly string[] = []): string {
    // The empty constraints are what others send: a step they fetched too is then the same step.
    const digest = this.#append({ ...op, constraints: {} })
    this.metadata[digest] = {
      description: { 'llb.customname': name },
      caps: Object.fromEntries(caps.map((cap) => [cap, true])),
    }
    return digest
  }

  #append(op: Step): string {
    const bytes = toBinary(OpSchema, create(OpSchema, op))
    this.steps.push(bytes)
    return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
  }
}

function encode(graph: Graph, build: (graph: Graph) => string): Definition {
  graph.result(build(graph))
  const definition = create(DefinitionSchema, { def: graph.steps, metadata: graph.metadata })
  return toBinary(DefinitionSchema, definition) as Definition
}
