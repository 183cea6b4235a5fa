import { type BigFloat, isInf, renderNumber } from '../../../core/value/number.ts'
import { exponentOf, mantissaOf } from '../../../core/value/number-form.ts'

/** Flags and sizes of a formatting verb such as `%-8.2f`. */
export interface Layout {
  readonly plus: boolean
  readonly minus: boolean
  readonly space: boolean
  readonly zero: boolean
  readonly sharp: boolean
  readonly width?: number
  readonly precision?: number
}

/** Digits without leading or trailing zeros; the value is 0.DIGITS * 10^point. */
interface Decimal {
  readonly digits: string
  readonly point: number
}

const BASES: Readonly<Record<string, number>> = { b: 2, o: 8, d: 10, x: 16, X: 16 }
const BASE_MARKS: Readonly<Record<string, string>> = { b: '0b', o: '0', x: '0x', X: '0X' }

/** A whole number by one of the verbs `b d o x X`, laid out as Go's big.Int does it. */
export function formatInteger(value: bigint, verb: string, layout: Layout): string {
  const sign = value < 0n ? '-' : layout.plus ? '+' : layout.space ? ' ' : ''
  const mark = layout.sharp ? (BASE_MARKS[verb] ?? '') : ''
  const plain = (value < 0n ? -value : value).toString(BASES[verb] ?? 10)
  const digits = verb === 'X' ? plain.toUpperCase() : plain
  const { precision, width = 0 } = layout
  if (precision === 0 && value === 0n) return ''
  const filled = digits.padStart(precision ?? 0, '0')
  const missing = Math.max(0, width - sign.length - mark.length - filled.length)
  if (layout.minus) return sign + mark + filled + ' '.repeat(missing)
  if (layout.zero && precision === undefined) return sign + mark + '0'.repeat(missing) + filled
  return ' '.repeat(missing) + sign + mark + filled
}

/** A number by one of the verbs `e E f g G`, laid out as Go's big.Float does it. */
export function formatFloat(value: BigFloat, verb: string, layout: Layout): string {
  const text = floatText(value, verb, layout.precision)
  const unsigned = text.replace(/^[+-]/, '')
  const ownSign = text.slice(0, text.length - unsigned.length)
  const plusSign = ownSign === '+' && layout.space ? ' ' : ownSign
  const sign = ownSign === '' ? (layout.plus ? '+' : layout.space ? ' ' : '') : plusSign
  const missing = Math.max(0, (layout.width ?? 0) - sign.length - unsigned.length)
  if (layout.zero && !isInf(value)) return sign + '0'.repeat(missing) + unsigned
  if (layout.minus) return sign + unsigned + ' '.repeat(missing)
  return ' '.repeat(missing) + sign + unsigned
}

/** The shortest text that names the number, with an exponent when it is large or small (`%v`). */
export function shortText(value: BigFloat): string {
  return floatText(value, 'g', undefined)
}

const DEFAULT_PRECISION = 6

function floatText(value: BigFloat, verb: string, precision: number | undefined): string {
  const rendered = renderNumber(value)
  if (isInf(value)) return rendered
  const sign = rendered.startsWith('-') ? '-' : ''
  const kind = verb.toLowerCase()
  const text =
    kind === 'g'
      ? generalText(value, rendered, precision)
      : kind === 'e'
        ? scientific(rounded(exactDecimal(value), (precision ?? DEFAULT_PRECISION) + 1), precision)
        : fixedText(exactDecimal(value), precision ?? DEFAULT_PRECISION)
  return sign + (verb === kind ? text : text.toUpperCase())
}

function generalText(value: BigFloat, rendered: string, precision: number | undefined): string {
  const significant = Math.max(1, precision ?? 1)
  const decimal = precision === undefined ? shortDecimal(rendered) : rounded(exactDecimal(value), significant)
  const { digits, point } = decimal
  // Without a precision, six digits decide whether an exponent is due, but all digits are written.
  const threshold =
    precision === undefined
      ? DEFAULT_PRECISION
      : significant > digits.length && digits.length >= point
        ? digits.length
        : significant
  const exponent = point - 1
  const isExtreme = exponent < -4 || exponent >= threshold
  if (digits !== '' && isExtreme) return scientific(decimal, digits.length - 1)
  return fixedText(decimal, Math.max(0, digits.length - point))
}

/** d.ddde±dd with `places` digits behind the point. */
function scientific({ digits, point }: Decimal, places: number = DEFAULT_PRECISION): string {
  const padded = digits.padEnd(places + 1, '0')
  const fraction = padded.slice(1, places + 1)
  const exponent = digits === '' ? 0 : point - 1
  const power = String(Math.abs(exponent)).padStart(2, '0')
  return `${padded.charAt(0)}${fraction === '' ? '' : `.${fraction}`}e${exponent < 0 ? '-' : '+'}${power}`
}

/** ddd.ddd with `places` digits behind the point. */
function fixedText(decimal: Decimal, places: number): string {
  const { digits, point } = rounded(decimal, decimal.point + places)
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0'
  const fraction = ('0'.repeat(Math.max(0, -point)) + digits.slice(Math.max(0, point))).padEnd(places, '0')
  return places === 0 ? whole : `${whole}.${fraction.slice(0, places)}`
}

/** Keeps `count` digits, ties to even. */
function rounded(decimal: Decimal, count: number): Decimal {
  const { digits, point } = decimal
  if (count >= digits.length) return decimal
  if (count < 0) return { digits: '', point: 0 }
  const kept = digits.slice(0, count)
  if (!roundsUp(digits, count)) return trimmed(kept, point)
  const raised = (BigInt(`0${kept}`) + 1n).toString().padStart(count, '0')
  return trimmed(raised, point + raised.length - count)
}

function roundsUp(digits: string, count: number): boolean {
  const next = digits.charAt(count)
  if (next === '5' && count + 1 === digits.length)
    return count > 0 && Number(digits.charAt(count - 1)) % 2 === 1
  return next >= '5'
}

function exactDecimal(value: BigFloat): Decimal {
  const mantissa = mantissaOf(value)
  const exponent = exponentOf(value)
  const size = mantissa < 0n ? -mantissa : mantissa
  if (exponent >= 0) {
    const digits = (size << BigInt(exponent)).toString()
    return trimmed(digits, digits.length)
  }
  const digits = (size * 5n ** BigInt(-exponent)).toString()
  return trimmed(digits, digits.length + exponent)
}

function shortDecimal(rendered: string): Decimal {
  const [whole = '', fraction = ''] = rendered.replace('-', '').split('.')
  return trimmed(whole + fraction, whole.length)
}

function trimmed(digits: string, point: number): Decimal {
  const leading = digits.length - digits.replace(/^0+/, '').length
  const kept = digits.slice(leading).replace(/0+$/, '')
  return kept === '' ? { digits: '', point: 0 } : { digits: kept, point: point - leading }
}
