import type { GatewayResult } from '../buildkit/wire/types.ts'

/** How far a request is; each stage is reached once, or the request failed. */
export type LinkStage = 'planned' | 'evaluated'

/** Where linked requests leave their results for each other (spec buildkit 10.1). */
export class LinkBoard {
  readonly #entries = new Map<string, Entry>()

  /** Waits until the request of that key has a result of its frontend; fails when that request fails. */
  result(key: string, signal: AbortSignal): Promise<GatewayResult> {
    return abortable(this.#entry(key).planned.promise, signal)
  }

  /** Waits for a stage; a failed request counts as through. */
  async reached(key: string, stage: LinkStage, signal: AbortSignal): Promise<void> {
    const settled = this.#entry(key)[stage].promise.then(
      () => {},
      () => {},
    )
    await abortable(settled, signal)
  }

  publish(key: string, result: GatewayResult): void {
    this.#entry(key).planned.resolve(result)
  }
  evaluated(key: string): void {
    this.#entry(key).evaluated.resolve(undefined)
  }
  fail(key: string, error: unknown): void {
    const entry = this.#entry(key)
    entry.failure = error
    entry.planned.reject(error)
    entry.evaluated.resolve(undefined)
  }

  /** Why the request of that key failed; undefined when it did not (yet). */
  failure(key: string): unknown {
    return this.#entry(key).failure
  }

  #entry(key: string): Entry {
    const known = this.#entries.get(key)
    if (known) return known
    const fresh: Entry = { planned: gate<GatewayResult>(), evaluated: gate<void>() }
    this.#entries.set(key, fresh)
    return fresh
  }
}

interface Gate<T> {
  readonly promise: Promise<T>
  readonly resolve: (value: T) => void
  readonly reject: (error: unknown) => void
}

interface Entry {
  readonly planned: Gate<GatewayResult>
  readonly evaluated: Gate<void>
  failure?: unknown
}

function gate<T>(): Gate<T> {
  let resolve: (value: T) => void = () => {}
  let reject: (error: unknown) => void = () => {}
  const promise = new Promise<T>((yes, no) => {
    resolve = yes
    reject = no
  })
  // Nobody may be waiting when it fails.
  promise.catch(() => {})
  return { promise, resolve, reject }
}

/** The promise, or a rejection with the signal's reason. */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) return Promise.reject(signal.reason)
  return new Promise<T>((resolve, reject) => {
    const abort = (): void => reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
