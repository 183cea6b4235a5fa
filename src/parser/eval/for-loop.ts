import { quote } from '../../core/go/quote.ts'
import { convert } from '../../core/value/convert.ts'
import { num, object, sortedKeys, str, tuple } from '../../core/value/make.ts'
import { BOOL, STRING } from '../../core/value/type.ts'
import { friendlyName, typeOf } from '../../core/value/type-of.ts'
import type { Value } from '../../core/value/value.ts'
import type { ForNode, Node } from '../hcl/ast.ts'
import { type Evaluation, UNKNOWN } from './evaluation.ts'
import { childScope } from './scope.ts'

/** Evaluates a `for` to a tuple or an object (spec bake 3.5). */
export function evaluateFor(ev: Evaluation, node: ForNode): Value {
  const collection = ev.value(node.collection)
  if (collection.kind === 'null') {
    const detail = "A null value cannot be used as the collection in a 'for' expression."
    const { span } = node.collection
    return ev.fail(
      node.collection,
      'eval/null-iteration',
      'Iteration over null value',
      detail,
      span,
      node.span,
    )
  }
  if (collection.kind === 'unknown' && collection.type.kind === 'any') return UNKNOWN
  const rounds = roundsOf(collection)
  if (rounds === undefined) {
    const name = friendlyName(typeOf(collection))
    const detail = `A value of type ${name} cannot be used as the collection in a 'for' expression.`
    const { span } = node.collection
    return ev.fail(
      node.collection,
      'eval/bad-iteration',
      'Iteration over non-iterable value',
      detail,
      span,
      node.span,
    )
  }
  if (node.condition !== undefined && !conditionFits(ev, node, node.condition)) return UNKNOWN
  if (collection.kind === 'unknown') return UNKNOWN
  const loop = new Loop(ev, node)
  for (const round of rounds) {
    if (!ev.spend(node)) return UNKNOWN
    loop.round(round)
  }
  return ev.sized(node, loop.result())
}

interface Round {
  readonly key: Value
  readonly value: Value
}

/** Items in iteration order; undefined for what cannot be iterated. */
function roundsOf(collection: Value): readonly Round[] | undefined {
  switch (collection.kind) {
    case 'list':
    case 'tuple':
      return collection.items.map((value, i) => ({ key: num(i), value }))
    case 'set':
      return collection.items.map((value) => ({ key: value, value }))
    case 'map':
    case 'object':
      return sortedKeys(collection.entries).map((key) => ({
        key: str(key),
        value: collection.entries.get(key) ?? UNKNOWN,
      }))
    case 'unknown':
      return ITERABLE.has(collection.type.kind) ? [] : undefined
    default:
      return undefined
  }
}

const ITERABLE: ReadonlySet<string> = new Set(['list', 'set', 'map', 'tuple', 'object'])

function withRound(ev: Evaluation, node: ForNode, round: Round): Evaluation {
  const variables = new Map<string, Value>()
  if (node.keyName !== undefined) variables.set(node.keyName, round.key)
  variables.set(node.valueName, round.value)
  return ev.within(childScope(ev.scope, variables))
}

/** Tries the condition with unknown variables, so that a wrong type is reported once, also for no items. */
function conditionFits(ev: Evaluation, node: ForNode, condition: Node): boolean {
  const inner = withRound(ev, node, { key: UNKNOWN, value: UNKNOWN })
  const mark = ev.diagnostics.length
  const value = inner.value(condition)
  if (value.kind === 'null') {
    const detail = "The value of the 'if' clause must not be null."
    ev.fail(condition, 'eval/bad-for-condition', 'Condition is null', detail, condition.span, node.span)
    return false
  }
  const converted = convert(value, BOOL)
  if (!converted.ok)
    reportCondition(ev, node, condition, `The 'if' clause value is invalid: ${converted.message}.`)
  return ev.diagnostics.length === mark
}

function reportCondition(ev: Evaluation, node: ForNode, condition: Node, detail: string): void {
  ev.fail(condition, 'eval/bad-for-condition', "Invalid 'for' condition", detail, condition.span, node.span)
}

/** Collects the results of one loop. */
class Loop {
  private readonly ev: Evaluation
  private readonly node: ForNode
  private readonly items: Value[] = []
  private readonly entries = new Map<string, Value[]>()
  /** Until the first item that cannot be placed; from then on such items are not reported again. */
  private known = true

  constructor(ev: Evaluation, node: ForNode) {
    this.ev = ev
    this.node = node
  }

  round(round: Round): void {
    const inner = withRound(this.ev, this.node, round)
    if (this.node.condition !== undefined && !this.includes(inner, this.node.condition)) return
    if (this.node.key === undefined) this.items.push(inner.value(this.node.value))
    else this.addEntry(inner, this.node.key)
  }

  result(): Value {
    if (!this.known) return UNKNOWN
    if (this.node.key === undefined) return tuple(this.items)
    const entries = new Map<string, Value>()
    for (const [key, values] of this.entries) {
      entries.set(key, this.node.groups ? tuple(values) : (values[0] ?? UNKNOWN))
    }
    return object(entries)
  }

  private includes(inner: Evaluation, condition: Node): boolean {
    const value = inner.value(condition)
    const converted = convert(value, BOOL)
    if (converted.ok && converted.value.kind === 'bool') return converted.value.value
    if (this.known && value.kind !== 'unknown') {
      const detail = converted.ok
        ? "The value of the 'if' clause must not be null."
        : `The 'if' clause value is invalid: ${converted.message}.`
      reportCondition(inner, this.node, condition, detail)
    }
    this.known = false
    return false
  }

  private addEntry(inner: Evaluation, keyNode: Node): void {
    const key = this.keyText(inner, keyNode)
    if (key === undefined) {
      this.known = false
      return
    }
    const value = inner.value(this.node.value)
    const values = this.entries.get(key)
    if (values === undefined) this.entries.set(key, [value])
    else if (this.node.groups) values.push(value)
    else {
      const detail = `Two different items produced the key ${quote(key)} in this 'for' expression. If duplicates are expected, use the ellipsis (...) after the value expression to enable grouping by key.`
      inner.fail(keyNode, 'eval/duplicate-key', 'Duplicate object key', detail, keyNode.span, this.node.span)
    }
  }

  private keyText(inner: Evaluation, keyNode: Node): string | undefined {
    const value = inner.value(keyNode)
    if (value.kind === 'unknown') return undefined
    const converted = convert(value, STRING)
    if (converted.ok && converted.value.kind === 'string') return converted.value.value
    if (this.known) {
      const detail = converted.ok
        ? "Key expression in 'for' expression must not produce a null value."
        : `The key expression produced an invalid result: ${converted.message}.`
      inner.fail(keyNode, 'eval/bad-key', 'Invalid object key', detail, keyNode.span, this.node.span)
    }
    return undefined
  }
}
