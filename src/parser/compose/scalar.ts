import type { ScalarValue } from './node.ts'
import { readTimestamp } from './timestamp.ts'

const WORDS: ReadonlyMap<string, ScalarValue> = new Map<string, ScalarValue>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, { type: 'null' }] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, { type: 'bool', value: true }] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, { type: 'bool', value: false }] as const),
])
const FLOAT_WORDS: ReadonlyMap<string, number> = new Map([
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, Number.NaN] as const),
  ...['.inf', '.Inf', '.INF'].flatMap((word) => [
    [word, Number.POSITIVE_INFINITY] as const,
    [`+${word}`, Number.POSITIVE_INFINITY] as const,
    [`-${word}`, Number.NEGATIVE_INFINITY] as const,
  ]),
  ['-0', -0],
  ['-0.0', -0],
])
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/
const POINT_FLOAT = /^\.[0-9]+(?:[eE][-+]?[0-9]+)?$/

/**
 * What a plain scalar means to the reference's YAML reader: words of YAML 1.2 for booleans, and numbers
 * with underscores, `0x`, `0o`, `0b` and a leading zero for octal; dates and times are values of their own.
 */
export function resolvePlain(text: string): ScalarValue {
  const first = text.charCodeAt(0)
  // Most scalars are words: only digits, signs and dots can begin a number.
  const numeric = (first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46
  if (!numeric) return WORDS.get(text) ?? { type: 'string', text }
  const word = FLOAT_WORDS.get(text)
  if (word !== undefined) return { type: 'float', value: word }
  if (first === 46) {
    return POINT_FLOAT.test(text) ? { type: 'float', value: Number(text) } : { type: 'string', text }
  }
  return readTimestamp(text) ?? resolveNumber(text)
}

function resolveNumber(text: string): ScalarValue {
  const plain = text.includes('_') ? text.replaceAll('_', '') : text
  const whole = readInteger(plain)
  if (whole !== undefined) return { type: 'int', value: whole }
  if (FLOAT.test(plain)) {
    const value = Number(plain)
    if (Number.isFinite(value)) return { type: 'float', value }
  }
  return { type: 'string', text }
}

const MAX_UINT64 = 2n ** 64n - 1n
const MIN_INT64 = -(2n ** 63n)

/** Integers that fit 64 bits; longer ones are floats to the reference. */
function readInteger(text: string): bigint | undefined {
  const negative = text.startsWith('-')
  const digits = negative || text.startsWith('+') ? text.slice(1) : text
  const magnitude = readMagnitude(digits)
  if (magnitude === undefined) return undefined
  const value = negative ? -magnitude : magnitude
  return value > MAX_UINT64 || value < MIN_INT64 ? undefined : value
}

function readMagnitude(digits: string): bigint | undefined {
  if (/^(?:0|[1-9][0-9]*)$/.test(digits)) return BigInt(digits)
  if (/^0(?:[xX][0-9a-fA-F]+|[bB][01]+|[oO][0-7]+)$/.test(digits)) return BigInt(digits.toLowerCase())
  if (/^0[0-7]+$/.test(digits)) return BigInt(`0o${digits.slice(1)}`)
  return undefined
}
