import type { Checked } from '../../core/diag/diagnostic.ts'
import { nearest } from '../../core/diag/suggest.ts'
import { quote } from '../../core/go/quote.ts'
import { convert } from '../../core/value/convert.ts'
import { object, str, tuple } from '../../core/value/make.ts'
import { STRING } from '../../core/value/type.ts'
import type { Value } from '../../core/value/value.ts'
import type { Node, ObjectItem, ObjectNode, VariableNode } from '../hcl/ast.ts'
import { literalKey } from '../hcl/references.ts'
import type { Expression, Scope } from '../scope.ts'
import { evaluateAccess } from './access.ts'
import { evaluateCall } from './call.ts'
import { evaluateConditional } from './conditional.ts'
import { Evaluation, UNKNOWN } from './evaluation.ts'
import { evaluateFor } from './for-loop.ts'
import { evaluateBinary, evaluateUnary } from './operators.ts'
import { evaluateJoin, evaluateTemplate } from './template.ts'

/** Evaluates a tree in a scope. `asExpression` wraps arguments for functions that take expressions. */
export function evaluate(node: Node, scope: Scope, asExpression: (node: Node) => Expression): Checked<Value> {
  const ev = new Evaluation(scope, { evaluate: evaluateNode, asExpression })
  const value = ev.value(node)
  return { value, diagnostics: ev.diagnostics }
}

function evaluateNode(ev: Evaluation, node: Node): Value {
  switch (node.kind) {
    case 'literal':
      return node.value
    case 'template':
      return evaluateTemplate(ev, node)
    case 'wrap':
    case 'paren':
      return ev.value(node.inner)
    case 'join':
      return evaluateJoin(ev, node.each)
    case 'variable':
      return evaluateVariable(ev, node)
    case 'access':
      return evaluateAccess(ev, node)
    case 'call':
      return evaluateCall(ev, node)
    case 'conditional':
      return evaluateConditional(ev, node)
    case 'binary':
      return evaluateBinary(ev, node)
    case 'unary':
      return evaluateUnary(ev, node)
    case 'tuple':
      return ev.sized(node, tuple(node.items.map((item) => ev.value(item))))
    case 'object':
      return evaluateObject(ev, node)
    case 'for':
      return evaluateFor(ev, node)
  }
}

function evaluateVariable(ev: Evaluation, node: VariableNode): Value {
  const value = ev.scope.variable(node.name)
  if (value !== undefined) return value
  const near = nearest(node.name, ev.scope.variableNames())
  const hint = near === undefined ? '' : ` Did you mean ${quote(near)}?`
  const detail = `There is no variable named ${quote(node.name)}.${hint}`
  return ev.fail(node, 'eval/unknown-variable', 'Unknown variable', detail, node.span)
}

/** A later item with the same key wins (spec bake 3.2). A key nobody knows makes the whole unknown. */
function evaluateObject(ev: Evaluation, node: ObjectNode): Value {
  const entries = new Map<string, Value>()
  let known = true
  for (const item of node.items) {
    const mark = ev.diagnostics.length
    const key = evaluateKey(ev, item)
    const failed = ev.diagnostics.length > mark
    const value = ev.value(item.value)
    const name = failed ? undefined : keyText(ev, item, key)
    if (name === undefined) known = false
    else entries.set(name, value)
  }
  return known ? ev.sized(node, object(entries)) : UNKNOWN
}

/** The key of an object item: a bare name is text, a name with steps is refused. */
export function evaluateKey(ev: Evaluation, item: ObjectItem): Value {
  const name = literalKey(item)
  if (name !== undefined) return str(name)
  const { key } = item
  if (!item.forced && isPlainPath(key)) {
    const detail =
      "If this expression is intended to be a reference, wrap it in parentheses. If it's instead intended as a literal name containing periods, wrap it in quotes to create a string literal."
    return ev.fail(key, 'eval/ambiguous-key', 'Ambiguous attribute key', detail, key.span)
  }
  return ev.value(key)
}

function isPlainPath(key: Node): boolean {
  return (
    key.kind === 'access' &&
    key.source.kind === 'variable' &&
    key.steps.every((step) => step.kind === 'attr' || step.kind === 'index')
  )
}

function keyText(ev: Evaluation, item: ObjectItem, key: Value): string | undefined {
  if (key.kind === 'null') {
    const detail = "Can't use a null value as a key."
    ev.fail(item.key, 'eval/null-key', 'Null value as key', detail, item.value.span)
    return undefined
  }
  const converted = convert(key, STRING)
  if (!converted.ok) {
    const detail = `Can't use this value as a key: ${converted.message}.`
    ev.fail(item.key, 'eval/bad-key', 'Incorrect key type', detail, item.key.span)
    return undefined
  }
  return converted.value.kind === 'string' ? converted.value.value : undefined
}
