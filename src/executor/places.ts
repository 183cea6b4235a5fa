import pLimit, { type LimitFunction } from 'p-limit'

/** Gives a place back. Doing it twice is harmless. */
export type GiveBack = () => void

/** The places of a run: as many targets as there are places work at the same time, first come, first served. */
export class Places {
  readonly #limit: LimitFunction | undefined

  /** `max` targets at a time; absent or 0 = any number. */
  constructor(max: number | undefined) {
    this.#limit = max === undefined || max === 0 ? undefined : pLimit(max)
  }

  /** Waits for a place, which the caller has to give back. Fails with the signal's reason. */
  take(signal: AbortSignal): Promise<GiveBack> {
    const limit = this.#limit
    if (signal.aborted) return Promise.reject(signal.reason)
    if (limit === undefined) return Promise.resolve(() => {})
    return new Promise((resolve, reject) => {
      let isGone = false
      const stop = (): void => {
        isGone = true
        reject(signal.reason)
      }
      signal.addEventListener('abort', stop, { once: true })
      void limit(async () => {
        if (isGone) return
        signal.removeEventListener('abort', stop)
        await new Promise<void>((giveBack) => resolve(giveBack))
      })
    })
  }
}
