import { InvariantError } from '../../../core/failure.ts'
import type { BigFloat } from '../../../core/value/number.ts'
import { isWhole, toBigInt } from '../../../core/value/number.ts'
import type { Type } from '../../../core/value/type.ts'
import type { Value } from '../../../core/value/value.ts'
import type { FunctionSpec, ParameterSpec } from '../../scope.ts'

/** A library function by name, for the table. */
export type Family = readonly FunctionSpec[]

/** What a list, set or tuple value looks like once its kind is known. */
export type Sequence = Extract<Value, { readonly items: readonly Value[] }>
/** What a map or object value looks like once its kind is known. */
export type Mapping = Extract<Value, { readonly entries: ReadonlyMap<string, Value> }>

/** Describes one parameter. */
export function param(
  name: string,
  type: Type,
  doc: string,
  allow: Partial<ParameterSpec> = {},
): ParameterSpec {
  return { name, type, doc, ...allow }
}

/** The text of argument `i`; the evaluator has converted it to a string before. */
export function textAt(args: readonly Value[], i: number): string {
  const value = args[i]
  return value?.kind === 'string' ? value.value : ''
}

/** The number in argument `i`; the evaluator has converted it to a number before. */
export function numberAt(args: readonly Value[], i: number): BigFloat {
  const value = args[i]
  if (value?.kind !== 'number') throw new InvariantError(`argument ${i} is not a number`)
  return value.value
}

/** The truth in argument `i`; the evaluator has converted it to a bool before. */
export function boolAt(args: readonly Value[], i: number): boolean {
  const value = args[i]
  return value?.kind === 'bool' && value.value
}

const MIN_WHOLE = -(2n ** 63n)
const MAX_WHOLE = 2n ** 63n - 1n

/** The complaint about a number that has to fit a signed 64-bit integer and does not. */
export const WHOLE_REQUIRED: string = `value must be a whole number, between ${MIN_WHOLE} and ${MAX_WHOLE}`

/** A signed 64-bit integer, or undefined when the number has a fraction or lies outside. */
export function wholeOf(number: BigFloat): bigint | undefined {
  if (!isWhole(number)) return undefined
  const whole = toBigInt(number)
  return whole !== undefined && whole >= MIN_WHOLE && whole <= MAX_WHOLE ? whole : undefined
}

/** `wholeOf` for sizes and offsets: whatever exceeds 2^53 is so far out that rounding changes nothing. */
export function wholeAt(args: readonly Value[], i: number): number | undefined {
  const whole = wholeOf(numberAt(args, i))
  return whole === undefined ? undefined : Number(whole)
}

/** Whether the value is a list, set or tuple. */
export function isSequence(value: Value | undefined): value is Sequence {
  return value?.kind === 'list' || value?.kind === 'set' || value?.kind === 'tuple'
}

/** Whether the value is a map or object. */
export function isMapping(value: Value | undefined): value is Mapping {
  return value?.kind === 'map' || value?.kind === 'object'
}
