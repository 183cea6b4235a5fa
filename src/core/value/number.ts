import { InvariantError } from '../failure.ts'
import {
  type BigFloat,
  bitLength,
  exponentOf,
  FLOAT64_PREC,
  finite,
  fromSafe,
  INT_PREC,
  infinityOf,
  isZero,
  mantissaOf,
  quotient,
  shiftRoundEven,
  TEXT_PREC,
  zeroOf,
} from './number-form.ts'

export type { BigFloat } from './number-form.ts'
export { parseNumber, renderNumber } from './number-text.ts'

export const ZERO: BigFloat = fromSafe(0, TEXT_PREC)
export const ONE: BigFloat = fromSafe(1, TEXT_PREC)

/**
 * A whole number at 64 bits of precision, more if it needs more. Arithmetic takes the larger
 * precision of its operands, so numbers of the source text must come from `parseNumber` (512 bits).
 */
export function fromInt(n: number | bigint): BigFloat {
  if (typeof n === 'number' && Number.isSafeInteger(n)) return fromSafe(n === 0 ? 0 : n, INT_PREC)
  const big = BigInt(n)
  return finite(big, 0, Math.max(INT_PREC, bitLength(big < 0n ? -big : big)))
}

/** A double at 53 bits, so that it renders as short as a double does. NaN is a bug of the caller. */
export function fromFloat64(n: number): BigFloat {
  if (Number.isNaN(n)) throw new InvariantError('NaN is not a number of the Bake language')
  if (n === 0) return zeroOf(Object.is(n, -0), FLOAT64_PREC)
  if (Number.isSafeInteger(n)) return fromSafe(n, FLOAT64_PREC)
  if (!Number.isFinite(n)) return infinityOf(n < 0, FLOAT64_PREC)
  let mant = n
  let exp = 0
  while (!Number.isInteger(mant)) {
    mant *= 2
    exp -= 1
  }
  return finite(BigInt(mant), exp, FLOAT64_PREC)
}

/** a + b. Opposing infinities have no sum: the result is then zero; ask `isInf` before. */
export function addNumbers(a: BigFloat, b: BigFloat): BigFloat {
  const prec = Math.max(a.prec, b.prec)
  const sum = a.int + b.int
  if (Number.isSafeInteger(sum)) return fromSafe(sum, prec)
  if (a.infinite || b.infinite) {
    if (a.infinite && b.infinite && a.negative !== b.negative) return fromSafe(0, prec)
    return infinityOf(a.infinite ? a.negative : b.negative, prec)
  }
  if (isZero(a) && isZero(b)) return zeroOf(a.negative && b.negative, prec)
  const exp = Math.min(exponentOf(a), exponentOf(b))
  return finite(alignedTo(a, exp) + alignedTo(b, exp), exp, prec)
}

/** a - b, see `addNumbers`. */
export function subNumbers(a: BigFloat, b: BigFloat): BigFloat {
  return addNumbers(a, negNumber(b))
}

/** a * b, never fewer bits than the exact product needs up to 512. 0 * infinity gives 0. */
export function mulNumbers(a: BigFloat, b: BigFloat): BigFloat {
  const prec = Math.max(a.prec, b.prec)
  const product = a.int * b.int
  if (product !== 0 && Number.isSafeInteger(product)) return fromSafe(product, prec)
  const negative = a.negative !== b.negative
  if (isZero(a) || isZero(b)) return zeroOf(negative, prec)
  if (a.infinite || b.infinite) return infinityOf(negative, prec)
  const exact = finite(mantissaOf(a) * mantissaOf(b), exponentOf(a) + exponentOf(b), TEXT_PREC)
  if (exact.infinite || !Number.isNaN(exact.int)) return { ...exact, prec }
  return { ...exact, prec: Math.max(prec, bitLength(exact.negative ? -exact.mant : exact.mant)) }
}

/** a / b; undefined for 0/0 and infinity/infinity. Anything else by zero is an infinity. */
export function divNumbers(a: BigFloat, b: BigFloat): BigFloat | undefined {
  const prec = Math.max(a.prec, b.prec)
  const negative = a.negative !== b.negative
  const zero = isZero(b)
  if ((isZero(a) && zero) || (a.infinite && b.infinite)) return undefined
  if (zero || a.infinite) return infinityOf(negative, prec)
  if (isZero(a) || b.infinite) return zeroOf(negative, prec)
  if (a.int % b.int === 0) return fromSafe(a.int / b.int, prec)
  const den = mantissaOf(b)
  const num = den < 0n ? -mantissaOf(a) : mantissaOf(a)
  return quotient(num, den < 0n ? -den : den, exponentOf(a) - exponentOf(b), prec)
}

/** Remainder with the sign of `a`, also for fractions; a % 0 is `a` (spec bake 3.4). Undefined with an infinity. */
export function modNumbers(a: BigFloat, b: BigFloat): BigFloat | undefined {
  if (isZero(b)) return a
  if (a.infinite || b.infinite) return undefined
  if (isZero(a)) return zeroOf(a.negative && !b.negative, a.prec)
  const rest = a.int % b.int
  if (!Number.isNaN(rest)) return fromSafe(rest === 0 ? 0 : rest, Math.max(a.prec, b.prec))
  const ratio = divNumbers(a, b)
  if (ratio === undefined) return a
  const whole = finite(truncated(ratio), 0, a.prec)
  const taken = finite(mantissaOf(whole) * mantissaOf(b), exponentOf(whole) + exponentOf(b), a.prec)
  return { ...subNumbers(a, taken), prec: a.prec }
}

export function negNumber(b: BigFloat): BigFloat {
  if (!Number.isNaN(b.int) && b.int !== 0) return fromSafe(-b.int, b.prec)
  if (isZero(b)) return zeroOf(!b.negative, b.prec)
  return { ...b, mant: -b.mant, negative: !b.negative }
}

export function absNumber(b: BigFloat): BigFloat {
  return b.negative ? negNumber(b) : b
}

/** Numeric order; -0 equals 0 and precision does not matter. */
export function compareNumbers(a: BigFloat, b: BigFloat): -1 | 0 | 1 {
  const difference = a.int - b.int
  if (!Number.isNaN(difference)) return difference < 0 ? -1 : difference > 0 ? 1 : 0
  if (a.infinite || b.infinite) return compare(infinityRank(a), infinityRank(b))
  const exp = Math.min(exponentOf(a), exponentOf(b))
  return compare(alignedTo(a, exp), alignedTo(b, exp))
}

/** Rounds down; -0 becomes 0. */
export function floorNumber(b: BigFloat): BigFloat {
  if (isZero(b)) return zeroOf(false, b.prec)
  if (b.infinite || isWhole(b)) return b
  return finite(truncated(b) - (b.negative ? 1n : 0n), 0, b.prec)
}

/** Rounds up; -0 becomes 0. */
export function ceilNumber(b: BigFloat): BigFloat {
  if (isZero(b)) return zeroOf(false, b.prec)
  if (b.infinite || isWhole(b)) return b
  const up = truncated(b) + (b.negative ? 0n : 1n)
  return up === 0n ? zeroOf(false, b.prec) : finite(up, 0, b.prec)
}

/** Drops the fraction. */
export function truncNumber(b: BigFloat): BigFloat {
  if (b.infinite || isWhole(b)) return b
  return fromInt(truncated(b))
}

/** Whether it is a whole number; infinities are not. */
export function isWhole(b: BigFloat): boolean {
  return !Number.isNaN(b.int) || (!b.infinite && (b.mant === 0n || b.exp >= 0))
}

export function isInf(b: BigFloat): boolean {
  return b.infinite
}

/** The value as a safe integer, undefined for anything else. */
export function toInt(b: BigFloat): number | undefined {
  if (!Number.isNaN(b.int)) return b.int
  return isZero(b) ? 0 : undefined
}

/** The value when it is whole and finite. */
export function toBigInt(b: BigFloat): bigint | undefined {
  return isWhole(b) ? truncated(b) : undefined
}

/** The nearest double, ties to even; out of range gives an infinity. */
export function toFloat64(b: BigFloat): number {
  if (!Number.isNaN(b.int)) return b.int
  if (b.infinite) return b.negative ? -Infinity : Infinity
  if (b.mant === 0n) return -0
  let mant = b.negative ? -b.mant : b.mant
  let exp = b.exp
  const bits = bitLength(mant)
  const room = Math.min(53, bits + exp + 1074)
  if (room < 0) return b.negative ? -0 : 0
  if (bits > room) {
    mant = shiftRoundEven(mant, bits - room)
    exp += bits - room
  }
  const half = Math.trunc(exp / 2)
  const n = Number(mant) * 2 ** half * 2 ** (exp - half)
  return b.negative ? -n : n
}

function truncated(b: BigFloat): bigint {
  if (!Number.isNaN(b.int)) return BigInt(b.int)
  if (b.exp >= 0) return b.mant << BigInt(b.exp)
  const whole = (b.negative ? -b.mant : b.mant) >> BigInt(-b.exp)
  return b.negative ? -whole : whole
}

function alignedTo(b: BigFloat, exp: number): bigint {
  return mantissaOf(b) << BigInt(exponentOf(b) - exp)
}

function infinityRank(b: BigFloat): number {
  if (!b.infinite) return 0
  return b.negative ? -1 : 1
}

function compare<T extends number | bigint>(a: T, b: T): -1 | 0 | 1 {
  return a < b ? -1 : a > b ? 1 : 0
}
