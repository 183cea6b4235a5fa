import { exponential } from './exponential.ts'

/**
 * Powers and logarithms of 64-bit floats. The order of operations decides the last bit of a result, so it
 * follows the reference (spec bake 3.7, `pow` and `log`): square and multiply on mantissas for the whole
 * part of the exponent, exp(y log x) only for the rest.
 */
export function power(x: number, y: number): number {
  const special = specialPower(x, y)
  if (special !== undefined) return special
  const size = Math.abs(y)
  let whole = Math.floor(size)
  let rest = size - whole
  if (rest !== 0 && x < 0) return Number.NaN
  if (whole >= 2 ** 63) return hugePower(x, y)
  let mantissa = 1
  if (rest !== 0) {
    if (rest > 0.5) {
      rest -= 1
      whole += 1
    }
    mantissa = exponential(rest * Math.log(x))
  }
  const product = wholePower(x, whole, mantissa)
  return y < 0 ? scale(1 / product.mantissa, -product.exponent) : scale(product.mantissa, product.exponent)
}

/** The logarithm of `x` to `base`. */
export function logarithm(x: number, base: number): number {
  return Math.log(x) / Math.log(base)
}

function specialPower(x: number, y: number): number | undefined {
  if (y === 0 || x === 1) return 1
  if (y === 1) return x
  if (x === 0 || !Number.isFinite(x) || !Number.isFinite(y)) return infinitePower(x, y)
  if (y === 0.5) return Math.sqrt(x)
  if (y === -0.5) return 1 / Math.sqrt(x)
  return undefined
}

/** Math.pow agrees with the reference for zeros and infinities except for a base of -1. */
function infinitePower(x: number, y: number): number {
  return x === -1 && !Number.isNaN(y) ? 1 : x ** y
}

/** Beyond 2^63 every exponent is an even whole number. */
function hugePower(x: number, y: number): number {
  if (x === -1) return 1
  return Math.abs(x) < 1 === y > 0 ? 0 : Number.POSITIVE_INFINITY
}

/** An exponent beyond this has left the range of a float for good. */
const RUNAWAY_EXPONENT = 4096

function wholePower(x: number, whole: number, start: number): { mantissa: number; exponent: number } {
  let mantissa = start
  let exponent = 0
  let [square, squareExponent] = split(x)
  for (let bits = BigInt(whole); bits !== 0n; bits >>= 1n) {
    if (Math.abs(squareExponent) > RUNAWAY_EXPONENT) return { mantissa, exponent: exponent + squareExponent }
    if (bits & 1n) {
      mantissa *= square
      exponent += squareExponent
    }
    square *= square
    squareExponent *= 2
    if (square < 0.5) {
      square += square
      squareExponent -= 1
    }
  }
  return { mantissa, exponent }
}

/** x = mantissa * 2^exponent with 0.5 <= |mantissa| < 1. */
function split(x: number): [mantissa: number, exponent: number] {
  let exponent = 0
  let mantissa = x
  while (Math.abs(mantissa) >= 1) {
    mantissa /= 2
    exponent++
  }
  while (Math.abs(mantissa) < 0.5) {
    mantissa *= 2
    exponent--
  }
  return [mantissa, exponent]
}

/** mantissa * 2^exponent, in steps that round once at most. */
function scale(mantissa: number, exponent: number): number {
  if (mantissa === 0 || !Number.isFinite(mantissa)) return mantissa
  const [fraction, own] = split(mantissa)
  const total = own + exponent
  if (total > 1024) return fraction * Number.POSITIVE_INFINITY
  if (total < -1075) return fraction < 0 ? -0 : 0
  if (total > -1021) return fraction * 2 * 2 ** (total - 1)
  return fraction * 2 ** (total + 1000) * 2 ** -1000
}
