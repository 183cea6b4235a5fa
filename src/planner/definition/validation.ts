import { type Diagnostic, hasErrors } from '../../core/diag/diagnostic.ts'
import { convert } from '../../core/value/convert.ts'
import { BOOL, STRING } from '../../core/value/type.ts'
import type { Scope } from '../../parser/scope.ts'
import type { ValidationSource, VariableSource } from './blocks.ts'
import { problem } from './problems.ts'

/** Runs the `validation` rules of all variables (spec bake 2.3.2); every failing rule is reported. */
export function validateVariables(variables: Iterable<VariableSource>, scope: Scope): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = []
  for (const variable of variables) {
    for (const rule of variable.validations) diagnostics.push(...checkRule(rule, scope))
  }
  return diagnostics
}

function checkRule(rule: ValidationSource, scope: Scope): readonly Diagnostic[] {
  const subject = rule.condition?.span ?? rule.block.body.missingSpan
  const invalid = (detail: string): readonly Diagnostic[] => [
    problem('eval/invalid-condition', 'Invalid condition result', detail, subject),
  ]
  if (rule.condition === undefined) {
    return invalid('Condition expression must return either true or false, not null.')
  }
  const evaluated = rule.condition.evaluate(scope)
  if (hasErrors(evaluated.diagnostics)) return evaluated.diagnostics
  if (evaluated.value.kind === 'null') {
    return invalid('Condition expression must return either true or false, not null.')
  }
  const result = convert(evaluated.value, BOOL)
  if (!result.ok) return invalid(`Invalid condition result value: ${result.message}`)
  if (result.value.kind !== 'bool' || result.value.value) return []
  const message = rule.message?.evaluate(scope)
  if (message !== undefined && hasErrors(message.diagnostics)) return message.diagnostics
  const text = message === undefined ? undefined : convert(message.value, STRING)
  const detail =
    text?.ok === true && text.value.kind === 'string'
      ? text.value.value
      : 'This check failed, but has an invalid error message.'
  return [problem('eval/validation-failed', 'Validation failed', detail, subject)]
}
