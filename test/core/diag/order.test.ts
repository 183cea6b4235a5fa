import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Diagnostic } from '../../../src/core/diag/diagnostic.ts'
import { orderDiagnostics } from '../../../src/core/diag/order.ts'
import { firstNear, nearest } from '../../../src/core/diag/suggest.ts'
import { type FileId, spanOf } from '../../../src/core/source/source-file.ts'

const test = suite('core/diag/order')
const at = (
  summary: string,
  file: number,
  start: number,
  severity: Diagnostic['severity'] = 'warning',
): Diagnostic => ({
  severity,
  code: 'hcl/x',
  summary,
  subject: spanOf(file as FileId, start, start + 1),
})

test('sorts by file and offset, places before none, repetitions once', () => {
  const nowhere: Diagnostic = { severity: 'warning', code: 'hcl/x', summary: 'n' }
  const ordered = orderDiagnostics([nowhere, at('c', 1, 0), at('b', 0, 9), at('a', 0, 1), at('b', 0, 9)])
  assert.equal(
    ordered.map((one) => one.summary),
    ['a', 'b', 'c', 'n'],
  )
})

test('the first error given stays first', () => {
  const ordered = orderDiagnostics([at('w', 0, 0), at('late', 1, 5, 'error'), at('early', 0, 3, 'error')])
  assert.equal(
    ordered.map((one) => one.summary),
    ['late', 'w', 'early'],
  )
})

const names = [
  { name: 'uper', candidates: ['lower', 'upper'], want: 'upper' },
  { name: 'wroker', candidates: ['worker', 'api'], want: 'worker' },
  { name: 'abc', candidates: ['xyz'], want: undefined },
  { name: 'ab', candidates: ['ad', 'ac'], want: 'ac' },
  { name: 'same', candidates: ['same'], want: undefined },
] as const
for (const c of names) test(`nearest to ${c.name}`, () => assert.is(nearest(c.name, c.candidates), c.want))

test('the first close candidate wins where the order says so', () => {
  assert.is(firstNear('foo', ['if', 'for', 'foo2']), 'for')
  assert.is(firstNear('else', ['endfor']), undefined)
})

test.run()
