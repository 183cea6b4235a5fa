import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { substitute } from '../../../src/parser/compose/substitute.ts'

const test = suite('parser/compose/substitute')
const values = new Map([
  ['SET', 'set'],
  ['EMPTY', ''],
  ['a_1', 'lower'],
])

function run(template: string): { readonly result: unknown; readonly unset: readonly string[] } {
  const unset: string[] = []
  const filled = substitute(template, {
    lookup: (name) => values.get(name),
    unset: (name) => unset.push(name),
  })
  return { result: filled.ok ? filled.text : filled.problem, unset }
}

const cases: readonly (readonly [template: string, want: unknown, unset?: readonly string[]])[] = [
  ['plain', 'plain'],
  ['$SET', 'set'],
  ['${SET}', 'set'],
  ['$SET-x', 'set-x'],
  ['${a_1}$a_1', 'lowerlower'],
  ['$$SET', '$SET'],
  ['$$$SET', '$set'],
  ['$1 100% $', '$1 100% $'],
  ['$X', '', ['X']],
  ['${X}', '', ['X']],
  ['${X:-d}', 'd'],
  ['${X-d}', 'd'],
  ['${EMPTY:-d}', 'd'],
  ['${EMPTY-d}', ''],
  ['${X:+y}', ''],
  ['${SET:+y}', 'y'],
  ['${EMPTY:+y}', ''],
  ['${EMPTY+y}', 'y'],
  ['${X:-${SET}}', 'set'],
  ['${X:-${Y:-deep}}', 'deep'],
  ['${X:-a}-${SET}', 'a-set'],
  ['${X:-$SET}z', 'setz'],
  ['${X:-{}}', '{}'],
  ['${X:-a:b}', 'a:b'],
  ['${X:-a-b}', 'a-b'],
  ['${X:-}', ''],
  ['${X:?}', { kind: 'missing', name: 'X', reason: '' }],
  ['${X?need}', { kind: 'missing', name: 'X', reason: 'need' }],
  ['${EMPTY:?need}', { kind: 'missing', name: 'EMPTY', reason: 'need' }],
  ['${EMPTY?need}', ''],
  ['${X:?${SET} it}', { kind: 'missing', name: 'X', reason: 'set it' }],
  ['${}', { kind: 'invalid', template: '${}' }],
  ['a ${X', { kind: 'invalid', template: 'a ${X' }],
  ['${X:-${}}', { kind: 'invalid', template: '${}' }],
  ['${1X}', { kind: 'invalid', template: '${1X}' }],
]

for (const [template, want, unset = []] of cases) {
  test(template, () => assert.equal(run(template), { result: want, unset }))
}

test('any text ends in a text or a problem', () => {
  const parts = ['$', '{', '}', ':', '-', '?', '+', 'A', 'SET', ' ', '$$', '\n']
  for (let n = 0; n < 4000; n++) {
    let seed = n
    let text = ''
    for (let i = 0; i < 7; i++) {
      text += parts[seed % parts.length]
      seed = (seed * 31 + 7) % 65_537
    }
    assert.ok(run(text).result !== undefined)
  }
})

test.run()
