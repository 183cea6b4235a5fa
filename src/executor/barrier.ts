import { abortable } from './link-board.ts'

/** Holds everybody back until all have arrived once; open for ever from then on. */
export class Barrier {
  readonly #missing: Set<string>
  readonly #opened: Promise<void>
  #open: () => void = () => {}

  constructor(keys: Iterable<string>) {
    this.#missing = new Set(keys)
    this.#opened = new Promise((resolve) => {
      this.#open = resolve
    })
  }

  /** Arrives and waits for the others. Fails with the signal's reason. */
  async pass(key: string, signal: AbortSignal): Promise<void> {
    this.#missing.delete(key)
    if (this.#missing.size === 0) this.#open()
    await abortable(this.#opened, signal)
  }
}
