import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parseHclExpression } from '../../../src/parser/hcl/parse.ts'
import { sourceOf } from '../hcl/problems.ts'

const cases: readonly (readonly [text: string, want: readonly string[]])[] = [
  ['1', []],
  ['a', ['a']],
  ['a.b["c"][0].d', ['a.b["c"][0].d']],
  ['a[b.c].d', ['a', 'b.c']],
  ['a[*].b', ['a']],
  ['a.*.b', ['a']],
  ['f(a, b...)', ['a', 'b']],
  ['"${a}-${b}"', ['a', 'b']],
  ['[for x in a: x + b]', ['a', 'b']],
  ['{for k, v in a: k => v if c}', ['a', 'c']],
  ['[for x in x: x]', ['x']],
  ['[for x in a: [for y in x: y]]', ['a']],
  ['{a = b, (c) = d, "${e}" = 1}', ['b', 'c', 'd', 'e']],
  ['a + b * c', ['a', 'b', 'c']],
  ['a ? b : c', ['a', 'b', 'c']],
  ['!a && -b == 1', ['a', 'b']],
  ['"%{ if a }${b}%{ endif }%{ for x in c }${x}${d}%{ endfor }"', ['a', 'b', 'c', 'd']],
  ['(a).b', ['a']],
]
const test = suite('parser/eval: references')
for (const [text, want] of cases) {
  test(text, () => {
    const { value } = parseHclExpression(sourceOf(text))
    const found = value.references().map((r) => text.slice(r.span.start, r.span.end))
    assert.equal(found, want)
  })
}

test('steps are attributes and constant indices', () => {
  const [reference] = parseHclExpression(sourceOf('a.b[0]["c"].1[d]')).value.references()
  assert.is(reference?.root, 'a')
  assert.equal(
    reference?.steps.map((step) => (step.kind === 'attr' ? step.name : step.kind)),
    ['b', 'index', 'index', 'index'],
  )
})

test('called functions are named once', () => {
  const { value } = parseHclExpression(sourceOf('f(g(1), "${f(2)}", [for x in h(): i(x)])'))
  assert.equal(
    value.calls().map((call) => call.name),
    ['f', 'g', 'h', 'i'],
  )
})

test('static readings of an expression', () => {
  const read = (text: string) => parseHclExpression(sourceOf(text)).value
  assert.is(read('string').asKeyword(), 'string')
  assert.is(read('true').asKeyword(), 'true')
  assert.is(read('a.b').asKeyword(), undefined)
  assert.is(read('"a"').asKeyword(), undefined)
  assert.is(read('list(string)').asCall()?.name, 'list')
  assert.is(read('list').asCall(), undefined)
  assert.equal(
    read('[x, y]')
      .asList()
      ?.map((item) => item.asKeyword()),
    ['x', 'y'],
  )
  assert.is(read('x').asList(), undefined)
  assert.equal(
    read('{a = x, "b" = y}')
      .asMap()
      ?.map((item) => item.key.asKeyword()),
    ['a', undefined],
  )
  assert.is(read('[1]').asMap(), undefined)
})
test.run()
