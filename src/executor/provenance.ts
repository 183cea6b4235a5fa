import type { ContentDescriptor, HistoryRecord } from '../buildkit/wire/types.ts'
import { envBool } from '../request/settings.ts'
import type { NodeConnection } from './node-connection.ts'
import { withRunStep } from './run-step.ts'
import type { BuildResponse, RunContext } from './run-types.ts'

type Json = Readonly<Record<string, unknown>>

/**
 * `buildx.build.provenance[/<platform>]` of a finished build, read from the daemon's history
 * (spec buildkit 12.2). Empty when it is switched off or the daemon keeps no history.
 */
export async function provenanceKeys(
  target: string,
  response: BuildResponse,
  node: NodeConnection,
  run: RunContext,
): Promise<BuildResponse> {
  const mode = provenanceMode(run.host.env['BUILDX_METADATA_PROVENANCE'])
  const ref = response['buildx.build.ref']?.split('/').at(-1)
  if (mode === undefined || ref === undefined) return {}
  const record = await findRecord(node, ref, run.signal)
  if (!record) return {}
  const found = attestations(record)
  if (found.length === 0) return {}
  return await withRunStep('resolving provenance for metadata file', target, run, async () => {
    const keys: Record<string, string> = {}
    for (const { key, descriptor } of found) {
      const predicate = await readPredicate(node, descriptor, run.signal)
      const kept = mode === 'max' ? predicate : withoutDetails(predicate)
      keys[key] = Buffer.from(JSON.stringify(kept)).toString('base64')
    }
    return keys
  })
}

function provenanceMode(text: string | undefined): 'min' | 'max' | undefined {
  if (text === 'max') return 'max'
  return text === 'disabled' || envBool(text) === false ? undefined : 'min'
}

async function findRecord(
  node: NodeConnection,
  ref: string,
  signal: AbortSignal,
): Promise<HistoryRecord | undefined> {
  try {
    let record: HistoryRecord | undefined
    for await (const event of node.control.history({ ref, earlyExit: true }, signal)) record = event.record
    return record
  } catch {
    // Old daemons have no history.
    return undefined
  }
}

function attestations(
  record: HistoryRecord,
): readonly { readonly key: string; readonly descriptor: ContentDescriptor }[] {
  const many = [...record.results].map(([platform, result]) => ({
    key: `buildx.build.provenance/${platform}`,
    result,
  }))
  const one = record.result ? [{ key: 'buildx.build.provenance', result: record.result }] : []
  return (many.length > 0 ? many : one).flatMap(({ key, result }) => {
    const descriptor = result.attestations.find(isProvenance)
    return descriptor ? [{ key, descriptor }] : []
  })
}

function isProvenance(descriptor: ContentDescriptor): boolean {
  const type = descriptor.annotations['in-toto.io/predicate-type'] ?? ''
  return (
    descriptor.mediaType === 'application/vnd.in-toto+json' && type.startsWith('https://slsa.dev/provenance/')
  )
}

async function readPredicate(
  node: NodeConnection,
  descriptor: ContentDescriptor,
  signal: AbortSignal,
): Promise<Json> {
  const chunks: Uint8Array[] = []
  for await (const chunk of node.control.readContent(descriptor.digest, signal)) chunks.push(chunk)
  const statement: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'))
  const predicate = isJson(statement) && isJson(statement['predicate']) ? statement['predicate'] : statement
  return isJson(predicate) ? predicate : {}
}

/** Mode `min` leaves the build graph and the run's own data out. */
function withoutDetails(predicate: Json): Json {
  const { buildConfig: _graph, metadata: _metadata, ...kept } = predicate
  return kept
}

function isJson(thing: unknown): thing is Json {
  return typeof thing === 'object' && thing !== null && !Array.isArray(thing)
}
