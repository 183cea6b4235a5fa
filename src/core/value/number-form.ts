import { InvariantError } from '../failure.ts'

/**
 * A binary floating point number of bounded precision, as Go's big.Float: mant * 2^exp, rounded to
 * nearest even. Make one with the functions of `number.ts`; the fields are for that family only.
 */
export interface BigFloat {
  /** The value when it is a safe integer other than -0, else NaN. Then `mant` and `exp` mean nothing. */
  readonly int: number
  /** Odd, or 0n for negative zero and infinities; carries the sign. */
  readonly mant: bigint
  readonly exp: number
  /** Bits of mantissa that results inherit and that rendering has to tell apart. */
  readonly prec: number
  readonly negative: boolean
  readonly infinite: boolean
}

/** Precision of numbers read from text. */
export const TEXT_PREC = 512
/** Precision of machine integers. */
export const INT_PREC = 64
/** Precision of doubles. */
export const FLOAT64_PREC = 53

/** Beyond this binary exponent a number counts as infinite or zero; rendering stays bounded by it. */
const MAX_EXP = 400_000

/** A safe integer. `n` must not be -0. */
export function fromSafe(n: number, prec: number): BigFloat {
  return { int: n, mant: 0n, exp: 0, prec, negative: n < 0, infinite: false }
}

/** Zero with a sign. */
export function zeroOf(negative: boolean, prec: number): BigFloat {
  if (!negative) return fromSafe(0, prec)
  return { int: Number.NaN, mant: 0n, exp: 0, prec, negative: true, infinite: false }
}

export function infinityOf(negative: boolean, prec: number): BigFloat {
  return { int: Number.NaN, mant: 0n, exp: 0, prec, negative, infinite: true }
}

/** mant * 2^exp rounded to `prec` bits, ties to even. */
export function finite(mant: bigint, exp: number, prec: number): BigFloat {
  if (mant === 0n) return fromSafe(0, prec)
  const negative = mant < 0n
  let m = negative ? -mant : mant
  let e = exp
  const excess = bitLength(m) - prec
  if (excess > 0) {
    m = shiftRoundEven(m, excess)
    e += excess
  }
  const zeros = trailingZeros(m)
  m >>= BigInt(zeros)
  e += zeros
  const bits = bitLength(m)
  const top = bits + e
  if (top > MAX_EXP) return infinityOf(negative, prec)
  if (top < -MAX_EXP) return zeroOf(negative, prec)
  if (e >= 0 && top <= 53) {
    const n = Number(m) * 2 ** e
    if (Number.isSafeInteger(n)) return fromSafe(negative ? -n : n, prec)
  }
  return { int: Number.NaN, mant: negative ? -m : m, exp: e, prec, negative, infinite: false }
}

/** The signed mantissa of a finite number; pairs with `exponentOf`. */
export function mantissaOf(b: BigFloat): bigint {
  return Number.isNaN(b.int) ? b.mant : BigInt(b.int)
}

export function exponentOf(b: BigFloat): number {
  return Number.isNaN(b.int) ? b.exp : 0
}

/** Whether it is 0 or -0. */
export function isZero(b: BigFloat): boolean {
  return b.int === 0 || (!b.infinite && Number.isNaN(b.int) && b.mant === 0n)
}

/** num / 2^.. / den with enough bits that one final rounding is exact. `den` > 0. */
export function quotient(num: bigint, den: bigint, exp: number, prec: number): BigFloat {
  const negative = num < 0n
  const n = negative ? -num : num
  const shift = Math.max(0, prec + 2 - (bitLength(n) - bitLength(den)))
  const shifted = n << BigInt(shift)
  const q = shifted / den
  const sticky = q * den === shifted ? 0n : 1n
  const m = (q << 1n) | sticky
  return finite(negative ? -m : m, exp - shift - 1, prec)
}

/** Number of bits of a non-negative integer; 0 for 0. */
export function bitLength(n: bigint): number {
  if (n === 0n) return 0
  if (n <= 0xffffffffn) return 32 - Math.clz32(Number(n))
  const hex = n.toString(16)
  return hex.length * 4 - Math.clz32(Number.parseInt(hex[0] ?? '0', 16)) + 28
}

/** n / 2^bits, rounded to nearest, ties to even. */
export function shiftRoundEven(n: bigint, bits: number): bigint {
  const shift = BigInt(bits)
  const q = n >> shift
  const rest = n - (q << shift)
  const half = 1n << (shift - 1n)
  if (rest < half || (rest === half && (q & 1n) === 0n)) return q
  return q + 1n
}

function trailingZeros(n: bigint): number {
  if (n === 0n) throw new InvariantError('trailing zeros of zero')
  let zeros = 0
  let rest = n
  while ((rest & 0xffffffffn) === 0n) {
    rest >>= 32n
    zeros += 32
  }
  const low = Number(rest & 0xffffffffn)
  return zeros + 31 - Math.clz32(low & -low)
}
