import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { evaluate, functions, parse } from '../../src/hcl.ts'

const test = suite('library/hcl')

const cases = [
  { name: 'a template with a variable', text: '"app:${tag}"', variables: { tag: '1.0' }, want: 'app:1.0' },
  { name: 'a function of the library', text: 'upper(join("-", ["a", "b"]))', variables: {}, want: 'A-B' },
  {
    name: 'an object with sorted keys',
    text: '{ b = 1, a = [true, null] }',
    variables: {},
    want: { a: [true, null], b: 1 },
  },
  { name: 'a whole number beyond doubles', text: '9007199254740993', variables: {}, want: 9007199254740993n },
  { name: 'a decimal fraction', text: '0.1 + x', variables: { x: 0.2 }, want: 0.3 },
  {
    name: 'a for expression over an array',
    text: '[for v in list : v * 2]',
    variables: { list: [1, 2] },
    want: [2, 4],
  },
] as const

for (const c of cases) {
  test(`evaluate gives ${c.name}`, () => {
    const result = evaluate(c.text, { variables: c.variables })
    assert.is(result.ok, true)
    if (result.ok) assert.equal(result.value, c.want)
  })
}

test('evaluate answers a mistake with diagnostics that point at it', () => {
  const result = evaluate('1 + nope')
  assert.is(result.ok, false)
  const [first] = result.diagnostics
  assert.is(first?.code, 'eval/unknown-variable')
  assert.equal([first?.subject?.start, first?.subject?.end], [4, 8])
})

test('parse gives a body that can be walked, also when something is broken', () => {
  const parsed = parse('a = 1\nb = \ntarget "x" {\n  tags = ["t"]\n}\n')
  assert.ok(parsed.diagnostics.length > 0)
  const content = parsed.body.content({
    attributes: [{ name: 'a' }],
    blocks: [{ type: 'target', labels: ['name'] }],
  })
  assert.ok(content.value.attributes.has('a'))
  assert.equal(
    content.value.blocks.map((block) => block.labels),
    [['x']],
  )
})

test('functions lists the whole library with documentation', () => {
  assert.is(functions.size, 106)
  for (const one of functions.values()) assert.ok(one.doc.length > 0, one.name)
})

test.run()
