import { toFloat64 } from '../value/number.ts'
import { finite } from '../value/number-form.ts'
import { quote } from './quote.ts'

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/
const HEX = /^([+-]?)0[xX]([\da-fA-F]*)\.?([\da-fA-F]*)[pP]([+-]?\d+)$/
const WORD = /^([+-]?)(?:inf|infinity)$/i
/** An underscore has to stand between digits, or between a base prefix and a digit. */
const BAD_UNDERSCORE = /^_|_$|__|_[^\da-fA-F]|[^\da-fA-FxX]_/
const HEX_EXPONENT_LIMIT = 10_000

/**
 * Go's strconv.ParseFloat for doubles (spec bake 2.3.2): decimal, hexadecimal with `p` exponent,
 * `inf`, `nan`. Undefined for bad syntax and for values out of range; `floatError` tells which.
 */
export function parseFloat64(text: string): number | undefined {
  const value = readFloat(text)
  return value === undefined || value === 'range' ? undefined : value
}

/** The message Go gives when `parseFloat64` is undefined. */
export function floatError(text: string): string {
  const why = readFloat(text) === 'range' ? 'value out of range' : 'invalid syntax'
  return `strconv.ParseFloat: parsing ${quote(text)}: ${why}`
}

function readFloat(text: string): number | 'range' | undefined {
  if (/^nan$/i.test(text)) return Number.NaN
  const word = WORD.exec(text)
  if (word !== null) return word[1] === '-' ? -Infinity : Infinity
  const digits = withoutUnderscores(text)
  if (digits === undefined) return undefined
  const value = DECIMAL.test(digits) ? Number(digits) : readHex(digits)
  if (value === undefined) return undefined
  return Number.isFinite(value) ? value : 'range'
}

function withoutUnderscores(text: string): string | undefined {
  if (!text.includes('_')) return text
  return BAD_UNDERSCORE.test(text.replace(/^[+-]/, '')) ? undefined : text.replaceAll('_', '')
}

function readHex(text: string): number | undefined {
  const found = HEX.exec(text)
  if (found === null) return undefined
  const [, sign = '', whole = '', fraction = '', exponent = ''] = found
  const digits = whole + fraction
  if (digits === '') return undefined
  const limited = Math.max(-HEX_EXPONENT_LIMIT, Math.min(HEX_EXPONENT_LIMIT, Number(exponent)))
  const mant = BigInt(`0x${digits}`)
  const value = toFloat64(finite(mant, limited - 4 * fraction.length, Math.max(64, digits.length * 4)))
  return sign === '-' ? -value : value
}
