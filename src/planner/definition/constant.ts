import { type Checked, checked, type Diagnostic, hasErrors } from '../../core/diag/diagnostic.ts'
import { convert } from '../../core/value/convert.ts'
import { STRING } from '../../core/value/type.ts'
import type { Expression } from '../../parser/body.ts'
import type { Scope } from '../../parser/scope.ts'
import { problem, unsuitable } from './problems.ts'

/** A scope in which nothing has a name. */
export const EMPTY_SCOPE: Scope = {
  variable: () => undefined,
  function: () => undefined,
  variableNames: () => [],
  functionNames: () => [],
  world: { now: 0, homeDir: '', random: (n) => new Uint8Array(n) },
}

/** Reads a text that must be the same in every run: no variables, no functions. Absent reads as "". */
export function constantText(expr: Expression | undefined): Checked<string> {
  if (expr === undefined) return checked('')
  const literal = expr.literalText?.()
  if (literal !== undefined) return checked(literal)
  const diagnostics: Diagnostic[] = []
  for (const call of expr.calls()) {
    const detail = 'Functions may not be called here.'
    diagnostics.push(
      problem(
        'eval/constant',
        'Function calls not allowed',
        detail,
        expr.asCall() === undefined ? call.span : expr.span,
        expr.span,
      ),
    )
  }
  for (const reference of expr.references()) {
    const detail = 'Variables may not be used here.'
    diagnostics.push(problem('eval/constant', 'Variables not allowed', detail, reference.span, expr.span))
  }
  if (diagnostics.length > 0) {
    return {
      value: '',
      diagnostics: [...diagnostics, unsuitable('value must be known', expr.startSpan, expr.span)],
    }
  }
  const evaluated = expr.evaluate(EMPTY_SCOPE)
  if (hasErrors(evaluated.diagnostics)) return { value: '', diagnostics: evaluated.diagnostics }
  const text = convert(evaluated.value, STRING)
  if (!text.ok) return refused(expr, text.message)
  if (text.value.kind === 'null') return refused(expr, 'null value is not allowed')
  return checked(text.value.kind === 'string' ? text.value.value : '', evaluated.diagnostics)
}

function refused(expr: Expression, message: string): Checked<string> {
  return { value: '', diagnostics: [unsuitable(message, expr.startSpan, expr.span)] }
}
