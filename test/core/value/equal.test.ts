import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compareBytes, equalValues } from '../../../src/core/value/equal.ts'
import {
  bool,
  list,
  mapOfEntries,
  nullOf,
  num,
  object,
  sortedKeys,
  str,
  tuple,
  unknownOf,
} from '../../../src/core/value/make.ts'
import { ANY, NUMBER, STRING } from '../../../src/core/value/type.ts'
import type { Value } from '../../../src/core/value/value.ts'

const test = suite('core/value/equal')

const cases: readonly [string, Value, Value, boolean][] = [
  ['a composed letter equals its decomposed form', str('e\u0301'), str('é'), true],
  ['text and number differ', str('1'), num(1), false],
  ['numbers of any origin', num(2), num(2n), true],
  ['nulls of different types', nullOf(STRING), nullOf(ANY), true],
  ['null and text', nullOf(STRING), str(''), false],
  ['tuples of different item types', tuple([num(1)]), tuple([str('1')]), false],
  ['a list and a tuple', list(NUMBER, [num(1)]), tuple([num(1)]), false],
  ['empty lists of different types', list(NUMBER, []), list(STRING, []), false],
  [
    'objects in any order',
    object([
      ['a', num(1)],
      ['b', bool(true)],
    ]),
    object([
      ['b', bool(true)],
      ['a', num(1)],
    ]),
    true,
  ],
  ['objects of different keys', object([['a', num(1)]]), object([['b', num(1)]]), false],
  ['a map and an object', mapOfEntries(NUMBER, []), object([]), false],
  ['unknown values', unknownOf(STRING), unknownOf(STRING), false],
]
for (const [name, a, b, want] of cases) {
  test(`${name}: ${want}`, () => {
    assert.is(equalValues(a, b), want)
    assert.is(equalValues(b, a), want)
  })
}

test('bytes order astral characters behind the basic plane', () => {
  assert.ok(compareBytes('\uffee', '😀') < 0)
  assert.ok(compareBytes('Z', 'a') < 0)
  assert.ok(compareBytes('a', 'ab') < 0)
  assert.is(compareBytes('a', 'a'), 0)
  assert.equal(
    sortedKeys(
      new Map([
        ['b', 1],
        ['😀', 1],
        ['\uffee', 1],
        ['B', 1],
      ]),
    ),
    ['B', 'b', '\uffee', '😀'],
  )
})

test.run()
