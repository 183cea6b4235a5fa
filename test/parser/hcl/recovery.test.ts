import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parseHcl } from '../../../src/parser/hcl/parse.ts'
import { lines, sourceOf } from './problems.ts'

/** Files with mistakes and the lines on which one is reported. */
const cases: readonly { readonly name: string; readonly text: string; readonly want: readonly number[] }[] = [
  { name: 'every broken line of a file', text: 'a = 1 2\nb = \nc = 3\nd = [1 2]\n', want: [1, 2, 4] },
  {
    name: 'broken lines in several blocks',
    text: 'target "a" {\n  x = 1 2\n}\ntarget "b" {\n  y = @@\n  z = [1 2]\n}\n',
    want: [5, 5, 2, 6],
  },
  {
    name: 'a mistake within an object over several lines and one behind it',
    text: 'target "a" {\n  args = {\n    a 1\n    b = 2\n  }\n  x = 1 2\n}\n',
    want: [3, 6],
  },
  { name: 'the same argument twice behind another mistake', text: 'a = 1 2\nb = 1\nb = 2\n', want: [1, 3] },
  {
    name: 'a brace on the next line as one mistake',
    text: 'target "a"\n{\n  x = 1\n}\ny = 1 2\n',
    want: [1, 5],
  },
  {
    name: 'an expression that goes on behind a newline as one mistake',
    text: 'a = 1 +\n2\nb = 3\n',
    want: [1],
  },
  { name: 'a missing quote as one mistake', text: 'a = "x\nb = "y"\nc = "z"\n', want: [1, 2, 3, 1] },
  {
    name: 'a missing bracket as one mistake',
    text: 't "a" {\n  x = ["a"\n  y = 1\n}\nt "b" {\n  z = 1\n}\n',
    want: [3],
  },
  { name: 'a missing brace of a block at that block', text: 't "a" {\n  x = 1\n\nt "b" {\n}\n', want: [1] },
  { name: 'a brace too many', text: 'a = 1\n}\nb = 1 2\n', want: [2, 3] },
]
const test = suite('parser/hcl: recovery reports')
for (const c of cases) {
  test(c.name, () => {
    const file = sourceOf(c.text)
    const found = lines(file, parseHcl(file).diagnostics)
    assert.equal(
      found.map((line) => Number.parseInt(line, 10)),
      c.want,
      found.join('\n'),
    )
  })
}

test('items without a mistake are there', () => {
  const { value } = parseHcl(sourceOf('a = 1 2\nb = 3\nc = [\nd = 4\n'))
  assert.equal([...value.attributes().keys()], ['a', 'b', 'c'])
})
test.run()
