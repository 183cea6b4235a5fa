import { type BigFloat, fromFloat64, toFloat64 } from '../../../core/value/number.ts'
import { exponentOf, finite, mantissaOf } from '../../../core/value/number-form.ts'

/** ln 2 in two parts; the first has so few bits that small multiples of it are exact. */
const LN2_HIGH = 0.693147180559663
const LN2_LOW = 2.8235290563031577e-13
/** Beyond these the result is infinite or zero. */
const OVERFLOW = 709.782712893384
const LEAST_EXPONENT = -1023
/** The argument is divided by 16, so that few terms of the series do. */
const HALVINGS = 4
/** 1/8!, 1/7!, ... 1/0! */
const TAYLOR = [40320, 5040, 720, 120, 24, 6, 2, 1].map((factorial) => 1 / factorial)

/**
 * e^x to the last bit as Go computes it on x86-64, which is not always what Math.exp gives: after N. Shibata,
 * "Efficient evaluation methods of elementary functions suitable for SIMD computation" (2010). `pow` with a
 * fractional exponent shows the difference.
 */
export function exponential(x: number): number {
  if (Number.isNaN(x) || x === Number.POSITIVE_INFINITY) return x
  if (x > OVERFLOW) return Number.POSITIVE_INFINITY
  if (x < -OVERFLOW * 2) return 0
  const power = roundToEven(x * Math.LOG2E)
  if (power <= LEAST_EXPONENT) return 0
  const high = multiplyAdd(-LN2_HIGH, power, x)
  const part = multiplyAdd(-LN2_LOW, power, high) / 2 ** HALVINGS
  let series = TAYLOR[0] ?? 0
  for (const term of TAYLOR.slice(1)) series = multiplyAdd(series, part, term)
  return scaled(squareUp(series * part), power)
}

/** From e^r - 1 to e^(16 r): each step is (1 + y)^2 - 1 = y (y + 2). */
function squareUp(start: number): number {
  let y = start
  for (let step = 1; step < HALVINGS; step++) y *= y + 2
  return multiplyAdd(y, y + 2, 1)
}

function scaled(fraction: number, power: number): number {
  return power > 1023 ? fraction * 2 * 2 ** (power - 1) : fraction * 2 ** power
}

function roundToEven(x: number): number {
  const floor = Math.floor(x)
  const rest = x - floor
  if (rest !== 0.5) return Math.round(x)
  return floor % 2 === 0 ? floor : floor + 1
}

/** Enough for every sum of doubles. */
const EXACT_BITS = 5000

/** a * b + c with a single rounding at the end. */
function multiplyAdd(a: number, b: number, c: number): number {
  const [x, y, z] = [fromFloat64(a), fromFloat64(b), fromFloat64(c)] as const
  const productExponent = exponentOf(x) + exponentOf(y)
  const exponent = Math.min(productExponent, exponentOf(z))
  const sum =
    shifted(mantissaOf(x) * mantissaOf(y), productExponent - exponent) +
    shifted(mantissaOf(z), exponentOf(z) - exponent)
  const exact: BigFloat = finite(sum, exponent, EXACT_BITS)
  return toFloat64(exact)
}

function shifted(mantissa: bigint, bits: number): bigint {
  return mantissa << BigInt(bits)
}
