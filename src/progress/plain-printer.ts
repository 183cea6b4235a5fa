import { logText } from './log-lines.ts'
import { isCanceled, isDone, type ProgressModel, type Step, type StepStatus } from './model.ts'
import type { RenderContext } from './renderer.ts'
import { amountText } from './sizes.ts'

// A status is printed again when it moved this much or this long ago.
const MIN_PROGRESS = 0.05
const MIN_AGE_MS = 5000
const MIN_SHOWN_SECONDS = 0.01
const NAME_LIMIT = 72

interface PrintedLines {
  /** Lines printed whole. */
  whole: number
  /** Bytes printed of the line behind them. */
  offset: number
}

/** Prints changes of single steps and remembers what was printed. */
export class PlainPrinter {
  readonly #model: ProgressModel
  readonly #context: RenderContext
  readonly #indexes = new Map<string, number>()
  readonly #lines = new Map<string, PrintedLines>()
  readonly #warned = new Map<string, number>()
  // By id alone: the same transfer in two steps counts as one, as in the reference.
  readonly #lastStatus = new Map<string, { readonly current: number; readonly timestampMs: number }>()
  #current: string | undefined
  #started = false

  constructor(model: ProgressModel, context: RenderContext) {
    this.#model = model
    this.#context = context
  }

  /** The step whose block is open. */
  get current(): string | undefined {
    return this.#current
  }

  write(text: string): void {
    if (text !== '') this.#context.out.write(text)
  }

  print(key: string): void {
    const step = this.#model.step(key)
    if (!step) return
    const index = this.#index(key)
    let text = key === this.#current ? '' : this.#leaveCurrent() + this.#header(step, index)
    const statuses = this.#statuses(step, index, this.#model.takeChange(key))
    text += statuses.text + this.#warnings(step, index) + this.#logs(step, index)
    this.#current = key
    if (isDone(step) && !statuses.open) {
      this.#current = undefined
      if (this.#printedLines(key).offset > 0) text += '\n'
      this.#printedLines(key).offset = 0
      text += `#${index} ${this.#ending(step)}\n`
    }
    this.write(text)
  }

  #index(key: string): number {
    const index = this.#indexes.get(key) ?? this.#indexes.size + 1
    this.#indexes.set(key, index)
    return index
  }

  #leaveCurrent(): string {
    if (this.#current === undefined) return ''
    const lines = this.#printedLines(this.#current)
    const newline = lines.offset > 0 ? '\n' : ''
    lines.offset = 0
    return `${newline}#${this.#indexes.get(this.#current)} ...\n`
  }

  #header(step: Step, index: number): string {
    const { builder, env } = this.#context
    let text = this.#started ? '\n' : ''
    if (!this.#started && builder) {
      text = `#0 building with "${builder.name}" instance using ${builder.driver} driver\n\n`
    }
    this.#started = true
    const cut = env['PROGRESS_NO_TRUNC'] === '0' && step.name.length > NAME_LIMIT
    return `${text}#${index} ${cut ? `${step.name.slice(0, NAME_LIMIT)}...` : step.name}\n`
  }

  #statuses(
    step: Step,
    index: number,
    changed: ReadonlySet<string>,
  ): { readonly text: string; readonly open: boolean } {
    let text = ''
    let open = false
    for (const status of step.statuses.values()) {
      if (!changed.has(status.id) || !this.#worthPrinting(status)) continue
      this.#lastStatus.set(status.id, status)
      open ||= status.completedMs === undefined
      const done = status.completedMs === undefined ? '' : ' done'
      text += `#${index} ${status.id}${amountText(status.current, status.total)}${tookText(status)}${done}\n`
    }
    return { text, open }
  }

  #worthPrinting(status: StepStatus): boolean {
    const last = this.#lastStatus.get(status.id)
    if (!last || status.completedMs !== undefined) return true
    const moved = status.total > 0 ? (status.current - last.current) / status.total : 0
    return moved >= MIN_PROGRESS || status.timestampMs - last.timestampMs >= MIN_AGE_MS
  }

  #warnings(step: Step, index: number): string {
    const printed = this.#warned.get(step.key) ?? 0
    this.#warned.set(step.key, step.warnings.length)
    return step.warnings
      .slice(printed)
      .map((w) => `#${index} WARN: ${w.short}\n`)
      .join('')
  }

  /** Output since the last time; an unfinished line is continued as long as the block stays open. */
  #logs(step: Step, index: number): string {
    const printed = this.#printedLines(step.key)
    let text = ''
    for (const [at, line] of step.logs.since(printed.whole)) {
      const full = logText(line)
      text += at === printed.whole && printed.offset > 0 ? full.slice(printed.offset) : `#${index} ${full}`
      const unfinished = step.logs.isOpen && at === step.logs.count - 1
      if (unfinished) {
        printed.whole = at
        printed.offset = full.length
      } else {
        printed.whole = at + 1
        printed.offset = 0
        text += '\n'
      }
    }
    return text
  }

  #printedLines(key: string): PrintedLines {
    const known = this.#lines.get(key)
    if (known) return known
    const fresh = { whole: 0, offset: 0 }
    this.#lines.set(key, fresh)
    return fresh
  }

  #ending(step: Step): string {
    if (step.error !== '') return isCanceled(step) ? 'CANCELED' : `ERROR: ${step.error}`
    if (step.cached) return 'CACHED'
    return `DONE ${step.intervals.seconds(this.#context.now()).toFixed(1)}s`
  }
}

function tookText(status: StepStatus): string {
  if (status.startedMs === undefined) return ''
  const seconds = ((status.completedMs ?? status.timestampMs) - status.startedMs) / 1000
  return seconds >= MIN_SHOWN_SECONDS ? ` ${seconds.toFixed(1)}s` : ''
}
