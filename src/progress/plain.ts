import type { BuildEvent } from '../core/event/event.ts'
import { failedSteps, warningSummary } from './closing.ts'
import { isDone, ProgressModel } from './model.ts'
import { PlainPrinter } from './plain-printer.ts'
import { Redraw } from './redraw.ts'
import type { RenderContext, Renderer } from './renderer.ts'

// A step that holds the floor keeps it at least this long, so that output does not flicker.
const FLOOR_SECONDS = 5
// A step that waits longer than this gets the floor whatever its share.
const MAX_WAIT_MS = 10_000
const FAILED_STEP_LINES = 10

/** Activity of a running step since it last had or left the floor. */
interface Activity {
  sinceMs: number
  updates: number
}

/** The line format for logs and pipes (spec buildkit 11.3 plain, cli 12.2). */
export class PlainRenderer implements Renderer {
  readonly #context: RenderContext
  readonly #model = new ProgressModel()
  readonly #printer: PlainPrinter
  readonly #redraw: Redraw
  readonly #activity = new Map<string, Activity>()

  constructor(context: RenderContext) {
    this.#context = context
    this.#printer = new PlainPrinter(this.#model, context)
    this.#redraw = new Redraw(context, () => this.#draw(), false)
  }

  event(event: BuildEvent): void {
    if (event.kind !== 'status') return
    this.#model.apply(event.update)
    for (const { vertex } of event.update.logs) this.#count(vertex)
    for (const { vertex } of event.update.statuses) this.#count(vertex)
    this.#redraw.request()
  }

  end(): void {
    this.#redraw.close()
    this.#draw()
    this.#printer.write(failedSteps(this.#model, FAILED_STEP_LINES))
    this.#printer.write(warningSummary(this.#model, this.#context.debug))
  }

  #count(key: string): void {
    const activity = this.#activity.get(key)
    if (activity) activity.updates += 1
    else this.#activity.set(key, { sinceMs: this.#context.now(), updates: 1 })
  }

  /** Finished steps first, in the order they finished; then one running step gets the floor. */
  #draw(): void {
    const done: string[] = []
    const running: string[] = []
    for (const key of this.#model.changed) {
      const step = this.#model.step(key)
      if (!step || step.intervals.isEmpty) continue
      if (isDone(step)) done.push(key)
      else running.push(key)
    }
    const before = this.#printer.current
    if (before !== undefined && done.includes(before)) this.#print(before)
    done.sort((a, b) => this.#stopMs(a) - this.#stopMs(b))
    for (const key of done) if (key !== before) this.#print(key)
    if (running.length === 0) this.#openAnother()
    else this.#giveFloor(running)
  }

  #openAnother(): void {
    const current = this.#printer.current
    const step = current === undefined ? undefined : this.#model.step(current)
    if (step && !isDone(step)) return
    const next = this.#model.started.find((s) => !isDone(s))
    if (next) this.#print(next.key)
  }

  #giveFloor(running: readonly string[]): void {
    const current = this.#printer.current
    if (current !== undefined && running.includes(current)) this.#print(current)
    const next = this.#nextSpeaker(running, current)
    if (next !== undefined && next !== current) this.#print(next)
  }

  #nextSpeaker(running: readonly string[], current: string | undefined): string | undefined {
    const now = this.#context.now()
    const candidates = current === undefined || running.includes(current) ? running : [...running, current]
    let total = 0
    let busiest: { key: string; speed: number } | undefined
    for (const key of candidates) {
      const { sinceMs, updates } = this.#activityOf(key)
      if (key !== current && now - sinceMs > MAX_WAIT_MS) return key
      const speed = updates / Math.max((now - sinceMs) / 1000, 0.001)
      total += speed
      if (!busiest || speed > busiest.speed) busiest = { key, speed }
    }
    if (current === undefined) return busiest?.key
    const held = this.#activityOf(current)
    const heldSeconds = Math.max((now - held.sinceMs) / 1000, 0.001)
    const share = total === 0 ? 0 : held.updates / heldSeconds / total
    return FLOOR_SECONDS / (1 - Math.min(share, 0.999)) < heldSeconds ? busiest?.key : current
  }

  #activityOf(key: string): Activity {
    const known = this.#activity.get(key)
    if (known) return known
    const fresh = { sinceMs: this.#context.now(), updates: 0 }
    this.#activity.set(key, fresh)
    return fresh
  }

  #print(key: string): void {
    if (key !== this.#printer.current) {
      this.#activity.set(key, { sinceMs: this.#context.now(), updates: 0 })
      const left = this.#printer.current
      if (left !== undefined) this.#activity.set(left, { sinceMs: this.#context.now(), updates: 0 })
    }
    this.#printer.print(key)
  }

  #stopMs(key: string): number {
    return this.#model.step(key)?.intervals.latest?.stopMs ?? 0
  }
}
