import { type BuildEvent, NO_UPDATE, type Vertex, type VertexStatus } from '../../core/event/event.ts'
import type { Host } from '../../host/host.ts'
import type { FileChoice, ReadStep } from '../../load/files.ts'
import { createProgress, type DecidedMode } from '../../progress/create-progress.ts'

const DIGEST = 'bakekit:load-definitions'

/** The first step of every bake: which definition files were read (spec bake 13, spec cli 5). */
export function readingStep(
  steps: readonly ReadStep[],
  choice: FileChoice,
  times: { readonly startedMs: number; readonly endedMs: number },
): BuildEvent {
  const from = choice.from === 'env' ? ' from BUILDX_BAKE_FILE env' : ''
  const vertex: Vertex = {
    digest: DIGEST,
    name: `[internal] load local bake definitions${from}`,
    inputs: [],
    cached: false,
    startedMs: times.startedMs,
    completedMs: times.endedMs,
  }
  const statuses = steps.map(readStatus)
  return { kind: 'status', update: { ...NO_UPDATE, vertexes: [vertex], statuses } }
}

function readStatus({ name, bytes, totalBytes, startedMs, endedMs }: ReadStep): VertexStatus {
  const id = name === '-' ? 'reading from stdin' : `reading ${name}`
  return {
    id,
    vertex: DIGEST,
    name: id,
    current: bytes,
    total: totalBytes,
    timestampMs: endedMs,
    startedMs,
    completedMs: endedMs,
  }
}

/** Shows the step alone, for runs that build nothing; `builder` is named where something was going to be built. */
export function showReading(
  step: BuildEvent,
  mode: DecidedMode,
  host: Host,
  builder: { readonly name: string; readonly driver: string } | undefined,
): void {
  if (mode === 'quiet') return
  const progress = createProgress(mode, host.stderr, {
    now: () => host.now(),
    env: host.env,
    ...(builder === undefined ? {} : { builder: { name: builder.name, driver: builder.driver } }),
  })
  progress.event(step)
  progress.end()
}
