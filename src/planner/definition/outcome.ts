import type { Code, Diagnostic } from '../../core/diag/diagnostic.ts'
import type { Span } from '../../core/source/source-file.ts'
import { problem } from './problems.ts'

/**
 * Why a name could not be settled; undefined means it is. `missing` is a name nobody defines, which most
 * expressions may still hold; a `message` becomes a diagnostic at the expression that needed the name.
 */
export type Outcome =
  | undefined
  | { readonly kind: 'missing'; readonly message: string }
  | {
      readonly kind: 'message'
      readonly code: Code
      readonly message: string
      readonly related?: readonly { readonly span: Span; readonly label: string }[]
    }
  | { readonly kind: 'diagnostics'; readonly list: readonly Diagnostic[] }

/** The diagnostics of a failed outcome; `summary` heads a plain message, placed at `subject`. */
export function diagnosticsOf(
  outcome: Exclude<Outcome, undefined>,
  summary: string,
  subject: Span,
): readonly Diagnostic[] {
  if (outcome.kind === 'diagnostics') return outcome.list
  if (outcome.kind === 'missing') {
    return [problem('graph/missing-name', summary, outcome.message, subject, subject)]
  }
  const told = problem(outcome.code, summary, outcome.message, subject, subject)
  return [outcome.related === undefined ? told : { ...told, related: outcome.related }]
}
