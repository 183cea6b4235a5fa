import type { EngineMessage } from '../docker/engine-message.ts'
import { withRunStep } from './run-step.ts'
import type { RunContext } from './run-types.ts'

/** Loads an image archive into an engine while the daemon exports it (spec buildkit 8.3). */
export async function loadIntoEngine(
  archive: AsyncIterable<Uint8Array>,
  context: string | undefined,
  target: string,
  run: RunContext,
  signal: AbortSignal,
): Promise<void> {
  await withRunStep('importing to docker', target, run, async (step) => {
    const engine = await run.services.engine(context)
    for await (const line of engine.load(archive, signal)) {
      if (line.id !== '') step.status(`loading layer ${line.id}`, line.current, line.total, stateOf(line))
      else if (line.status.trim() !== '') step.log(`${line.status.trim()}\n`)
    }
  })
}

/**
 * Pushes names from an engine whose store cannot push by itself, then asks for the digest
 * (spec buildkit 7.6). Answers the response with the registry's digest.
 */
export async function pushFromEngine(
  names: readonly string[],
  target: string,
  response: Readonly<Record<string, string>>,
  run: RunContext,
): Promise<Readonly<Record<string, string>>> {
  const [first] = names
  if (first === undefined) return response
  const engine = await run.services.engine(undefined)
  for (const name of names) {
    await withRunStep(`pushing ${name} with docker`, target, run, async (step) => {
      for await (const line of engine.push(name, run.signal)) {
        if (line.id === '') step.log(`${line.status}\n`)
        else step.status(`pushing layer ${line.id}`, line.current, line.total, stateOf(line))
      }
    })
  }
  const digest = await engine.remoteDigest(first, run.signal)
  if (digest === undefined) return response
  const imageId = response['containerimage.config.digest'] ?? response['containerimage.digest']
  return {
    ...response,
    ...(imageId === undefined ? {} : { 'containerimage.config.digest': imageId }),
    'containerimage.digest': digest,
  }
}

function stateOf(line: EngineMessage): 'running' | 'done' {
  return line.total > 0 && line.current >= line.total ? 'done' : 'running'
}
