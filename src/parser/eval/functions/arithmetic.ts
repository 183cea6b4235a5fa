import { quote } from '../../../core/go/quote.ts'
import { num } from '../../../core/value/make.ts'
import {
  absNumber,
  addNumbers,
  type BigFloat,
  ceilNumber,
  compareNumbers,
  divNumbers,
  floorNumber,
  fromInt,
  isInf,
  modNumbers,
  mulNumbers,
  negNumber,
  subNumbers,
  toInt,
  truncNumber,
} from '../../../core/value/number.ts'
import { ANY, NUMBER } from '../../../core/value/type.ts'
import { friendlyName, typeOf } from '../../../core/value/type-of.ts'
import type { Value } from '../../../core/value/value.ts'
import { bad, type CallResult, type FunctionSpec, good } from '../../scope.ts'
import { type Family, numberAt, param, textAt, WHOLE_REQUIRED, wholeAt, wholeOf } from './define.ts'

/** Functions on numbers (spec bake 3.7). Arithmetic keeps the precision of its operands, as operators do. */
export const ARITHMETIC: Family = [
  unary('absolute', 'Takes the sign off a number.', absNumber),
  binary('add', 'Adds two numbers.', (a, b) =>
    isInf(a) && isInf(b) && a.negative !== b.negative
      ? "can't compute sum of opposing infinities"
      : addNumbers(a, b),
  ),
  unary('ceil', 'Rounds a number up to a whole one.', ceilNumber),
  binary(
    'divide',
    'Divides one number by another; division by zero gives an infinity.',
    (a, b) => divNumbers(a, b) ?? "can't divide zero by zero or infinity by infinity",
  ),
  unary('floor', 'Rounds a number down to a whole one.', floorNumber),
  unary('int', 'Cuts the fraction off a number.', truncNumber),
  extreme('max', 'Picks the largest number.', 1),
  extreme('min', 'Picks the smallest number.', -1),
  binary(
    'modulo',
    'Gives the remainder of a division; it has the sign of the first number.',
    (a, b) => modNumbers(a, b) ?? "can't use modulo with zero and infinity",
  ),
  binary('multiply', 'Multiplies two numbers.', (a, b) =>
    isZeroByInfinity(a, b) ? "can't multiply zero by infinity" : mulNumbers(a, b),
  ),
  unary('negate', 'Changes the sign of a number.', negNumber),
  {
    name: 'parseint',
    doc: 'Reads a whole number written in a base other than ten.',
    params: [
      param('number', ANY, 'The digits, with an optional sign.'),
      param('base', NUMBER, 'From 2 to 62; beyond 36 capital letters count as more than small ones.'),
    ],
    returns: NUMBER,
    call: callParseInt,
  },
  {
    name: 'signum',
    doc: 'Gives -1, 0 or 1 by the sign of a whole number.',
    params: [param('num', NUMBER, 'A whole number.')],
    returns: NUMBER,
    call: callSignum,
  },
  binary('subtract', 'Subtracts the second number from the first.', (a, b) =>
    isInf(a) && isInf(b) && a.negative === b.negative
      ? "can't subtract infinity from itself"
      : subNumbers(a, b),
  ),
]

function unary(name: string, doc: string, compute: (n: BigFloat) => BigFloat): FunctionSpec {
  return {
    name,
    doc,
    params: [param('num', NUMBER, 'The number.')],
    returns: NUMBER,
    call: (args) => good(num(compute(numberAt(args, 0)))),
  }
}

/** `compute` gives a number, or the reason why there is none. */
function binary(
  name: string,
  doc: string,
  compute: (a: BigFloat, b: BigFloat) => BigFloat | string,
): FunctionSpec {
  return {
    name,
    doc,
    params: [param('a', NUMBER, 'The first number.'), param('b', NUMBER, 'The second number.')],
    returns: NUMBER,
    call: (args) => {
      const result = compute(numberAt(args, 0), numberAt(args, 1))
      return typeof result === 'string' ? bad(result) : good(num(result))
    },
  }
}

/** The first of the largest (`direction` 1) or smallest (-1) numbers. */
function extreme(name: string, doc: string, direction: 1 | -1): FunctionSpec {
  return {
    name,
    doc,
    params: [],
    variadic: param('numbers', NUMBER, 'The numbers to compare, at least one.'),
    returns: NUMBER,
    call: (args) => {
      if (args.length === 0) return bad('must pass at least one number')
      let best = numberAt(args, 0)
      for (let i = 1; i < args.length; i++) {
        const next = numberAt(args, i)
        if (compareNumbers(next, best) === direction) best = next
      }
      return good(num(best))
    },
  }
}

function isZeroByInfinity(a: BigFloat, b: BigFloat): boolean {
  return (isInf(a) && toInt(b) === 0) || (isInf(b) && toInt(a) === 0)
}

function callSignum(args: readonly Value[]): CallResult {
  const whole = wholeOf(numberAt(args, 0))
  if (whole === undefined) return bad(WHOLE_REQUIRED)
  return good(num(whole > 0n ? 1 : whole < 0n ? -1 : 0))
}

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
/** More digits than this would take seconds to add up. */
const MAX_PARSED_DIGITS = 50_000

function callParseInt(args: readonly Value[]): CallResult {
  const [number] = args
  if (number?.kind !== 'string') {
    const found = number === undefined ? 'nothing' : friendlyName(typeOf(number))
    return bad(`first argument must be a string, not ${found}`, 0)
  }
  const base = wholeAt(args, 1)
  if (base === undefined) return bad(WHOLE_REQUIRED, 1)
  if (base < 2 || base > 62) return bad('base must be a whole number between 2 and 62 inclusive', 1)
  const text = textAt(args, 0)
  if (text.length > MAX_PARSED_DIGITS) return bad(`must not have more than ${MAX_PARSED_DIGITS} digits`, 0)
  const parsed = parseDigits(text, base)
  if (parsed === undefined) return bad(`cannot parse ${quote(text)} as a base ${base} integer`, 0)
  return good(num(fromInt(parsed)))
}

function parseDigits(text: string, base: number): bigint | undefined {
  const digits = text.replace(/^[+-]/, '')
  if (digits === '') return undefined
  const radix = BigInt(base)
  let value = 0n
  for (const char of base <= 36 ? digits.toLowerCase() : digits) {
    const digit = DIGITS.indexOf(char)
    if (digit < 0 || digit >= base) return undefined
    value = value * radix + BigInt(digit)
  }
  return text.startsWith('-') ? -value : value
}
