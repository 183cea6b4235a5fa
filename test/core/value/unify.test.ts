import { suite } from 'uvu'
import * as assert from 'uvu/assert'
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
import { unify } from '../../../src/core/value/unify.ts'

const test = suite('core/value/unify')
const shape = (attributes: Record<string, Type>): Type => objectOf(new Map(Object.entries(attributes)))

const cases: readonly [string, readonly Type[], Type | undefined][] = [
  ['nothing has no type', [], undefined],
  ['equal types', [NUMBER, NUMBER], NUMBER],
  ['a string takes primitives', [NUMBER, STRING, BOOL], STRING],
  ['number and bool do not meet', [NUMBER, BOOL], undefined],
  ['any adapts', [ANY, NUMBER], NUMBER],
  ['only any stays any', [ANY, ANY], ANY],
  ['string and list do not meet', [STRING, listOf(STRING)], undefined],
  [
    'tuples of one length stay a tuple',
    [tupleOf([NUMBER, STRING]), tupleOf([STRING, STRING])],
    tupleOf([STRING, STRING]),
  ],
  ['tuples of different lengths become a list', [tupleOf([NUMBER, STRING]), tupleOf([])], listOf(STRING)],
  ['tuples that do not meet', [tupleOf([NUMBER, BOOL]), tupleOf([])], undefined],
  ['objects of one shape stay an object', [shape({ a: NUMBER }), shape({ a: STRING })], shape({ a: STRING })],
  [
    'objects of different shapes become a map',
    [shape({ a: NUMBER, b: STRING }), shape({ a: STRING })],
    mapOf(STRING),
  ],
  ['objects that do not meet', [shape({ a: NUMBER }), shape({ b: BOOL })], undefined],
  ['object and tuple do not meet', [shape({}), tupleOf([])], undefined],
  ['a list takes tuples', [listOf(STRING), tupleOf([NUMBER])], listOf(STRING)],
  ['a map takes objects', [shape({ x: NUMBER }), mapOf(STRING)], mapOf(STRING)],
  ['lists meet in their elements', [listOf(NUMBER), listOf(STRING)], listOf(STRING)],
  ['a list is preferred to a set', [setOf(STRING), listOf(STRING)], listOf(STRING)],
  ['a tuple and any stay open', [tupleOf([STRING]), ANY], ANY],
]
for (const [name, types, want] of cases) {
  test(name, () => {
    assert.equal(unify(types), want)
    assert.equal(unify([...types].reverse()), want)
  })
}

test.run()
