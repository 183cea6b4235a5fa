import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { convert } from '../../../src/core/value/convert.ts'
import { toJson } from '../../../src/core/value/json.ts'
import {
  bool,
  list,
  mapOfEntries,
  nullOf,
  num,
  object,
  setOfItems,
  str,
  tuple,
  unknownOf,
} from '../../../src/core/value/make.ts'
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
import { equalTypes, friendlyName, friendlyNameForList, typeOf } from '../../../src/core/value/type-of.ts'
import type { Value } from '../../../src/core/value/value.ts'

const test = suite('core/value/convert')
const obj = (entries: Record<string, Value>): Value => object(Object.entries(entries))
const shape = (attributes: Record<string, Type>, ...optional: string[]): Type =>
  objectOf(new Map(Object.entries(attributes)), new Set(optional))

const good: readonly [string, Value, Type, string, Type][] = [
  ['a number becomes text', num(1e21), STRING, '"1000000000000000000000"', STRING],
  ['a bool becomes text', bool(true), STRING, '"true"', STRING],
  ['text becomes a number', str('1e3'), NUMBER, '1000', NUMBER],
  ['"1" becomes a bool', str('1'), BOOL, 'true', BOOL],
  ['a tuple becomes a list', tuple([num(1), str('a')]), listOf(STRING), '["1","a"]', listOf(STRING)],
  [
    'a mixed tuple becomes a list of any',
    tuple([num(1), str('a')]),
    listOf(ANY),
    '["1","a"]',
    listOf(STRING),
  ],
  ['null adapts in a list of any', tuple([str('a'), nullOf(ANY)]), listOf(ANY), '["a",null]', listOf(STRING)],
  ['an empty tuple becomes an empty list', tuple([]), listOf(NUMBER), '[]', listOf(NUMBER)],
  [
    'a set sorts numbers by value and drops repetitions',
    tuple([num(10), num(9), num(10)]),
    setOf(NUMBER),
    '[9,10]',
    setOf(NUMBER),
  ],
  ['a list becomes a set', list(STRING, [str('b'), str('a')]), setOf(STRING), '["a","b"]', setOf(STRING)],
  [
    'an object becomes a map',
    obj({ b: num(1), a: str('x') }),
    mapOf(ANY),
    '{"a":"x","b":"1"}',
    mapOf(STRING),
  ],
  [
    'a map becomes an object',
    mapOfEntries(STRING, [['a', str('5')]]),
    shape({ a: NUMBER }),
    '{"a":5}',
    shape({ a: NUMBER }),
  ],
  [
    'extra attributes are dropped',
    obj({ a: num(1), b: num(2) }),
    shape({ a: NUMBER }),
    '{"a":1}',
    shape({ a: NUMBER }),
  ],
  [
    'an absent optional attribute is null',
    obj({ a: num(1) }),
    shape({ a: NUMBER, b: STRING }, 'b'),
    '{"a":1,"b":null}',
    shape({ a: NUMBER, b: STRING }),
  ],
  ['tuples convert item by item', tuple([str('1')]), tupleOf([NUMBER]), '[1]', tupleOf([NUMBER])],
  ['null takes the new type', nullOf(ANY), listOf(STRING), 'null', listOf(STRING)],
  ['anything is any', tuple([]), ANY, '[]', tupleOf([])],
]
for (const [name, value, type, json, result] of good) {
  test(name, () => {
    const converted = convert(value, type)
    if (!converted.ok) throw new Error(converted.message)
    assert.equal(toJson(converted.value), { ok: true, text: json })
    assert.ok(equalTypes(typeOf(converted.value), result), friendlyName(typeOf(converted.value)))
  })
}

const bad: readonly [Value, Type, string, readonly (string | number)[]][] = [
  [str('x'), NUMBER, 'a number is required', []],
  [str(' 1'), NUMBER, 'a number is required', []],
  [str('yes'), BOOL, 'a bool is required', []],
  [str('TRUE'), BOOL, 'a bool is required; to convert from string, use lowercase "true"', []],
  [num(1), BOOL, 'bool required, but have number', []],
  [bool(true), NUMBER, 'number required, but have bool', []],
  [tuple([]), STRING, 'string required, but have tuple', []],
  [str('x'), listOf(STRING), 'list of string required, but have string', []],
  [str('x'), listOf(ANY), 'list of dynamic required, but have string', []],
  [obj({}), listOf(STRING), 'list of string required', []],
  [tuple([num(1), bool(true)]), listOf(ANY), 'all list elements must have the same type', []],
  [tuple([num(1), bool(true)]), setOf(ANY), 'all set elements must have the same type', []],
  [obj({ a: num(1), b: bool(true) }), mapOf(ANY), 'all map elements must have the same type', []],
  [tuple([str('a'), tuple([])]), listOf(STRING), 'element 1: string required, but have tuple', []],
  [obj({ k: tuple([]) }), mapOf(STRING), 'element "k": string required, but have tuple', []],
  [tuple([str('1'), str('x')]), listOf(NUMBER), 'a number is required', [1]],
  [obj({ a: obj({ b: str('x') }) }), mapOf(mapOf(NUMBER)), 'a number is required', ['a', 'b']],
  [obj({}), shape({ a: STRING }), 'attribute "a" is required', []],
  [obj({}), shape({ b: STRING, a: STRING }), 'attributes "a" and "b" are required', []],
  [obj({}), shape({ c: STRING, b: STRING, a: STRING }), 'attributes "a", "b", and "c" are required', []],
  [obj({ a: tuple([]) }), shape({ a: STRING }), 'attribute "a": string required, but have tuple', []],
  [mapOfEntries(STRING, []), shape({ a: STRING }), 'map has no element for required attribute "a"', []],
  [list(STRING, []), mapOf(STRING), 'map of string required', []],
  [
    list(setOf(STRING), []),
    listOf(STRING),
    'incorrect list element type: string required, but have set of string',
    [],
  ],
  [tuple([num(1)]), tupleOf([]), 'tuple required', []],
  [tuple([]), shape({}), 'object required, but have tuple', []],
]
for (const [value, type, message, path] of bad) {
  test(`${friendlyName(typeOf(value))} to ${friendlyName(type)}: ${message}`, () => {
    assert.equal(convert(value, type), { ok: false, message, path })
  })
}

test('unknown values stay unknown and take the type', () => {
  assert.equal(convert(unknownOf(ANY), NUMBER), { ok: true, value: unknownOf(NUMBER) })
  assert.is(convert(unknownOf(tupleOf([])), NUMBER).ok, false)
})

test('a set of composed values has no repetitions', () => {
  const pair = (a: string, b: string): Value => tuple([str(a), str(b)])
  const set = setOfItems(tupleOf([STRING, STRING]), [pair('b', 'a'), pair('a', 'z'), pair('b', 'a')])
  assert.equal(toJson(set), { ok: true, text: '[["a","z"],["b","a"]]' })
})

const names: readonly [Type, string, string][] = [
  [ANY, 'dynamic', 'any type'],
  [listOf(ANY), 'list of dynamic', 'list of any single type'],
  [mapOf(NUMBER), 'map of number', 'map of number'],
  [setOf(listOf(BOOL)), 'set of list of bool', 'set of list of bool'],
  [tupleOf([STRING]), 'tuple', 'tuple'],
  [shape({ a: STRING }), 'object', 'object'],
]
for (const [type, name, listed] of names) {
  test(`the type ${listed} has two names`, () => {
    assert.is(friendlyName(type), name)
    assert.is(friendlyNameForList(type), listed)
  })
}

test.run()
