import { BuildFailure } from '../core/failure.ts'
import type { Host } from '../host/host.ts'
import type { BuildRequest } from '../request/types.ts'
import type { NodeConnection } from './node-connection.ts'
import { provenanceKeys } from './provenance.ts'
import type { BuildResponse, RunContext } from './run-types.ts'

/** Writes the metadata file when one is asked for; answers the responses with provenance added. */
export async function writeMetadata(
  responses: ReadonlyMap<string, BuildResponse>,
  nodes: readonly NodeConnection[],
  requests: readonly BuildRequest[],
  run: RunContext,
): Promise<ReadonlyMap<string, BuildResponse>> {
  const path = run.settings.metadataFile
  if (path === undefined) return responses
  const complete = new Map<string, BuildResponse>()
  for (const [target, response] of responses) {
    const request = requests.find((r) => r.target === target)
    const node = request && nodes[request.node]
    const provenance =
      node && request.call === undefined ? await provenanceKeys(target, response, node, run) : {}
    complete.set(target, { ...response, ...provenance })
  }
  await writeAtomically(path, metadataText(complete), run.host)
  return complete
}

/** The JSON of a metadata file: targets and keys sorted, values that hold JSON embedded (spec buildkit 12.2). */
export function metadataText(responses: ReadonlyMap<string, BuildResponse>): string {
  const targets = [...responses].sort(([a], [b]) => (a < b ? -1 : 1))
  const all = Object.fromEntries(targets.map(([target, response]) => [target, embedded(response)]))
  return JSON.stringify(all, null, 2)
}

function embedded(response: BuildResponse): Readonly<Record<string, unknown>> {
  const keys = Object.keys(response).sort()
  return Object.fromEntries(keys.map((key) => [key, embeddedValue(key, response[key] ?? '')]))
}

function embeddedValue(key: string, text: string): unknown {
  if (key === 'result.json') return jsonContainer(text) ?? text
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || text.length % 4 !== 0) return text
  return jsonContainer(Buffer.from(text, 'base64').toString('utf8')) ?? text
}

/** A non-empty object or a list of objects; anything else stays text. */
function jsonContainer(text: string): object | undefined {
  try {
    const parsed: unknown = JSON.parse(text)
    if (typeof parsed !== 'object' || parsed === null) return undefined
    if (Array.isArray(parsed)) {
      return parsed.length > 0 && parsed.every((e) => typeof e === 'object' && e !== null)
        ? parsed
        : undefined
    }
    return Object.keys(parsed).length > 0 ? parsed : undefined
  } catch {
    return undefined
  }
}

/** Readers see the old file or the new one, never a part. */
async function writeAtomically(path: string, text: string, host: Host): Promise<void> {
  const partial = `${path}.${Buffer.from(host.random(4)).toString('hex')}.partial`
  try {
    await host.writeFile(partial, text)
    await host.rename(partial, path)
  } catch (error) {
    await host.remove(partial).catch(() => {})
    throw new BuildFailure(
      'io',
      `cannot write metadata file ${path}: ${error instanceof Error ? error.message : String(error)}`,
      {
        code: 'METADATA_FILE',
        hints: ['Choose a path in an existing, writable directory for --metadata-file.'],
        cause: error,
      },
    )
  }
}
