import type { BuildEvent } from '../core/event/event.ts'
import { failedSteps, warningSummary } from './closing.ts'
import { type Colors, readColors } from './colors.ts'
import { isDone, ProgressModel } from './model.ts'
import { Redraw } from './redraw.ts'
import type { RenderContext, Renderer } from './renderer.ts'
import { ttyRows } from './tty-rows.ts'

const HIDE_CURSOR = '\u001b[?25l'
const SHOW_CURSOR = '\u001b[?25h'
const DEFAULT_COLUMNS = 80
const DEFAULT_ROWS = 10
const DEFAULT_PANE_LINES = 6

/** The live list on a terminal (spec buildkit 11.3 tty, cli 12.1). No alternate screen. */
export class TtyRenderer implements Renderer {
  readonly #context: RenderContext
  readonly #model = new ProgressModel()
  readonly #redraw: Redraw
  readonly #colors: Colors
  #drawnLines = 0
  #firstMs: number | undefined
  #drawn = false

  constructor(context: RenderContext) {
    this.#context = context
    const { colors, remarks } = readColors(context.env)
    this.#colors = colors
    for (const remark of remarks) context.out.write(`${remark}\n`)
    this.#redraw = new Redraw(context, () => this.#draw('live'), true)
  }

  event(event: BuildEvent): void {
    if (event.kind !== 'status') return
    this.#model.apply(event.update)
    this.#firstMs ??= this.#context.now()
    this.#redraw.request()
  }

  end(): void {
    this.#redraw.close()
    if (this.#firstMs !== undefined) this.#draw('last')
    const out =
      failedSteps(this.#model, Number.POSITIVE_INFINITY) + warningSummary(this.#model, this.#context.debug)
    if (out !== '') this.#context.out.write(out)
  }

  #draw(frame: 'live' | 'last'): void {
    const { out, env, now } = this.#context
    const columns = (out.columns || DEFAULT_COLUMNS) - 1
    const rows = out.rows || DEFAULT_ROWS
    const wanted = Number(env['BUILDKIT_TTY_LOG_LINES'] ?? '') || DEFAULT_PANE_LINES
    const lines = [
      this.#header(columns, frame),
      ...ttyRows(
        this.#model,
        { columns, rows },
        now(),
        this.#colors,
        Math.min(wanted, Math.max(rows - 3, 1)),
      ),
    ]
    const surplus = Math.max(this.#drawnLines - lines.length, 0)
    const up = this.#drawnLines > 0 ? `\u001b[${this.#drawnLines}A` : ''
    const blank = `${' '.repeat(columns)}\n`.repeat(surplus)
    const back = surplus > 0 ? `\u001b[${surplus}A\u001b[0G` : ''
    const start = this.#drawn ? `${up}\u001b[0G` : ''
    out.write(`${start}${HIDE_CURSOR}${lines.map((l) => `${l}\n`).join('')}${blank}${back}${SHOW_CURSOR}`)
    this.#drawnLines = lines.length
    this.#drawn = true
  }

  #header(columns: number, frame: 'live' | 'last'): string {
    const { started } = this.#model
    const done = started.filter((s) => isDone(s)).length
    const seconds = (this.#context.now() - (this.#firstMs ?? this.#context.now())) / 1000
    const finished = frame === 'last' && done === started.length ? 'FINISHED' : ''
    const left = `[+] Building ${seconds.toFixed(1)}s (${done}/${started.length}) ${finished}`
    const { builder } = this.#context
    const right = builder ? `${builder.driver}:${builder.name}` : ''
    const gap = columns - left.length - right.length
    return gap > 0 ? `${left}${' '.repeat(gap)}${right}` : left.slice(0, columns)
  }
}
