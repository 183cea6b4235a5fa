import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parseCsvRecord } from '../../../src/core/go/csv.ts'

const test = suite('core/go/csv')

const good: readonly [string, readonly string[]][] = [
  ['a,b', ['a', 'b']],
  [' a , b', [' a ', ' b']],
  ['a,', ['a', '']],
  [',', ['', '']],
  ['"a,b",c', ['a,b', 'c']],
  ['"a""b"', ['a"b']],
  ['a,b\nc', ['a', 'b']],
  ['a,"b"\r\n', ['a', 'b']],
  ['\n\na', ['a']],
  ['"a\nb",c', ['a\nb', 'c']],
  ['"a\r\nb"', ['a\nb']],
  ['a\r', ['a']],
  ['""', ['']],
]
for (const [text, fields] of good) {
  test(`${JSON.stringify(text)} is read`, () => assert.equal(parseCsvRecord(text), { ok: true, fields }))
}

const bad = [
  ['', 'EOF'],
  ['\n', 'EOF'],
  ['a"b', 'parse error on line 1, column 2: bare " in non-quoted-field'],
  ['é,a"', 'parse error on line 1, column 5: bare " in non-quoted-field'],
  ['x,"a"b', 'parse error on line 1, column 5: extraneous or missing " in quoted-field'],
  ['"abc', 'parse error on line 1, column 5: extraneous or missing " in quoted-field'],
  ['"a\nb', 'record on line 1; parse error on line 2, column 2: extraneous or missing " in quoted-field'],
] as const
for (const [text, message] of bad) {
  test(`${JSON.stringify(text)} is refused`, () => assert.equal(parseCsvRecord(text), { ok: false, message }))
}

test('another delimiter splits pairs', () => {
  assert.equal(parseCsvRecord('a:"x:y"', ':'), { ok: true, fields: ['a', 'x:y'] })
})

test.run()
