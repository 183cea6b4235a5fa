import type { StatusUpdate } from '../core/event/event.ts'

/**
 * Moves a node's times to our clock: its first started step began when we began (spec buildkit 11.2).
 * One shift serves all targets of a node, so that steps they share keep one time.
 */
export class ClockShift {
  #beganMs: number | undefined
  #shiftMs: number | undefined

  /** We begin to build; only the first call counts. */
  begin(nowMs: number): void {
    this.#beganMs ??= nowMs
  }

  apply(update: StatusUpdate): StatusUpdate {
    if (this.#shiftMs === undefined) {
      const first = update.vertexes.find((v) => v.startedMs !== undefined)?.startedMs
      if (first === undefined || this.#beganMs === undefined) return update
      this.#shiftMs = this.#beganMs - first
    }
    const shift = this.#shiftMs
    return {
      vertexes: update.vertexes.map((v) => ({ ...v, ...movedSpan(v, shift) })),
      statuses: update.statuses.map((s) => ({
        ...s,
        ...movedSpan(s, shift),
        timestampMs: s.timestampMs + shift,
      })),
      logs: update.logs.map((l) => ({ ...l, timestampMs: l.timestampMs + shift })),
      warnings: update.warnings,
    }
  }
}

interface TimeSpan {
  readonly startedMs?: number
  readonly completedMs?: number
}

function movedSpan(span: TimeSpan, shiftMs: number): TimeSpan {
  return {
    ...(span.startedMs === undefined ? {} : { startedMs: span.startedMs + shiftMs }),
    ...(span.completedMs === undefined ? {} : { completedMs: span.completedMs + shiftMs }),
  }
}
