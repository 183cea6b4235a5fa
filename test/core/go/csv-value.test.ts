import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parseCsvValue } from '../../../src/core/go/csv-value.ts'

const test = suite('core/go/csv-value')

const good: readonly [string, readonly string[]][] = [
  ['a,b', ['a', 'b']],
  [' a , b', [' a ', ' b']],
  ['a,', ['a', '']],
  [',', ['', '']],
  ['"a,b",c', ['a,b', 'c']],
  ['"a""b"', ['a"b']],
  ['"",', ['', '']],
  ['a\nb', ['a\nb']],
  ['\na', ['\na']],
  ['"a\r\nb"', ['a\r\nb']],
  ['a\n', ['a']],
  ['"a"\r\n', ['a']],
  ['a\r', ['a\r']],
]
for (const [text, fields] of good) {
  test(`${JSON.stringify(text)} is read`, () => assert.equal(parseCsvValue(text), { ok: true, fields }))
}

const bad = [
  ['', 'EOF'],
  ['\r\n', 'EOF'],
  ['a"b', 'parse error on line 1, column 2: bare " in non-quoted-field'],
  ['a,é"', 'parse error on line 1, column 5: bare " in non-quoted-field'],
  ['a\nb"', 'parse error on line 1, column 4: bare " in non-quoted-field'],
  ['"', 'parse error on line 1, column 2: extraneous or missing " in quoted-field'],
  ['"abc,def', 'parse error on line 1, column 2: extraneous or missing " in quoted-field'],
  ['a,"b\nc', 'parse error on line 1, column 4: extraneous or missing " in quoted-field'],
  ['a,"b"c', 'parse error on line 1, column 5: extraneous or missing " in quoted-field'],
  ['"a"\r', 'parse error on line 1, column 3: extraneous or missing " in quoted-field'],
] as const
for (const [text, message] of bad) {
  test(`${JSON.stringify(text)} is refused`, () => assert.equal(parseCsvValue(text), { ok: false, message }))
}

test.run()
