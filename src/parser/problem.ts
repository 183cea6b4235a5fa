import type { Code, Diagnostic } from '../core/diag/diagnostic.ts'
import type { Span } from '../core/source/source-file.ts'

/** An error with the reference's summary and detail; `context` is the wider excerpt. */
export function problem(
  code: Code,
  summary: string,
  detail: string,
  subject: Span,
  context?: Span,
): Diagnostic {
  const base = { severity: 'error', code, summary, detail, subject } as const
  return context === undefined ? base : { ...base, context }
}
