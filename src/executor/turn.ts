import type { GiveBack, Places } from './places.ts'
import { timeoutFailure } from './timeout.ts'

/**
 * A target's right to work: a place among those of the run, and the time it may use. Time counts only
 * while it has its place, not while it waits for a place, for other targets or before a retry.
 */
export class Turn {
  /** Aborted with a failure of code `TIMEOUT` when the time is used up. */
  readonly signal: AbortSignal
  readonly #places: Places
  readonly #timeout: AbortController = new AbortController()
  readonly #allowedMs: number | undefined
  #usedMs = 0
  #sinceMs = 0
  #timer: NodeJS.Timeout | undefined
  #giveBack: GiveBack | undefined

  /** `allowedMs` absent or 0 = any time. */
  constructor(places: Places, allowedMs: number | undefined) {
    this.#places = places
    this.#allowedMs = allowedMs === 0 ? undefined : allowedMs
    this.signal = this.#timeout.signal
  }

  /** Waits for a place; does nothing when there is one already. Fails with the signal's reason. */
  async enter(signal: AbortSignal): Promise<void> {
    if (this.#giveBack !== undefined) return
    this.#giveBack = await this.#places.take(signal)
    const allowedMs = this.#allowedMs
    if (allowedMs === undefined) return
    this.#sinceMs = performance.now()
    const end = (): void => this.#timeout.abort(timeoutFailure('target', allowedMs))
    this.#timer = setTimeout(end, Math.max(0, allowedMs - this.#usedMs))
  }

  /** Gives the place back and stops the clock; does nothing without a place. */
  leave(): void {
    if (this.#giveBack === undefined) return
    clearTimeout(this.#timer)
    this.#usedMs += performance.now() - this.#sinceMs
    this.#giveBack()
    this.#giveBack = undefined
  }
}
