import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parseHclExpression } from '../../../src/parser/hcl/parse.ts'
import { sourceOf } from '../hcl/problems.ts'
import { scope } from './expressions.ts'

const cases: readonly (readonly [text: string, want: readonly string[] | undefined])[] = [
  ['s + 1', ['s = "str"']],
  ['n + s', ['s = "str"']],
  ['l[n]', ['l = ["x", "y"]', 'n = 5']],
  ['m.zz', ['m = {a = "A", b = "B"}']],
  ['upper("a", s, n)', ['n = 5', 's = "str"']],
  ['[for x in l: x + 1]', ['x = "x"']],
  ['nope', undefined],
  ['1 + "x"', undefined],
]
const test = suite('parser/eval: values in problems')
for (const [text, want] of cases) {
  test(text, () => {
    const [first] = parseHclExpression(sourceOf(text)).value.evaluate(scope).diagnostics
    assert.equal(
      first?.values?.map((used) => `${used.name} = ${used.text}`),
      want,
    )
  })
}
test.run()
