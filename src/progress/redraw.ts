import type { RenderContext } from './renderer.ts'

// The reference draws at most every 100 ms on events and otherwise every 150 ms (spec buildkit 11.3).
const LIMIT_MS = 100
const TICK_MS = 150

/** Limits how often something is drawn, however fast events come. */
export class Redraw {
  readonly #context: RenderContext
  readonly #draw: () => void
  readonly #limitMs: number
  readonly #tickMs: number
  readonly #steady: boolean
  #lastMs = Number.NEGATIVE_INFINITY
  #cancel: (() => void) | undefined
  #closed = false

  /** `steady`: draw on every tick, event or not (running clocks). */
  constructor(context: RenderContext, draw: () => void, steady: boolean) {
    const rate = Number(context.env['TTY_DISPLAY_RATE'] ?? '')
    this.#context = context
    this.#draw = draw
    this.#steady = steady
    this.#limitMs = rate > 0 ? rate : LIMIT_MS
    this.#tickMs = rate > 0 ? rate : TICK_MS
  }

  /** Something changed. */
  request(): void {
    if (this.#closed) return
    if (this.#context.now() - this.#lastMs >= this.#limitMs) this.#run()
    else this.#cancel ??= this.#context.schedule(() => this.#run(), this.#tickMs)
  }

  close(): void {
    this.#closed = true
    this.#cancel?.()
    this.#cancel = undefined
  }

  #run(): void {
    if (this.#closed) return
    this.#cancel?.()
    this.#cancel = undefined
    this.#lastMs = this.#context.now()
    this.#draw()
    if (this.#steady) this.#cancel = this.#context.schedule(() => this.#run(), this.#tickMs)
  }
}
