import pLimit, { type LimitFunction } from 'p-limit'
import { abortable } from './link-board.ts'

/** Gives a place back. Doing it twice is harmless. */
export type GiveBack = () => void

/** The places of a run: as many targets as there are places work at the same time, first come, first served. */
export class Places {
  readonly #limit: LimitFunction | undefined

  /** `max` targets at a time; absent or 0 = any number. */
  constructor(max: number | undefined) {
    this.#limit = max === undefined || max === 0 ? undefined : pLimit(max)
  }

  /** Waits for a place. Fails with the signal's reason; the place is then left to others. */
  take(signal: AbortSignal): Promise<GiveBack> {
    const limit = this.#limit
    if (signal.aborted) return Promise.reject(signal.reason)
    if (limit === undefined) return Promise.resolve(() => {})
    const taken = new Promise<GiveBack>((resolve) => {
      void limit(() =>
        signal.aborted
          ? Promise.resolve()
          : new Promise<void>((giveBack) => {
              // A target that was stopped while it waited never gets to give its place back.
              signal.addEventListener('abort', () => stopped && giveBack(), { once: true })
              resolve(giveBack)
            }),
      )
    })
    let stopped = true
    return abortable(taken, signal).then((giveBack) => {
      stopped = false
      return giveBack
    })
  }
}
