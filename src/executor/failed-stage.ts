import type { StatusUpdate } from '../core/event/event.ts'

/** What a target was doing when it failed. */
export type FailedStage = 'solve' | 'export' | 'push' | 'cache-export'

/** Codes of failures by stage. A daemon's status other than `UNKNOWN` says more about a failed solve. */
export const STAGE_CODES: Readonly<Record<FailedStage, string>> = {
  solve: 'SOLVE_FAILED',
  export: 'EXPORT_FAILED',
  push: 'PUSH_FAILED',
  'cache-export': 'CACHE_EXPORT_FAILED',
}

const CACHE_STEP = /^(?:exporting cache|preparing build cache|preparing layers for inline cache)/
const PUSH_ERROR = /failed to push|failed to authorize|insufficient_scope|push access denied/

/** Learns from the steps of a build at which stage it failed: the daemon's error alone does not tell. */
export class FailedStep {
  #stage: FailedStage | undefined

  get stage(): FailedStage {
    return this.#stage ?? 'solve'
  }

  /** Takes steps as the daemon names them. The first one that failed counts. */
  take(update: StatusUpdate): void {
    for (const { name, error = '' } of update.vertexes) {
      if (error === '' || error.endsWith('context canceled')) continue
      this.#stage ??= stageOf(name, error)
    }
  }

  /** For work of our own behind the build. */
  set(stage: FailedStage): void {
    this.#stage = stage
  }
}

function stageOf(name: string, error: string): FailedStage {
  if (CACHE_STEP.test(name)) return 'cache-export'
  if (name.startsWith('pushing ')) return 'push'
  if (!name.startsWith('exporting ')) return 'solve'
  return PUSH_ERROR.test(error) ? 'push' : 'export'
}
