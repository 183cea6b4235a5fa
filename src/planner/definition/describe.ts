import type { Diagnostic } from '../../core/diag/diagnostic.ts'
import type { SourceFile, Span } from '../../core/source/source-file.ts'
import { placeText } from '../../parser/place-text.ts'

/** Diagnostics as one line, the way the reference puts them into the text of a failed call. */
export function describeDiagnostics(
  diagnostics: readonly Diagnostic[],
  files: ReadonlyMap<number, SourceFile>,
): string {
  const errors = diagnostics.filter((d) => d.severity === 'error')
  const [first] = errors
  if (first === undefined) return ''
  const text = first.detail === undefined ? first.summary : `${first.summary}; ${first.detail}`
  const others = errors.length > 1 ? `, and ${errors.length - 1} other diagnostic(s)` : ''
  return `${place(first.subject, files)}${text}${others}`
}

function place(span: Span | undefined, files: ReadonlyMap<number, SourceFile>): string {
  const file = span === undefined ? undefined : files.get(span.file)
  return span === undefined || file === undefined ? '' : `${placeText(file, span)}: `
}
