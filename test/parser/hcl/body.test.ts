import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { BodySchema } from '../../../src/parser/body.ts'
import { parseHcl } from '../../../src/parser/hcl/parse.ts'
import { lines, sourceOf } from './problems.ts'

const SCHEMA: BodySchema = {
  attributes: [{ name: 'context' }],
  blocks: [
    { type: 'target', labels: ['name'] },
    { type: 'group', labels: ['name'] },
    { type: 'validation', labels: [] },
  ],
}

const cases: readonly { readonly name: string; readonly text: string; readonly want: string }[] = [
  {
    name: 'a missing label is named',
    text: 'target {\n}\n',
    want: '1,8-9: Missing name for target; All target blocks must have 1 labels (name).',
  },
  {
    name: 'a label too many is pointed at',
    text: 'target "a" "b" {\n}\n',
    want: '1,12-15: Extraneous label for target; Only 1 labels (name) are expected for target blocks.',
  },
  {
    name: 'a label where there is none',
    text: 'validation "a" {\n}\n',
    want: '1,12-15: Extraneous label for validation; No labels are expected for validation blocks.',
  },
  { name: 'quoted and bare labels are the same', text: 'target "a" {\n}\ntarget b {\n}\n', want: '' },
]
const test = suite('parser/hcl: bodies')
for (const c of cases) {
  test(c.name, () => {
    const file = sourceOf(c.text)
    assert.is(lines(file, parseHcl(file).value.content(SCHEMA).diagnostics).join('\n'), c.want)
  })
}

test('content keeps blocks in order and tells what it does not know', () => {
  const file = sourceOf('x = 1\ntarget "b" {}\nother "y" {}\ngroup "g" {}\ncontext = "."\ntarget "a" {}\n')
  const { value, diagnostics } = parseHcl(file).value.content(SCHEMA)
  assert.equal(diagnostics, [])
  assert.equal(
    value.blocks.map((b) => `${b.type} ${b.labels.join()}`),
    ['target b', 'group g', 'target a'],
  )
  assert.equal([...value.attributes.keys()], ['context'])
  assert.equal(
    value.unknown.map((u) => `${u.kind} ${u.name}`),
    ['attribute x', 'block other'],
  )
})

const missing: readonly (readonly [name: string, text: string, place: string])[] = [
  ['at the brace of a block of several lines', 'group "a" {\n  x = 1\n}\n', '1,11-11'],
  ['at the only argument of a one-line block', 'group "a" { x = 1 }\n', '1,13-13'],
  ['at the brace of an empty block', 'group "a" {}\n', '1,11-11'],
]
for (const [name, text, place] of missing) {
  test(`a missing argument is reported ${name}`, () => {
    const file = sourceOf(text)
    const group = parseHcl(file).value.content(SCHEMA).value.blocks[0]
    const found = group?.body.content({ attributes: [{ name: 'targets', required: true }], blocks: [] })
    const want = `${place}: Missing required argument; The argument "targets" is required, but no definition was found.`
    assert.equal(lines(file, found?.diagnostics ?? []), [want])
  })
}

test('spans of a block cover its parts', () => {
  const text = 'target "a" {\n  context = "."\n}\n'
  const block = parseHcl(sourceOf(text)).value.content(SCHEMA).value.blocks[0]
  const at = (span: { start: number; end: number } | undefined): string => text.slice(span?.start, span?.end)
  assert.is(at(block?.typeSpan), 'target')
  assert.is(at(block?.labelSpans[0]), '"a"')
  assert.is(at(block?.headerSpan), 'target "a" {')
  assert.is(at(block?.openSpan), '{')
  const context = block?.body.attributes().get('context')
  assert.is(at(context?.nameSpan), 'context')
  assert.is(at(context?.span), 'context = "."')
  assert.is(at(context?.expr.span), '"."')
  assert.is(at(context?.expr.startSpan), '.')
})
test.run()
