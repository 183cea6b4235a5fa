import { type Colors, FAINT, paint } from './colors.ts'
import { logPane } from './log-pane.ts'
import { isCanceled, isDone, type ProgressModel, type Step } from './model.ts'
import { amountText } from './sizes.ts'

/** Size of the part that is drawn on, in cells: the last column stays free. */
export interface Screen {
  readonly columns: number
  readonly rows: number
}

/** One line of the live list before it is cut to the screen. */
interface Row {
  readonly name: string
  /** ` cur / total` of a sub-step. */
  readonly amount: string
  readonly seconds: number
  readonly done: boolean
  readonly color: string
  /** Last lines of output to show below. */
  pane: readonly string[]
  readonly step?: Step
}

const MIN_COLUMNS = 12
const MIN_SHOWN_SECONDS = 0.05
const PREFIX = ' => '

/** The lines below the header, at most `screen.rows - 2` of them (spec cli 12.1). */
export function ttyRows(
  model: ProgressModel,
  screen: Screen,
  nowMs: number,
  colors: Colors,
  paneLines: number,
): readonly string[] {
  const all = model.started.flatMap((step) => stepRows(step, nowMs, colors))
  const room = Math.max(screen.rows - 2, 1)
  const kept = dropOldestDone(all, room)
  addPanes(kept, room - kept.length, screen.columns, paneLines)
  return kept.flatMap((row) => {
    const line = rowText(row, screen.columns)
    if (line === undefined) return []
    return [line, ...row.pane.map((text) => `${FAINT}${PREFIX}=> # ${text}\u001b[0m`)]
  })
}

function stepRows(step: Step, nowMs: number, colors: Colors): readonly Row[] {
  const done = isDone(step)
  const canceled = isCanceled(step)
  const label = step.error === '' ? (step.cached ? 'CACHED ' : '') : canceled ? 'CANCELED ' : 'ERROR '
  const color = !done ? '' : canceled ? colors.cancel : step.error === '' ? colors.run : colors.error
  const rows: Row[] = [
    {
      name: label + step.name.replaceAll('\t', ' '),
      amount: '',
      seconds: step.intervals.seconds(nowMs),
      done,
      color,
      pane: [],
      step,
    },
  ]
  for (const status of step.statuses.values()) {
    const ended = status.completedMs !== undefined || done
    const until = status.completedMs ?? (done ? step.intervals.latest?.stopMs : undefined) ?? nowMs
    rows.push({
      name: `=> ${status.id}`,
      amount: amountText(status.current, status.total),
      seconds: status.startedMs === undefined ? 0 : (until - status.startedMs) / 1000,
      done: ended,
      color: ended ? colors.run : '',
      pane: [],
    })
  }
  for (const warning of step.warnings) {
    rows.push({
      name: `=> WARN: ${warning.short}`,
      amount: '',
      seconds: 0,
      done: true,
      color: colors.warning,
      pane: [],
    })
  }
  return rows
}

/** Unfinished rows always stay; of the finished ones the oldest go first. */
function dropOldestDone(rows: readonly Row[], room: number): Row[] {
  let surplus = rows.length - room
  if (surplus <= 0) return [...rows]
  return rows.filter((row) => {
    if (surplus <= 0 || !row.done) return true
    surplus -= 1
    return false
  })
}

function addPanes(rows: readonly Row[], room: number, columns: number, paneLines: number): void {
  let left = room
  const speaking = rows.filter((r) => r.step && !r.done && r.step.logs.count > 0)
  speaking.sort((a, b) => (b.step?.logs.count ?? 0) - (a.step?.logs.count ?? 0))
  for (const row of speaking) {
    if (left < paneLines || !row.step) return
    row.pane = logPane(row.step.logs, paneLines, Math.max(columns - 10, 1))
    left -= paneLines
  }
}

function rowText(row: Row, columns: number): string | undefined {
  const timer = ` ${(row.seconds < MIN_SHOWN_SECONDS ? 0 : row.seconds).toFixed(1).padStart(3)}s`
  let left = columns - PREFIX.length - timer.length - 1
  let amount = ''
  if (row.amount !== '' && left + row.amount.length > 20) {
    amount = row.amount
    left -= row.amount.length
  }
  if (left < MIN_COLUMNS) return undefined
  const body = `${PREFIX}${row.name.slice(0, left)}${amount}`
  return paint(body.padEnd(columns - timer.length) + timer, row.color)
}
