import type { Diagnostic } from '../../core/diag/diagnostic.ts'
import { InvariantError } from '../../core/failure.ts'
import { convert } from '../../core/value/convert.ts'
import { equalValues } from '../../core/value/equal.ts'
import { bool, FALSE, num, TRUE, unknownOf } from '../../core/value/make.ts'
import {
  addNumbers,
  type BigFloat,
  compareNumbers,
  divNumbers,
  isInf,
  modNumbers,
  mulNumbers,
  negNumber,
  subNumbers,
  ZERO,
} from '../../core/value/number.ts'
import { ANY, BOOL, NUMBER, type Type } from '../../core/value/type.ts'
import type { Value } from '../../core/value/value.ts'
import type { BinaryNode, BinaryOperator, Node, UnaryNode } from '../hcl/ast.ts'
import type { Captured, Evaluation } from './evaluation.ts'
import { isWhollyKnown } from './known.ts'

/** One binary operator: what its operands convert to, and what it does with known ones that are not null. */
interface BinaryRow {
  readonly operands: Type
  readonly result: Type
  /** The operand that decides alone, for the logical operators. */
  readonly decides?: boolean
  apply(a: Value, b: Value): Value | string
}

const BINARY: Readonly<Record<BinaryOperator, BinaryRow>> = {
  '||': logical(true),
  '&&': logical(false),
  '==': { operands: ANY, result: BOOL, apply: (a, b) => bool(equalValues(a, b)) },
  '!=': { operands: ANY, result: BOOL, apply: (a, b) => bool(!equalValues(a, b)) },
  '>': comparison((order) => order > 0),
  '>=': comparison((order) => order >= 0),
  '<': comparison((order) => order < 0),
  '<=': comparison((order) => order <= 0),
  '+': arithmetic((a, b) => {
    const opposing = isInf(a) && isInf(b) && a.negative !== b.negative
    return opposing ? "can't compute sum of opposing infinities" : addNumbers(a, b)
  }),
  '-': arithmetic((a, b) => {
    const same = isInf(a) && isInf(b) && a.negative === b.negative
    return same ? "can't subtract infinity from itself" : subNumbers(a, b)
  }),
  '*': arithmetic((a, b) => {
    const undefinedProduct =
      (isInf(a) && compareNumbers(b, ZERO) === 0) || (isInf(b) && compareNumbers(a, ZERO) === 0)
    return undefinedProduct ? "can't multiply zero by infinity" : mulNumbers(a, b)
  }),
  '/': arithmetic((a, b) => divNumbers(a, b) ?? "can't divide zero by zero or infinity by infinity"),
  '%': arithmetic((a, b) => modNumbers(a, b) ?? "can't use modulo with zero and infinity"),
}

function logical(decides: boolean): BinaryRow {
  return { operands: BOOL, result: BOOL, decides, apply: (a, b) => (isBool(a, decides) ? a : b) }
}

function comparison(holds: (order: number) => boolean): BinaryRow {
  return {
    operands: NUMBER,
    result: BOOL,
    apply: (a, b) => bool(holds(compareNumbers(numberOf(a), numberOf(b)))),
  }
}

function arithmetic(compute: (a: BigFloat, b: BigFloat) => BigFloat | string): BinaryRow {
  return {
    operands: NUMBER,
    result: NUMBER,
    apply: (a, b) => {
      const result = compute(numberOf(a), numberOf(b))
      return typeof result === 'string' ? result : num(result)
    },
  }
}

/** Evaluates a chain of binary operators; the left side is gone down in a loop, it may be thousands deep. */
export function evaluateBinary(ev: Evaluation, node: BinaryNode): Value {
  const chain: BinaryNode[] = []
  let left: Node = node
  while (left.kind === 'binary') {
    chain.push(left)
    left = left.left
  }
  let result = ev.capture(left)
  for (let i = chain.length - 1; i >= 0; i--) {
    const link = chain[i] as BinaryNode
    result = combine(ev, link, result, ev.capture(link.right))
  }
  ev.add(result.found)
  return result.value
}

/** In one chain; a chain of thousands of failing operands stays quick. */
const MAX_PROBLEMS = 1000

function combine(ev: Evaluation, node: BinaryNode, left: Captured, right: Captured): Captured {
  const row = BINARY[node.operator]
  const misfits: Diagnostic[] = []
  const a = operand(ev, node, 'left', left.value, row.operands, misfits)
  const b = operand(ev, node, 'right', right.value, row.operands, misfits)
  const all = (): readonly Diagnostic[] => [...misfits, ...left.found, ...right.found].slice(0, MAX_PROBLEMS)
  if (misfits.length > 0) return { value: unknownOf(row.result), found: all() }
  if (row.decides !== undefined) {
    const decided = shortCircuit(row.decides, { ...left, value: a }, { ...right, value: b })
    if (decided !== undefined) return decided
  }
  const found = left.found.length + right.found.length === 0 ? left.found : all()
  if (found.length > 0) return { value: unknownOf(row.result), found }
  const result = apply(row, a, b)
  if (typeof result !== 'string') return { value: result, found }
  const failure = operationFailed(ev, node, result)
  return { value: unknownOf(row.result), found: [failure] }
}

function operand(
  ev: Evaluation,
  node: BinaryNode,
  side: 'left' | 'right',
  value: Value,
  type: Type,
  misfits: Diagnostic[],
): Value {
  if (type.kind === 'any' || value.kind === type.kind) return value
  const converted = convert(value, type)
  if (converted.ok) return converted.value
  const operandNode = node[side]
  const detail = `Unsuitable value for ${side} operand: ${converted.message}.`
  misfits.push(
    ev.problem(operandNode, 'eval/bad-operand', 'Invalid operand', detail, operandNode.span, node.span),
  )
  return unknownOf(type)
}

/** One operand may settle the result alone; what was wrong with the other is then dropped (spec bake 3.4). */
function shortCircuit(decides: boolean, left: Captured, right: Captured): Captured | undefined {
  const a = left.value
  const b = right.value
  const unknown = unknownOf(BOOL)
  if (a.kind === 'unknown' && b.kind === 'unknown') {
    return left.found.length === 0 ? { value: unknown, found: left.found } : undefined
  }
  if (isBool(a, decides)) return { value: decides ? TRUE : FALSE, found: left.found }
  if (isBool(b, decides)) return { value: decides ? TRUE : FALSE, found: right.found }
  if (a.kind === 'unknown' && isBool(b, !decides)) return { value: unknown, found: left.found }
  if (b.kind === 'unknown' && isBool(a, !decides)) return { value: unknown, found: right.found }
  return undefined
}

function apply(row: BinaryRow, a: Value, b: Value): Value | string {
  if (row.operands.kind === 'any') {
    if (!isWhollyKnown(a) || !isWhollyKnown(b)) return unknownOf(row.result)
  } else if (a.kind === 'null' || b.kind === 'null') return NULL_ARGUMENT
  if (a.kind === 'unknown' || b.kind === 'unknown') return unknownOf(row.result)
  return row.apply(a, b)
}

const NULL_ARGUMENT = 'argument must not be null'

/** Evaluates `-x` and `!x`. */
export function evaluateUnary(ev: Evaluation, node: UnaryNode): Value {
  const type = node.operator === '-' ? NUMBER : BOOL
  const mark = ev.diagnostics.length
  const converted = convert(ev.value(node.operand), type)
  if (!converted.ok) {
    const detail = `Unsuitable value for unary operand: ${converted.message}.`
    ev.fail(node.operand, 'eval/bad-operand', 'Invalid operand', detail, node.operand.span, node.span)
  }
  if (!converted.ok || ev.diagnostics.length > mark || converted.value.kind === 'unknown')
    return unknownOf(type)
  const { value } = converted
  if (value.kind === 'number') return num(negNumber(value.value))
  if (value.kind === 'bool') return bool(!value.value)
  ev.add([operationFailed(ev, node, NULL_ARGUMENT)])
  return unknownOf(type)
}

function operationFailed(ev: Evaluation, node: Node, message: string): Diagnostic {
  const detail = `Error during operation: ${message}.`
  return ev.problem(node, 'eval/operation-failed', 'Operation failed', detail, node.span)
}

function isBool(value: Value, wanted: boolean): boolean {
  return value.kind === 'bool' && value.value === wanted
}

function numberOf(value: Value): BigFloat {
  if (value.kind !== 'number') throw new InvariantError(`an operand was converted to ${value.kind}`)
  return value.value
}
