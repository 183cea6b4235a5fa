import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { BuildFailure } from '../../src/core/failure.ts'
import { excerpt } from '../../src/progress/excerpt.ts'
import { failureText } from '../../src/progress/failure-text.ts'

const test = suite('progress/failure-text')

const lines = Array.from({ length: 9 }, (_, i) => `LINE ${i + 1}`).join('\n')
const source = { filename: 'Dockerfile', data: Buffer.from(lines), language: 'Dockerfile' }
const range = (
  from: number,
  to: number,
): { start: { line: number; character: number }; end: { line: number; character: number } } => ({
  start: { line: from, character: 0 },
  end: { line: to, character: 0 },
})

for (const [from, to, want] of [
  [1, 1, [1, 2, 3]],
  [2, 2, [1, 2, 3, 4]],
  [5, 5, [3, 4, 5, 6, 7]],
  [9, 9, [7, 8, 9]],
  [3, 4, [2, 3, 4, 5]],
  [1, 9, [1, 2, 3, 4, 5, 6, 7, 8, 9]],
] as const) {
  test(`lines ${from} to ${to} are shown with their neighbours`, () => {
    const shown = excerpt(source, [range(from, to)])
      .split('\n')
      .slice(2, -2)
    assert.equal(
      shown.map((l) => Number(l.slice(0, 4))),
      [...want],
    )
    assert.equal(
      shown.filter((l) => l.includes('>>>')).map((l) => Number(l.slice(0, 4))),
      Array.from({ length: to - from + 1 }, (_, i) => from + i),
    )
  })
}

test('an excerpt looks like the reference', () => {
  const data = Buffer.from('FROM scratch\nCOPY nope /x\nCOPY a /b\n')
  assert.is(
    excerpt({ ...source, data }, [range(3, 3)]),
    [
      'Dockerfile:3',
      '--------------------',
      '   1 |     FROM scratch',
      '   2 |     COPY nope /x',
      '   3 | >>> COPY a /b',
      '   4 |     ',
      '--------------------',
      '',
    ].join('\n'),
  )
})

test('a failure shows its places, its message and what helps', () => {
  const origin = Object.assign(new BuildFailure('solve', 'inner'), {
    details: { sources: [{ info: source, ranges: [range(1, 1)] }] },
  })
  const failure = new BuildFailure('solve', 'target a: failed to solve: inner', {
    cause: origin,
    hints: ['do this'],
  })
  const text = failureText(failure)
  assert.ok(text.startsWith('Dockerfile:1\n'))
  assert.ok(text.endsWith('hint: do this\nERROR: target a: failed to solve: inner\n'))
})

test('a place outside the file shows nothing', () => assert.is(excerpt(source, [range(0, 0)]), ''))

test.run()
