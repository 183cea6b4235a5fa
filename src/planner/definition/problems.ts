import type { Code, Diagnostic } from '../../core/diag/diagnostic.ts'
import { nearest } from '../../core/diag/suggest.ts'
import type { Span } from '../../core/source/source-file.ts'

/** An error with the reference's two-part text. */
export function problem(
  code: Code,
  summary: string,
  detail: string,
  subject?: Span,
  context?: Span,
): Diagnostic {
  return {
    severity: 'error',
    code,
    summary,
    detail,
    ...(subject === undefined ? {} : { subject }),
    ...(context === undefined ? {} : { context }),
  }
}

/** A value of the right shape was needed; worded like the reference's decoder. */
export function unsuitable(message: string, subject: Span, context: Span): Diagnostic {
  const summary = 'Unsuitable value type'
  const found = problem('schema/unsuitable-value', summary, `Unsuitable value: ${message}`, subject, context)
  return message === UNKNOWN ? { ...found, standing: 'follow-up' } : found
}

/** Said of every value whose expression failed: the failure itself has been told. */
const UNKNOWN = 'value must be known'

/** A name in a block or file that nothing reads; the reference stays silent. */
export function unusedName(
  what: 'attribute' | 'block',
  name: string,
  place: string,
  span: Span,
  known: readonly string[],
): Diagnostic {
  const close = nearest(name, known)
  return {
    severity: 'warning',
    code: what === 'attribute' ? 'schema/unknown-attribute' : 'schema/unknown-block',
    summary: `${what} "${name}" is not used in ${place}`,
    subject: span,
    ...(close === undefined ? {} : { hints: [`did you mean "${close}"?`] }),
  }
}

/** A name that a block with a fixed set of keys does not take. */
export function unexpectedName(
  what: 'attribute' | 'block',
  name: string,
  span: Span,
  known: readonly string[],
): Diagnostic {
  const close = nearest(name, known)
  const tail = close === undefined ? '' : ` Did you mean "${close}"?`
  return what === 'attribute'
    ? problem(
        'schema/unsupported-argument',
        'Unsupported argument',
        `An argument named "${name}" is not expected here.${tail}`,
        span,
      )
    : problem(
        'schema/unsupported-block',
        'Unsupported block type',
        `Blocks of type "${name}" are not expected here.${tail}`,
        span,
      )
}
