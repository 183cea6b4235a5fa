import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { matchPath } from '../../../src/core/go/path-match.ts'

const test = suite('core/go/path-match')

const cases: readonly [string, string, boolean | undefined][] = [
  ['abc', 'abc', true],
  ['*', 'abc', true],
  ['*c', 'abc', true],
  ['a*/b', 'abc/b', true],
  ['a*', 'ab/c', false],
  ['a*b*c*d', 'axbxcxd', true],
  ['a*b?c*x', 'abxbbxdbxebxczzx', true],
  ['a*b?c*x', 'abxbbxdbxebxczzy', false],
  ['ab[c]', 'abc', true],
  ['ab[b-d]', 'abc', true],
  ['ab[^c]', 'abc', false],
  ['ab[^e-g]', 'abc', true],
  ['a\\*b', 'a*b', true],
  ['a\\*b', 'ab', false],
  ['a?b', 'a☺b', true],
  ['a?b', 'a/b', false],
  ['[a-ζ]*', 'α', true],
  ['[\\]a]', ']', true],
  ['[\\-x]', '-', true],
  ['', '', true],
  ['', 'x', false],
  ['*x', 'xxx', true],
  ['[]a]', ']', undefined],
  ['[-]', '-', undefined],
  ['[x-]', 'x', undefined],
  ['[-x]', 'x', undefined],
  ['[a-b-c]', 'a', undefined],
  ['[', 'a', undefined],
  ['[^', 'a', undefined],
  ['[^bc', 'a', undefined],
  ['a[', 'a', undefined],
  ['a[', 'ab', undefined],
  ['a\\', 'a', undefined],
]
for (const [pattern, name, want] of cases) {
  test(`${pattern} on ${name}: ${want ?? 'malformed'}`, () => assert.is(matchPath(pattern, name), want))
}

test('many stars do not explode', () => {
  assert.is(matchPath(`${'a*'.repeat(40)}b`, 'a'.repeat(2000)), false)
})

test.run()
