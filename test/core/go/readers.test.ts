import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { boolError, parseBool } from '../../../src/core/go/bool.ts'
import { humanBytes, parseBytes } from '../../../src/core/go/bytes.ts'
import { parseDuration } from '../../../src/core/go/duration.ts'
import { floatError, parseFloat64 } from '../../../src/core/go/float.ts'
import { quoteJson } from '../../../src/core/go/json-quote.ts'
import { cleanPath } from '../../../src/core/go/path-clean.ts'
import { quote } from '../../../src/core/go/quote.ts'

const test = suite('core/go/readers')

for (const text of ['1', 't', 'T', 'TRUE', 'true', 'True'])
  test(`bool ${text}`, () => assert.is(parseBool(text), true))
for (const text of ['0', 'f', 'F', 'FALSE', 'false', 'False'])
  test(`bool ${text}`, () => assert.is(parseBool(text), false))
for (const text of ['', 'yes', 'tRUE', ' true'])
  test(`no bool: "${text}"`, () => assert.is(parseBool(text), undefined))
test('a bad bool has the message of Go', () => {
  assert.is(boolError('yes'), 'strconv.ParseBool: parsing "yes": invalid syntax')
})

const floats: readonly [string, number | undefined][] = [
  ['1e3', 1000],
  ['-.5', -0.5],
  ['1.', 1],
  ['1_000', 1000],
  ['1__0', undefined],
  ['_1', undefined],
  ['1_', undefined],
  ['1_.5', undefined],
  ['0x1F', undefined],
  ['0x1Fp0', 31],
  ['0x1.8p1', 3],
  ['0x_1p-2', 0.25],
  ['Inf', Number.POSITIVE_INFINITY],
  ['-infinity', Number.NEGATIVE_INFINITY],
  ['nan', Number.NaN],
  ['', undefined],
  ['abc', undefined],
  ['1e400', undefined],
  ['1e-400', 0],
]
for (const [text, want] of floats) {
  test(`float "${text}"`, () => assert.ok(Object.is(parseFloat64(text), want), String(parseFloat64(text))))
}
test('a bad float has the message of Go', () => {
  assert.is(floatError('abc'), 'strconv.ParseFloat: parsing "abc": invalid syntax')
  assert.is(floatError('1e400'), 'strconv.ParseFloat: parsing "1e400": value out of range')
})

const sizes: readonly [string, number | string][] = [
  ['128m', 134217728],
  ['1.5 GiB', 1610612736],
  ['10b', 10],
  ['10', 10],
  ['1KB', 1024],
  ['zz', "invalid size: 'zz'"],
  ['', "invalid size: ''"],
  ['-1', "invalid size: '-1'"],
  ['1zz', "invalid suffix: 'zz'"],
  ['1bx', "invalid suffix: 'bx'"],
  ['1mibs', "invalid suffix: 'mibs'"],
  ['1 2m', 'strconv.ParseFloat: parsing "1 2": invalid syntax'],
]
for (const [text, want] of sizes) {
  test(`size "${text}"`, () => {
    const parsed = parseBytes(text)
    assert.is(parsed.ok ? parsed.value : parsed.message, want)
  })
}

const humans = [
  [134217728, 'binary', '128MiB'],
  [1573741824, 'binary', '1.466GiB'],
  [1023, 'binary', '1023B'],
  [0, 'binary', '0B'],
  [2097152, 'decimal', '2.097MB'],
  [1000, 'decimal', '1kB'],
  [999999, 'decimal', '1000kB'],
] as const
for (const [n, base, want] of humans)
  test(`${n} bytes in ${base}`, () => assert.is(humanBytes(n, base), want))

const durations: readonly [string, bigint | string][] = [
  ['0', 0n],
  ['1h30m', 5_400_000_000_000n],
  ['-1.5h', -5_400_000_000_000n],
  ['100ms', 100_000_000n],
  ['.5s', 500_000_000n],
  ['1us2ns', 1_002n],
  ['1µs', 1_000n],
  ['1d', 'time: unknown unit "d" in duration "1d"'],
  ['1', 'time: missing unit in duration "1"'],
  ['', 'time: invalid duration ""'],
  ['x', 'time: invalid duration "x"'],
  ['9999999h', 'time: invalid duration "9999999h"'],
]
for (const [text, want] of durations) {
  test(`duration "${text}"`, () => {
    const parsed = parseDuration(text)
    assert.is(parsed.ok ? parsed.nanoseconds : parsed.message, want)
  })
}

const paths = [
  ['', '.'],
  ['.', '.'],
  ['a/', 'a'],
  ['a//b/./c/..', 'a/b'],
  ['/..', '/'],
  ['../../a', '../../a'],
  ['a/../..', '..'],
] as const
for (const [path, want] of paths)
  test(`"${path}" is cleaned to ${want}`, () => assert.is(cleanPath(path), want))

const quoted = [
  ['a b', '"a b"'],
  ['"\\\n\t\x00\x7f', '"\\"\\\\\\n\\t\\x00\\x7f"'],
  ['é😀', '"é😀"'],
  ['\u00a0\u200b\ue000', '"\\u00a0\\u200b\\ue000"'],
  ['\u{e0001}', '"\\U000e0001"'],
] as const
for (const [text, want] of quoted) test(`quotes ${want}`, () => assert.is(quote(text), want))

test('JSON strings escape what browsers and Go escape', () => {
  assert.is(quoteJson('<&>"\u2029\b'), '"\\u003c\\u0026\\u003e\\"\\u2029\\b"')
  assert.is(quoteJson('plain'), '"plain"')
  assert.is(quoteJson('\ud800x'), '"\\ufffdx"')
})

test.run()
