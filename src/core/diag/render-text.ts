import type { FileTable } from '../source/file-table.ts'
import type { LineIndex } from '../source/line-index.ts'
import type { Span } from '../source/source-file.ts'
import { displayWidth } from '../text/width.ts'
import type { Diagnostic } from './diagnostic.ts'

export interface RenderOptions {
  /** ANSI colours; off by default. */
  readonly color?: boolean
  /** Columns of the terminal: excerpts are cut to fit, because carets point nowhere in wrapped lines. */
  readonly columns?: number
}

type Paint = (style: keyof typeof STYLES, text: string) => string

const STYLES = {
  error: '1;31',
  warning: '1;33',
  strong: '1',
  gutter: '34',
  note: '1;36',
  hint: '1;32',
} as const
/** Longer source lines are cut around the subject so that one-line files stay readable. */
const MAX_LINE = 160
/** Less is kept of no line, however narrow the terminal. */
const MIN_LINE = 30
/** Part of a cut line that is kept before the subject. */
const LEAD = 0.375
/** Lines of a subject shown before the rest is left out. */
const MAX_SUBJECT_LINES = 4
/** ` | ` and the marks of a line that was cut on both sides. */
const GUTTER_CELLS = 5
const CONTROL = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** The diagnostic for people, without a final newline: place, excerpt with carets, notes and hints. */
export function renderDiagnostic(one: Diagnostic, files: FileTable, options: RenderOptions = {}): string {
  const paint: Paint = options.color
    ? (style, text) => `\x1b[${STYLES[style]}m${text}\x1b[0m`
    : (_, text) => text
  const rows = [
    `${paint(one.severity, `${one.severity}[${one.code}]`)}${paint('strong', `: ${clean(one.summary)}`)}`,
  ]
  if (one.subject !== undefined) {
    rows.push(arrow(one.subject, files, paint), ...excerpt(one.subject, one.severity, files, paint, options))
  }
  for (const row of detailRows(one.detail)) rows.push(`  ${row}`)
  for (const used of one.values ?? []) rows.push(`  ${clean(used.name)} = ${clean(used.text)}`)
  for (const [index, { span, label }] of (one.related ?? []).entries()) {
    rows.push(`${paint('note', 'note:')} ${clean(label)}`, arrow(span, files, paint))
    // What has no subject is seen best in the place nearest to it.
    if (one.subject === undefined && index === 0)
      rows.push(...excerpt(span, one.severity, files, paint, options))
  }
  for (const hint of one.hints ?? []) rows.push(`${paint('hint', 'hint:')} ${clean(hint)}`)
  return rows.join('\n')
}

function detailRows(detail: string | undefined): readonly string[] {
  return detail === undefined || detail === '' ? [] : detail.split('\n').map(clean)
}

function arrow(span: Span, files: FileTable, paint: Paint): string {
  const { line, codePointColumn } = files.lines(span.file).position(span.start)
  return `  ${paint('gutter', '-->')} ${clean(files.get(span.file)?.name ?? '')}:${line}:${codePointColumn}`
}

function excerpt(
  subject: Span,
  severity: Diagnostic['severity'],
  files: FileTable,
  paint: Paint,
  { columns = Number.POSITIVE_INFINITY }: RenderOptions,
): readonly string[] {
  const lines = files.lines(subject.file)
  if (files.get(subject.file) === undefined) return []
  const first = lines.position(subject.start).line
  const last = lines.position(Math.max(subject.start, subject.end)).line
  const shown = Math.min(last, first + MAX_SUBJECT_LINES - 1)
  const width = Math.max(2, String(Math.min(shown + 1, lines.lineCount)).length + 1)
  const room = Math.max(MIN_LINE, Math.min(MAX_LINE, columns - width - GUTTER_CELLS))
  const head = (n: number): string => cut(lines.lineText(n), 0, room).text
  const gutter = (label: string): string => paint('gutter', `${label.padStart(width)} |`)
  const from = subject.start - lines.lineStart(first)
  const window = cut(lines.lineText(first), from, room)
  const to = first === last ? subject.end - lines.lineStart(first) : lines.lineText(first).length
  const rows = [gutter('')]
  if (first > 1) rows.push(row(gutter(String(first - 1)), head(first - 1)))
  rows.push(row(gutter(String(first)), window.text))
  rows.push(`${gutter('')} ${paint(severity, carets(window, from, to))}`)
  for (let n = first + 1; n <= shown; n++) rows.push(row(gutter(String(n)), head(n)))
  if (shown < last) rows.push(row(gutter('...'), ''))
  else if (shown < lines.lineCount && !isEmptyEnd(shown + 1, lines))
    rows.push(row(gutter(String(shown + 1)), head(shown + 1)))
  return rows
}

/** The line behind the final newline is not worth showing. */
function isEmptyEnd(line: number, lines: LineIndex): boolean {
  return line === lines.lineCount && lines.lineText(line) === ''
}

function row(gutter: string, text: string): string {
  return text === '' ? gutter : `${gutter} ${text}`
}

interface Window {
  readonly text: string
  /** UTF-16 offset of the line at which the shown part begins. */
  readonly start: number
  readonly prefix: string
}

/** At most `room` UTF-16 units of a line, those around `at`. */
function cut(line: string, at: number, room: number): Window {
  if (line.length <= room) return { text: clean(line), start: 0, prefix: '' }
  const lead = Math.round(room * LEAD)
  const start = at > room - lead ? at - lead : 0
  const prefix = start > 0 ? '…' : ''
  const end = start + room
  return { text: `${prefix}${clean(line.slice(start, end))}${end < line.length ? '…' : ''}`, start, prefix }
}

/** Spaces and tabs that mirror the text before the subject, then one caret per cell, at least one. */
function carets(window: Window, from: number, to: number): string {
  const length = window.prefix.length
  const begin = Math.min(window.text.length, from - window.start + length)
  const end = Math.min(window.text.length, to - window.start + length)
  const before = window.text.slice(0, begin).replace(/[^\t]+/g, (part) => ' '.repeat(displayWidth(part)))
  return before + '^'.repeat(Math.max(1, displayWidth(window.text.slice(begin, end))))
}

/** Takes the power out of terminal control characters; keeps the length. */
function clean(text: string): string {
  return text.replace(CONTROL, '\ufffd')
}
