import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as numbers from '../../../src/core/value/number.ts'

const test = suite('core/value/number')
const n = (text: string): numbers.BigFloat => {
  const value = numbers.parseNumber(text)
  if (value === undefined) throw new Error(`not a number: ${text}`)
  return value
}
const show = (b: numbers.BigFloat | undefined): string =>
  b === undefined ? 'undefined' : numbers.renderNumber(b)

const renderings = [
  ['0', '0'],
  ['007', '7'],
  ['-0', '-0'],
  ['1.50', '1.5'],
  ['1.0', '1'],
  ['.5', '0.5'],
  ['1.', '1'],
  ['+3', '3'],
  ['1e21', '1000000000000000000000'],
  ['1e-7', '0.0000001'],
  ['1E+2', '100'],
  ['12345678901234567890123', '12345678901234567890123'],
  ['-9007199254740993', '-9007199254740993'],
  ['0.1', '0.1'],
  ['123456789.000000000000000000000001', '123456789.000000000000000000000001'],
] as const
for (const [text, want] of renderings)
  test(`${text} renders as ${want}`, () => assert.is(show(n(text)), want))

for (const text of [
  '',
  '-',
  '.',
  ' 1',
  '1 ',
  '0x10',
  '1_000',
  'Infinity',
  'NaN',
  '1e',
  'e5',
  '1e999999999',
]) {
  test(`${JSON.stringify(text)} is no number`, () => assert.is(numbers.parseNumber(text), undefined))
}

const binary = {
  '+': numbers.addNumbers,
  '-': numbers.subNumbers,
  '*': numbers.mulNumbers,
  '/': numbers.divNumbers,
  '%': numbers.modNumbers,
}
const third = `0.${'3'.repeat(154)}5`
const sums = [
  ['0.1', '+', '0.2', '0.3'],
  ['9007199254740991', '+', '2', '9007199254740993'],
  ['1e30', '+', '1', '1000000000000000000000000000001'],
  ['0.3', '-', '0.3', '0'],
  ['94906267', '*', '94906267', '9007199515875289'],
  ['0', '*', '-5', '-0'],
  ['0.1', '*', '3', '0.3'],
  ['1', '/', '3', third],
  ['-1', '/', '3', `-${third}`],
  ['7', '/', '2', '3.5'],
  ['6', '/', '-3', '-2'],
  ['1', '/', '0', '+Inf'],
  ['-1', '/', '0', '-Inf'],
  ['0', '/', '0', 'undefined'],
  ['0', '/', '-5', '-0'],
  ['-7', '%', '3', '-1'],
  ['7', '%', '-3', '1'],
  ['7.5', '%', '2', '1.5'],
  ['-6', '%', '3', '0'],
  ['10', '%', '0', '10'],
  ['1e30', '%', '7', '1'],
] as const
for (const [a, op, b, want] of sums) {
  test(`${a} ${op} ${b} is ${want.slice(0, 20)}`, () => assert.is(show(binary[op](n(a), n(b))), want))
}

test('infinity has no quotient by infinity, and its arithmetic stays infinite', () => {
  const inf = numbers.divNumbers(numbers.ONE, numbers.ZERO) ?? numbers.ZERO
  assert.is(numbers.divNumbers(inf, inf), undefined)
  assert.is(show(numbers.addNumbers(inf, numbers.ONE)), '+Inf')
  assert.is(show(numbers.mulNumbers(inf, n('-2'))), '-Inf')
  assert.is(show(numbers.divNumbers(numbers.ONE, inf)), '0')
  assert.ok(numbers.isInf(inf))
  assert.not(numbers.isWhole(inf))
  assert.is(numbers.compareNumbers(inf, n('1e300')), 1)
  assert.is(numbers.compareNumbers(numbers.negNumber(inf), inf), -1)
})

const rounded = [
  ['-1.5', '-2', '-1', '-1'],
  ['1.2', '1', '2', '1'],
  ['-0.5', '-1', '0', '0'],
  [
    '1e30',
    '1000000000000000000000000000000',
    '1000000000000000000000000000000',
    '1000000000000000000000000000000',
  ],
  ['5', '5', '5', '5'],
] as const
for (const [text, floor, ceil, trunc] of rounded) {
  test(`${text} rounds to ${floor}, ${ceil} and ${trunc}`, () => {
    assert.is(show(numbers.floorNumber(n(text))), floor)
    assert.is(show(numbers.ceilNumber(n(text))), ceil)
    assert.is(show(numbers.truncNumber(n(text))), trunc)
  })
}

const doubles = [
  [Number('12345678901234567890123'), '12345678901234568000000'],
  [2 ** 100, '1267650600228229400000000000000'],
  [0.1, '0.1'],
  [-0, '-0'],
  [1e-7, '0.0000001'],
  [Number.POSITIVE_INFINITY, '+Inf'],
] as const
for (const [x, want] of doubles) {
  test(`the double ${x} renders as ${want}`, () => assert.is(show(numbers.fromFloat64(x)), want))
}

for (const x of [
  0.1,
  -1 / 3,
  5e-324,
  1.5e300,
  -2.2250738585072014e-308,
  1e-310,
  1.7976931348623157e308,
  2 ** 60,
]) {
  test(`the double ${x} survives a round trip`, () => {
    assert.is(numbers.toFloat64(numbers.fromFloat64(x)), x)
    assert.is(Number(show(numbers.fromFloat64(x))), x)
    assert.is(numbers.toFloat64(n(show(numbers.fromFloat64(x)))), x)
  })
}

test('a number beyond the range of doubles becomes an infinity', () => {
  assert.is(numbers.toFloat64(n('1e400')), Number.POSITIVE_INFINITY)
  assert.is(numbers.toFloat64(n('-1e-400')), -0)
})

test('machine integers divide with 64 bits', () => {
  assert.is(show(numbers.divNumbers(numbers.fromInt(1), numbers.fromInt(3))), '0.33333333333333333334')
})

test('integers come out exactly or not at all', () => {
  assert.is(numbers.toInt(n('42')), 42)
  assert.is(numbers.toInt(n('4.2')), undefined)
  assert.is(numbers.toInt(n('9007199254740992')), undefined)
  assert.is(numbers.toInt(n('-0')), 0)
  assert.is(numbers.toBigInt(n('9007199254740993')), 9007199254740993n)
  assert.is(numbers.toBigInt(n('0.5')), undefined)
  assert.is(show(numbers.fromInt(-(2n ** 70n))), '-1180591620717411303424')
})

const orders = [
  ['1', '2', -1],
  ['2', '2.0', 0],
  ['0', '-0', 0],
  ['0.1', '0.10000000000000000001', -1],
  ['-1e30', '1', -1],
] as const
for (const [a, b, want] of orders) {
  test(`${a} against ${b}`, () => {
    assert.is(numbers.compareNumbers(n(a), n(b)), want)
    assert.is(numbers.compareNumbers(n(b), n(a)), want === 0 ? 0 : -want)
  })
}

test('decimal texts of up to 150 digits read back as written', () => {
  let seed = 7
  const next = (limit: number): number => {
    seed = (seed * 1103515245 + 12345) % 2147483648
    return seed % limit
  }
  for (let i = 0; i < 200; i++) {
    const digits = Array.from({ length: 1 + next(150) }, () => String(1 + next(9))).join('')
    const point = next(digits.length) + 1
    const text = point === digits.length ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`
    assert.is(show(n(text)), text)
  }
})

test.run()
