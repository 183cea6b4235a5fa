import { type Checked, hasErrors } from '../../core/diag/diagnostic.ts'
import type { Type } from '../../core/value/type.ts'
import type { Expression } from '../../parser/body.ts'
import { readTypeExpression } from '../../parser/eval/type-expr.ts'
import { EMPTY_SCOPE } from './constant.ts'

/** The type a variable declares; undefined when it declares none or `null`. `any` counts as a type. */
export function declaredType(expr: Expression | undefined): Checked<Type | undefined> {
  if (expr === undefined) return { value: undefined, diagnostics: [] }
  const type = readTypeExpression(expr, { optionalAllowed: true })
  if (!hasErrors(type.diagnostics)) return type
  const literal = expr.references().length === 0 ? expr.evaluate(EMPTY_SCOPE) : undefined
  if (literal !== undefined && !hasErrors(literal.diagnostics) && literal.value.kind === 'null') {
    return { value: undefined, diagnostics: [] }
  }
  return { value: undefined, diagnostics: type.diagnostics }
}
