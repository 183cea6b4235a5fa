import { type BuildEvent, NO_UPDATE, type Vertex, type VertexStatus } from '../../core/event/event.ts'
import type { Host } from '../../host/host.ts'
import type { DefinitionFile, FileChoice } from '../../load/files.ts'
import { createProgress, type DecidedMode } from '../../progress/create-progress.ts'

const DIGEST = 'bakekit:load-definitions'

/** The first step of every bake: which definition files were read (spec bake 13, spec cli 5). */
export function readingStep(
  files: readonly DefinitionFile[],
  choice: FileChoice,
  times: { readonly startedMs: number; readonly endedMs: number },
  error: string | undefined,
): BuildEvent {
  const from = choice.from === 'env' ? ' from BUILDX_BAKE_FILE env' : ''
  const vertex: Vertex = {
    digest: DIGEST,
    name: `[internal] load local bake definitions${from}`,
    inputs: [],
    cached: false,
    startedMs: times.startedMs,
    completedMs: times.endedMs,
    ...(error === undefined ? {} : { error }),
  }
  const statuses = files.map((one) => readStatus(one, times))
  return { kind: 'status', update: { ...NO_UPDATE, vertexes: [vertex], statuses } }
}

function readStatus(
  { file, sizeBytes }: DefinitionFile,
  times: { readonly startedMs: number; readonly endedMs: number },
): VertexStatus {
  const id = file.name === '-' ? 'reading from stdin' : `reading ${file.name}`
  return {
    id,
    vertex: DIGEST,
    name: id,
    current: sizeBytes,
    total: file.name === '-' ? 0 : sizeBytes,
    timestampMs: times.endedMs,
    startedMs: times.startedMs,
    completedMs: times.endedMs,
  }
}

/** Shows the step alone, for runs that build nothing. */
export function showReading(step: BuildEvent, mode: DecidedMode, host: Host): void {
  if (mode === 'quiet') return
  const progress = createProgress(mode, host.stderr, { now: () => host.now(), env: host.env })
  progress.event(step)
  progress.end()
}
