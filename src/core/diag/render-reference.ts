import type { FileTable } from '../source/file-table.ts'
import type { Span } from '../source/source-file.ts'
import type { Code, Diagnostic } from './diagnostic.ts'

const RULE = '-'.repeat(20)

/**
 * The last line the reference prints, for scripts that look for it (spec bake 13). The first error
 * counts; what has no place, or is found once the definition is read, is the summary alone.
 */
export function renderReferenceLine(diagnostics: readonly Diagnostic[], files: FileTable): string {
  const errors = diagnostics.filter((one) => one.severity === 'error')
  const first = errors[0]
  if (first === undefined) return ''
  if (first.subject === undefined || first.code.startsWith('solve/')) return `ERROR: ${first.summary}`
  // The reference gives no place for Compose files; several mistakes of one kind stand on lines of their own.
  if (first.code.startsWith('compose/'))
    return `ERROR: ${errors
      .filter(sameKind(first))
      .map((one) => one.summary)
      .join('\n')}`
  const detail = first.detail === undefined ? '' : `; ${first.detail}`
  const count = errors.filter((one) => isToldWith(one, first)).length - 1
  const others = count > 0 ? `, and ${count} other diagnostic(s)` : ''
  return `ERROR: ${rangeText(first.subject, files)}: ${first.summary}${detail}${others}`
}

/** Interpolation goes on after a mistake in the reference, everything else in Compose stops. */
function sameKind(first: Diagnostic): (one: Diagnostic) => boolean {
  const joins = /interpolat/.test(first.summary)
  return (one) => one === first || (joins && one.code === first.code)
}

/** Mistakes that show when blocks are decoded; the others of `hcl/` and `json/` show when a file is parsed. */
const DECODING: ReadonlySet<Code> = new Set<Code>([
  'hcl/extraneous-label',
  'hcl/missing-label',
  'json/duplicate-argument',
  'json/duplicate-key',
  'json/extraneous-property',
  'json/missing-label',
  'json/wrong-type',
])

/**
 * Whether the reference knows of `one` by the time it reports `first`: it stops at the first file that cannot
 * be parsed, and what has no place is found later.
 */
function isToldWith(one: Diagnostic, first: Diagnostic): boolean {
  if (one.subject === undefined || one.standing === 'beyond') return false
  const parsing = /^(hcl|json)\//.test(first.code) && !DECODING.has(first.code)
  return !parsing || one.subject.file === first.subject?.file
}

/** `FILE:L,C-C`, over several lines `FILE:L,C-L,C`; columns count grapheme clusters, the end is exclusive. */
export function rangeText(span: Span, files: FileTable): string {
  const lines = files.lines(span.file)
  const start = lines.position(span.start)
  const end = lines.position(span.end)
  const to = start.line === end.line ? String(end.column) : `${end.line},${end.column}`
  return `${files.get(span.file)?.name ?? ''}:${start.line},${start.column}-${to}`
}

/** The excerpt the reference prints above that line, without a final newline; undefined without a place. */
export function renderReferenceExcerpt(
  diagnostics: readonly Diagnostic[],
  files: FileTable,
): string | undefined {
  const subject = diagnostics.find((one) => one.severity === 'error')?.subject
  const file = subject && files.get(subject.file)
  if (!subject || !file) return undefined
  const lines = files.lines(subject.file)
  return renderExcerpt(
    file.name,
    file.text,
    lines.position(subject.start).line,
    lines.position(subject.end).line,
  )
}

/**
 * Lines `first` to `last` (from 1) of a text with context: two lines each side of a single line, one of
 * several, more on the other side near an edge. Also the shape of failed build steps.
 */
export function renderExcerpt(name: string, text: string, first: number, last: number): string | undefined {
  const lines = text.split('\n')
  if (first < 1 || first > lines.length) return undefined
  let top = first
  let bottom = Math.min(last, lines.length)
  const end = bottom
  const wanted = first === bottom ? 4 : 2
  for (let added = 0; added < wanted; added++) {
    if (top > 1) {
      top -= 1
      added += 1
    }
    if (bottom < lines.length) {
      bottom += 1
      added += 1
    }
  }
  const rows: string[] = [`${name}:${first}`, RULE]
  for (let n = top; n <= bottom; n++) {
    const marker = n >= first && n <= end ? '>>>' : '   '
    rows.push(` ${String(n).padStart(3)} | ${marker} ${lines[n - 1] ?? ''}`)
  }
  rows.push(RULE)
  return rows.join('\n')
}
