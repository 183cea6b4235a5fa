import type { FileTable } from '../source/file-table.ts'
import type { Span } from '../source/source-file.ts'
import type { Diagnostic, UsedValue } from './diagnostic.ts'

/** A place for machines: 1-based line and column in code points, 0-based UTF-16 offset. */
export interface JsonPlace {
  readonly line: number
  readonly column: number
  readonly offset: number
}
export interface JsonRange {
  readonly file: string
  readonly start: JsonPlace
  readonly end: JsonPlace
}
/** A diagnostic as plain data; absent parts are left out. */
export interface JsonDiagnostic {
  readonly severity: 'error' | 'warning'
  readonly code: string
  readonly summary: string
  readonly detail?: string
  readonly subject?: JsonRange
  readonly related?: readonly { readonly label: string; readonly range: JsonRange }[]
  readonly hints?: readonly string[]
  readonly values?: readonly UsedValue[]
}

/** The diagnostic ready for `JSON.stringify`, with spans resolved to lines and columns. */
export function renderDiagnosticJson(one: Diagnostic, files: FileTable): JsonDiagnostic {
  const { severity, code, summary, detail, subject, related, hints, values } = one
  return {
    severity,
    code,
    summary,
    ...(detail !== undefined && { detail }),
    ...(subject !== undefined && { subject: rangeOf(subject, files) }),
    ...(related && { related: related.map((r) => ({ label: r.label, range: rangeOf(r.span, files) })) }),
    ...(hints && { hints }),
    ...(values && { values }),
  }
}

function rangeOf(span: Span, files: FileTable): JsonRange {
  const place = (offset: number): JsonPlace => {
    const { line, codePointColumn } = files.lines(span.file).position(offset)
    return { line, column: codePointColumn, offset }
  }
  return { file: files.get(span.file)?.name ?? '', start: place(span.start), end: place(span.end) }
}
