import {
  type BigFloat,
  bitLength,
  exponentOf,
  finite,
  fromSafe,
  mantissaOf,
  quotient,
  TEXT_PREC,
  zeroOf,
} from './number-form.ts'

/** Largest decimal exponent or digit count read; larger ones are refused so that no input hangs. */
const MAX_DECIMAL_EXPONENT = 100_000
const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/
const SHORT_INTEGER = /^[1-9]\d{0,14}$/

/**
 * Reads a decimal number with optional sign, fraction and exponent at 512 bits (spec bake 3.6).
 * Undefined for anything else: spaces, hex, underscores, `Infinity`.
 */
export function parseNumber(text: string): BigFloat | undefined {
  if (text === '0') return fromSafe(0, TEXT_PREC)
  if (SHORT_INTEGER.test(text)) return fromSafe(Number(text), TEXT_PREC)
  const found = DECIMAL.exec(text)
  if (found === null) return undefined
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = found
  if (whole === '' && fraction === '') return undefined
  const digits = whole + fraction
  const power = Number(exponent) - fraction.length
  if (digits.length > MAX_DECIMAL_EXPONENT || Math.abs(power) > MAX_DECIMAL_EXPONENT) return undefined
  const mant = BigInt(digits)
  if (mant === 0n) return zeroOf(sign === '-', TEXT_PREC)
  const signed = sign === '-' ? -mant : mant
  if (power >= 0) return finite(signed * 5n ** BigInt(power), power, TEXT_PREC)
  return quotient(signed, 5n ** BigInt(-power), power, TEXT_PREC)
}

/**
 * The shortest decimal text that reads back to the same number at its precision; never an exponent.
 * Infinities are `+Inf` and `-Inf`, negative zero is `-0`, as the reference prints them.
 */
export function renderNumber(b: BigFloat): string {
  if (!Number.isNaN(b.int)) return String(b.int)
  if (b.infinite) return b.negative ? '-Inf' : '+Inf'
  if (b.mant === 0n) return '-0'
  const mant = mantissaOf(b)
  const text = shortest(mant < 0n ? -mant : mant, exponentOf(b), b.prec)
  return mant < 0n ? `-${text}` : text
}

/** Widens the mantissa to prec+1 bits so that ±1 is half a unit in the last place. */
function shortest(mant: bigint, exp: number, prec: number): string {
  const widen = prec + 1 - bitLength(mant)
  const m = mant << BigInt(widen)
  const e = exp - widen
  const inclusive = (m & 2n) === 0n
  const scale = e < 0 ? -e : 0
  const factor = e < 0 ? 5n ** BigInt(scale) : 1n << BigInt(e)
  return place(shortestDigits((m - 1n) * factor, m * factor, (m + 1n) * factor, inclusive), scale)
}

/**
 * The decimal integer between low and high with the most trailing zeros, nearest to `exact` among
 * those. Binary search works because wider powers of ten only make it harder to fit.
 */
function shortestDigits(low: bigint, exact: bigint, high: bigint, inclusive: boolean): bigint {
  let fits = 0
  let tooMany = (high - low).toString().length + 1
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1
    if (candidate(low, exact, high, inclusive, middle) === undefined) tooMany = middle
    else fits = middle
  }
  return candidate(low, exact, high, inclusive, fits) ?? exact
}

function candidate(
  low: bigint,
  exact: bigint,
  high: bigint,
  inclusive: boolean,
  zeros: number,
): bigint | undefined {
  const unit = 10n ** BigInt(zeros)
  const down = (exact / unit) * unit
  const up = down + unit
  const downFits = down > low || (inclusive && down === low)
  const upFits = up < high || (inclusive && up === high)
  if (downFits && upFits) {
    const twice = 2n * (exact - down)
    if (twice === unit) return (down / unit) % 2n === 0n ? down : up
    return twice < unit ? down : up
  }
  if (downFits) return down
  return upFits ? up : undefined
}

/** Writes `digits` / 10^scale without exponent and without trailing fraction zeros. */
function place(digits: bigint, scale: number): string {
  const text = digits.toString()
  if (scale === 0) return text
  const padded = text.padStart(scale + 1, '0')
  const whole = padded.slice(0, -scale)
  const fraction = padded.slice(-scale).replace(/0+$/, '')
  return fraction === '' ? whole : `${whole}.${fraction}`
}
