import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { fromJson, fromJsonTyped, toJson, toJsonTyped } from '../../../src/core/value/json.ts'
import { list, nullOf, num, object, str, tuple, unknownOf } from '../../../src/core/value/make.ts'
import { divNumbers, ONE, parseNumber, ZERO } from '../../../src/core/value/number.ts'
import { describeValue } from '../../../src/core/value/render.ts'
import {
  ANY,
  BOOL,
  listOf,
  mapOf,
  NUMBER,
  objectOf,
  STRING,
  setOf,
  type Type,
  tupleOf,
} from '../../../src/core/value/type.ts'
import type { Value } from '../../../src/core/value/value.ts'

const test = suite('core/value/json')

const written: readonly [Value, string][] = [
  [
    str('<a> & "b"\\\n\t\u0001\u2028é😀\u007f'),
    '"\\u003ca\\u003e \\u0026 \\"b\\"\\\\\\n\\t\\u0001\\u2028é😀\u007f"',
  ],
  [
    object([
      ['b', num(1)],
      ['a', tuple([])],
    ]),
    '{"a":[],"b":1}',
  ],
  [nullOf(ANY), 'null'],
  [num(parseNumber('0.1') ?? ZERO), '0.1'],
]
for (const [value, want] of written)
  test(`writes ${want}`, () => assert.equal(toJson(value), { ok: true, text: want }))

test('infinity and unknown values cannot be written', () => {
  const inf = num(divNumbers(ONE, ZERO) ?? ZERO)
  assert.equal(toJson(inf), { ok: false, message: 'cannot serialize infinity as JSON' })
  assert.equal(toJson(tuple([unknownOf(STRING)])), { ok: false, message: 'value is not known' })
})

test('a value of type any carries its type', () => {
  assert.equal(toJsonTyped(tuple([num(1)]), ANY), {
    ok: true,
    text: '{"value":[1],"type":["tuple",["number"]]}',
  })
  assert.equal(fromJsonTyped('{"value":["a"],"type":["list","string"]}', ANY), {
    ok: true,
    value: list(STRING, [str('a')]),
  })
})

const same = [
  '{"a":[1,2.5,-0],"b":null,"c":{"d":true}}',
  '"x"',
  '[]',
  '{}',
  '12345678901234567890123.5',
  '[[[["deep"]]]]',
]
for (const text of same) {
  test(`${text} survives a round trip`, () => {
    const read = fromJson(text)
    if (!read.ok) throw new Error(read.message)
    assert.equal(toJson(read.value), { ok: true, text })
  })
}

test('escapes and repeated keys are resolved', () => {
  assert.equal(fromJson(' "\\u00e9\\n\\ud83d\\ude00\\ud800" '), { ok: true, value: str('é\n😀\ufffd') })
  assert.equal(fromJson('{"a":1,"a":2}'), { ok: true, value: object([['a', num(parseNumber('2') ?? ZERO)]]) })
})

const broken = [
  ['', 'EOF'],
  ['[1,', 'EOF'],
  ['tru', 'unexpected EOF'],
  ['"abc', 'unexpected EOF'],
  ['1 2', 'extraneous data after JSON object'],
  ['x', "invalid character 'x' looking for beginning of value"],
  ["'", "invalid character '\\'' looking for beginning of value"],
  ['trux', "invalid character 'x' in literal true (expecting 'e')"],
  ['[1,]', "invalid character ']' looking for beginning of value"],
  ['[1 2]', "invalid character '2' after array element"],
  ['{"a":1,}', "invalid character '}' looking for beginning of object key string"],
  ['{"a" 1}', "invalid character '1' after object key"],
  ['{"a":1 "b":2}', "invalid character '\"' after object key:value pair"],
  ['"\n"', "invalid character '\\n' in string literal"],
  ['"\\x"', "invalid character 'x' in string escape code"],
  ['"\\u00g0"', "invalid character 'g' in \\u hexadecimal character escape"],
  ['-x', "invalid character 'x' in numeric literal"],
  ['1.x', "invalid character 'x' after decimal point in numeric literal"],
  ['1ex', "invalid character 'x' in exponent of numeric literal"],
  ['{"a":1,"a":"x"}', 'duplicate "a" property in JSON object'],
] as const
for (const [text, message] of broken) {
  test(`${JSON.stringify(text)} is refused`, () => assert.equal(fromJson(text), { ok: false, message }))
}

test('very deep documents are refused, not a crash', () => {
  assert.equal(fromJson('['.repeat(100_000)), { ok: false, message: 'exceeded max depth' })
})

const person = objectOf(
  new Map([
    ['name', STRING],
    ['age', NUMBER],
  ]),
)
const typed: readonly [string, Type, string][] = [
  ['5', STRING, '"5"'],
  ['1.50', STRING, '"1.50"'],
  ['"5"', NUMBER, '5'],
  ['"true"', BOOL, 'true'],
  ['true', STRING, '"true"'],
  ['[1,"2"]', listOf(NUMBER), '[1,2]'],
  ['["b","a","b"]', setOf(STRING), '["a","b"]'],
  ['{"x":1}', mapOf(STRING), '{"x":"1"}'],
  ['{"name":"a"}', person, '{"age":null,"name":"a"}'],
  ['["a",1]', tupleOf([STRING, NUMBER]), '["a",1]'],
  ['null', listOf(STRING), 'null'],
]
for (const [text, type, want] of typed) {
  test(`${text} as ${type.kind}`, () => {
    const read = fromJsonTyped(text, type)
    if (!read.ok) throw new Error(read.message)
    assert.equal(toJson(read.value), { ok: true, text: want })
  })
}

const mistyped: readonly [string, Type, string][] = [
  ['[]', STRING, 'string is required'],
  ['true', NUMBER, 'number is required'],
  ['"x"', NUMBER, 'a number is required'],
  ['1', BOOL, 'bool is required'],
  ['"yes"', BOOL, 'a bool is required'],
  ['1', listOf(STRING), 'missing expected ['],
  ['[]', mapOf(STRING), 'missing expected {'],
  ['{"zz":1}', person, 'unsupported attribute "zz"'],
  ['[1]', tupleOf([]), 'too many tuple elements (need 0)'],
  ['[]', tupleOf([STRING]), 'not enough tuple elements (need 1)'],
]
for (const [text, type, message] of mistyped) {
  test(`${text} is no ${type.kind}`, () => assert.equal(fromJsonTyped(text, type), { ok: false, message }))
}

const described: readonly [Value, string][] = [
  [str('a"b'), '"a\\"b"'],
  [tuple([num(1), nullOf(ANY)]), '[1, null]'],
  [
    object([
      ['b-c', str('x')],
      ['a b', tuple([])],
    ]),
    '{"a b" = [], b-c = "x"}',
  ],
  [unknownOf(ANY), 'unknown'],
  [
    list(
      NUMBER,
      [1, 2, 3, 4, 5, 6].map((n) => num(n)),
    ),
    '[1, 2, 3, 4, 5, …]',
  ],
  [str('x'.repeat(99)), `"${'x'.repeat(39)}…"`],
]
for (const [value, want] of described) test(`describes ${want}`, () => assert.is(describeValue(value), want))

test.run()
