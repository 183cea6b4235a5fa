import { nearest } from '../../core/diag/suggest.ts'
import { quote } from '../../core/go/quote.ts'
import { convert } from '../../core/value/convert.ts'
import { unknownOf } from '../../core/value/make.ts'
import { ANY } from '../../core/value/type.ts'
import type { Value } from '../../core/value/value.ts'
import { type CallNode, type Node, startSpanOf } from '../hcl/ast.ts'
import { placeText } from '../place-text.ts'
import type { CallProblem, CallResult, CallWorld, FunctionSpec, ParameterSpec } from '../scope.ts'
import { type Evaluation, UNKNOWN } from './evaluation.ts'
import { extentOf, MAX_PARTS } from './limits.ts'

/** Calls a function of the library or of the user (spec bake 3.7, general call errors). */
export function evaluateCall(ev: Evaluation, node: CallNode): Value {
  const spec = ev.scope.function(node.name)
  if (spec === undefined) return unknownFunction(ev, node)
  const args = node.expands ? expandedArguments(ev, node) : node.args
  if (!ev.spend(node)) return UNKNOWN
  if (args === undefined || !hasRightCount(ev, node, spec, args)) return UNKNOWN
  if (spec.callLazily !== undefined) return callLazily(ev, node, spec, args)
  const mark = ev.diagnostics.length
  const values = args.map((arg, i) => argumentValue(ev, node, parameterAt(spec, i), arg))
  if (ev.diagnostics.length > mark) return UNKNOWN
  return call(ev, node, spec, args, values)
}

function unknownFunction(ev: Evaluation, node: CallNode): Value {
  const summary = 'Call to unknown function'
  const code = 'eval/unknown-function'
  const separator = node.name.lastIndexOf('::')
  if (separator >= 0) {
    const detail = `There are no functions in namespace ${quote(node.name.slice(0, separator + 2))}.`
    return ev.fail(node, code, summary, detail, node.nameSpan, node.span)
  }
  const near = nearest(node.name, ev.scope.functionNames())
  const hint = near === undefined ? '' : ` Did you mean ${quote(near)}?`
  const detail = `There is no function named ${quote(node.name)}.${hint}`
  return ev.fail(node, code, summary, detail, node.nameSpan, node.span)
}

/** The arguments with the last one replaced by its items; undefined when there is nothing to call with. */
function expandedArguments(ev: Evaluation, node: CallNode): readonly Node[] | undefined {
  const last = node.args.at(-1)
  if (last === undefined) return node.args
  const mark = ev.diagnostics.length
  const value = ev.value(last)
  if (ev.diagnostics.length > mark) return undefined
  if (value.kind === 'list' || value.kind === 'set' || value.kind === 'tuple') {
    const items = value.items.map((item): Node => ({ kind: 'literal', value: item, span: last.span }))
    return [...node.args.slice(0, -1), ...items]
  }
  const summary = 'Invalid expanding argument value'
  const subject = 'The expanding argument (indicated by ...) must'
  const isSequence = 'type' in value && ['list', 'set', 'tuple', 'any'].includes(value.type.kind)
  if (isSequence && value.kind === 'unknown') return undefined
  const detail = isSequence ? `${subject} not be null.` : `${subject} be of a tuple, list, or set type.`
  ev.fail(last, 'eval/bad-expansion', summary, detail, last.span, node.span)
  return undefined
}

function hasRightCount(ev: Evaluation, node: CallNode, spec: FunctionSpec, args: readonly Node[]): boolean {
  const wanted = spec.params.length
  const missing = spec.params[args.length]
  if (missing !== undefined) {
    const least = spec.variadic === undefined ? '' : ' at least'
    const detail = `Function ${quote(node.name)} expects${least} ${wanted} argument(s). Missing value for ${quote(missing.name)}.`
    ev.fail(node, 'eval/few-arguments', 'Not enough function arguments', detail, node.closeSpan, node.span)
    return false
  }
  const extra = args[wanted]
  if (spec.variadic === undefined && extra !== undefined) {
    const detail = `Function ${quote(node.name)} expects only ${wanted} argument(s).`
    ev.fail(node, 'eval/many-arguments', 'Too many function arguments', detail, startSpanOf(extra), node.span)
    return false
  }
  return true
}

function parameterAt(spec: FunctionSpec, i: number): ParameterSpec | undefined {
  return spec.params[i] ?? spec.variadic
}

function argumentValue(ev: Evaluation, node: CallNode, param: ParameterSpec | undefined, arg: Node): Value {
  const value = ev.value(arg)
  if (param === undefined) return value
  const converted = convert(value, param.type)
  if (converted.ok) return converted.value
  return badArgument(ev, node, arg, param.name, converted.message)
}

function badArgument(ev: Evaluation, node: CallNode, arg: Node, name: string, why: string): Value {
  const detail = `Invalid value for ${quote(name)} parameter: ${why}.`
  const subject = arg === node ? node.span : startSpanOf(arg)
  return ev.fail(arg, 'eval/bad-argument', 'Invalid function argument', detail, subject, node.span)
}

function call(
  ev: Evaluation,
  node: CallNode,
  spec: FunctionSpec,
  args: readonly Node[],
  values: readonly Value[],
): Value {
  const nullAt = values.findIndex(
    (value, i) => value.kind === 'null' && parameterAt(spec, i)?.allowNull !== true,
  )
  if (nullAt >= 0)
    return failed(ev, node, spec, args, { message: 'argument must not be null', argument: nullAt })
  const isOpen = values.some(
    (value, i) => value.kind === 'unknown' && parameterAt(spec, i)?.allowUnknown !== true,
  )
  if (isOpen) return unknownOf(spec.returns ?? ANY)
  const size = values.reduce((sum, value) => sum + extentOf(value).parts, 0)
  if (size > MAX_PARTS) return ev.tooBig(node, `The arguments have more than ${MAX_PARTS} parts.`)
  const result = callBounded(spec, values, ev.scope.world)
  if (result === undefined) return ev.tooBig(node, 'The result does not fit into memory.')
  return result.ok ? ev.sized(node, result.value) : failed(ev, node, spec, args, result.problem)
}

/** Undefined when the result would be a text that is longer than the engine can hold. */
function callBounded(spec: FunctionSpec, values: readonly Value[], world: CallWorld): CallResult | undefined {
  try {
    return spec.call(values, world)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** Reports a failed call, at the argument to blame if there is one. */
function failed(
  ev: Evaluation,
  node: CallNode,
  spec: FunctionSpec,
  args: readonly Node[],
  why: CallProblem,
): Value {
  const param = why.argument === undefined ? undefined : parameterAt(spec, why.argument)
  if (param !== undefined)
    return badArgument(ev, node, args[why.argument ?? 0] ?? node, param.name, why.message)
  const detail = `Call to function ${quote(node.name)} failed: ${why.message}.`
  return ev.fail(node, 'eval/call-failed', 'Error in function call', detail, startSpanOf(node), node.span)
}

function callLazily(ev: Evaluation, node: CallNode, spec: FunctionSpec, args: readonly Node[]): Value {
  const expressions = args.map((arg) => ev.semantics.asExpression(arg))
  const result = spec.callLazily?.(expressions, ev.scope, (span) => placeText(node.file, span))
  if (result === undefined) return UNKNOWN
  if (result.ok) return result.value
  if (result.diagnostics !== undefined && result.diagnostics.length > 0) {
    ev.add(result.diagnostics)
    return UNKNOWN
  }
  return failed(ev, node, spec, args, result)
}
