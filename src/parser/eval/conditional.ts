import { joinSpans } from '../../core/source/source-file.ts'
import { convert } from '../../core/value/convert.ts'
import { unknownOf } from '../../core/value/make.ts'
import { ANY, BOOL, type Type } from '../../core/value/type.ts'
import { typeOf } from '../../core/value/type-of.ts'
import { unify } from '../../core/value/unify.ts'
import type { Value } from '../../core/value/value.ts'
import type { ConditionalNode } from '../hcl/ast.ts'
import { describeMismatch } from './branch-mismatch.ts'
import type { Captured, Evaluation } from './evaluation.ts'

/** Both branches are evaluated for their types; only the chosen one may fail (spec bake 3.4). */
export function evaluateConditional(ev: Evaluation, node: ConditionalNode): Value {
  const yes = ev.capture(node.yes)
  const no = ev.capture(node.no)
  const type = resultType(yes.value, no.value)
  if (type === undefined) {
    const why = describeMismatch(typeOf(yes.value), typeOf(no.value))
    const detail = `The true and false result expressions must have consistent types. ${why}.`
    const subject = joinSpans(node.yes.span, node.no.span)
    return ev.fail(node, 'eval/inconsistent-branches', INCONSISTENT, detail, subject, node.span)
  }
  const condition = ev.value(node.condition)
  if (condition.kind === 'null') {
    const detail = 'The condition value is null. Conditions must either be true or false.'
    ev.fail(node.condition, 'eval/null-condition', 'Null condition', detail, node.condition.span, node.span)
    return unknownOf(type)
  }
  if (condition.kind === 'unknown') return unknownOf(type)
  const converted = convert(condition, BOOL)
  if (!converted.ok || converted.value.kind !== 'bool') {
    const detail = 'The condition expression must be of type bool.'
    ev.fail(
      node.condition,
      'eval/bad-condition',
      'Incorrect condition type',
      detail,
      node.condition.span,
      node.span,
    )
    return unknownOf(type)
  }
  return converted.value.value ? chosen(ev, node, 'yes', yes, type) : chosen(ev, node, 'no', no, type)
}

const INCONSISTENT = 'Inconsistent conditional result types'

/** The type both branches convert to; `any` means that the chosen one stays as it is. */
function resultType(yes: Value, no: Value): Type | undefined {
  const yesType = typeOf(yes)
  const noType = typeOf(no)
  if (yes.kind === 'null' && yesType.kind === 'any') return noType
  if (no.kind === 'null' && noType.kind === 'any') return yesType
  if (yesType.kind === 'any' || noType.kind === 'any') return ANY
  return yesType === noType ? yesType : unify([yesType, noType])
}

function chosen(
  ev: Evaluation,
  node: ConditionalNode,
  side: 'yes' | 'no',
  branch: Captured,
  type: Type,
): Value {
  ev.add(branch.found)
  if (type.kind === 'any') return branch.value
  const converted = convert(branch.value, type)
  if (converted.ok) return converted.value
  const name = side === 'yes' ? 'true' : 'false'
  const detail = `The ${name} result value has the wrong type: ${converted.message}.`
  const span = node[side].span
  ev.fail(node[side], 'eval/inconsistent-branches', INCONSISTENT, detail, span, node.span)
  return unknownOf(type)
}
