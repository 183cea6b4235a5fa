import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { rangeText } from '../../../src/core/diag/render-reference.ts'
import { FileTable } from '../../../src/core/source/file-table.ts'
import type { BodySchema } from '../../../src/parser/body.ts'
import { parseJson } from '../../../src/parser/json/parse.ts'

const SCHEMA: BodySchema = {
  attributes: [{ name: 'top' }],
  blocks: [
    { type: 'target', labels: ['name'] },
    { type: 'pair', labels: ['first', 'second'] },
    { type: 'rule', labels: [] },
  ],
}

const test = suite('parser/json/json-body')

const shapes = [
  { name: 'a label is a property', json: '{"target":{"a":{},"b":{}}}', want: ['target a', 'target b'] },
  {
    name: 'blocks of one label stand in an array',
    json: '{"target":{"a":[{},{}]}}',
    want: ['target a', 'target a'],
  },
  {
    name: 'labels may stand in an array',
    json: '{"target":[{"b":{}},{"a":{}}]}',
    want: ['target b', 'target a'],
  },
  {
    name: 'a repeated type adds blocks',
    json: '{"target":{"a":{}},"target":{"b":{}}}',
    want: ['target a', 'target b'],
  },
  {
    name: 'a repeated label adds blocks',
    json: '{"target":{"a":{},"a":{}}}',
    want: ['target a', 'target a'],
  },
  { name: 'null is no block', json: '{"target":{"a":null},"rule":null}', want: [] },
  { name: 'no label is needed', json: '{"rule":{}}', want: ['rule'] },
  { name: 'an empty array is no block', json: '{"rule":[]}', want: [] },
  { name: 'labels nest', json: '{"pair":{"a":{"x":{},"y":[{}]}}}', want: ['pair a x', 'pair a y'] },
] as const
for (const c of shapes) {
  test(c.name, () => {
    const { value, diagnostics } = parseJson(new FileTable().add('f', c.json)).value.content(SCHEMA)
    assert.equal(diagnostics, [])
    assert.equal(
      value.blocks.map((block) => [block.type, ...block.labels].join(' ')),
      c.want,
    )
  })
}

test('blocks and arguments know their places', () => {
  const files = new FileTable()
  const text = '{"top": 1, "target": {"a": {"x": [1]}}}'
  const { value } = parseJson(files.add('f', text)).value.content(SCHEMA)
  const [block] = value.blocks
  const top = value.attributes.get('top')
  const inner = block?.body.attributes().get('x')
  const spans = [
    top?.nameSpan,
    top?.span,
    block?.typeSpan,
    block?.labelSpans[0],
    block?.openSpan,
    block?.body.missingSpan,
    inner?.span,
  ]
  assert.equal(
    spans.map((span) => span && text.slice(span.start, span.end)),
    ['"top"', '"top": 1', '"target"', '"a"', '{', '}', '"x": [1]'],
  )
})

test('what a schema does not know comes in order, comments left out', () => {
  const files = new FileTable()
  const { value } = parseJson(files.add('f', '{"b":1,"//":2,"top":3,"a":{}}')).value.content(SCHEMA)
  assert.equal(
    value.unknown.map((one) => [one.name, one.kind, rangeText(one.span, files)]),
    [
      ['b', 'attribute', 'f:1,2-5'],
      ['a', 'block', 'f:1,23-26'],
    ],
  )
})

test('an unwanted property is refused in the words of JSON', () => {
  const { value } = parseJson(new FileTable().add('f', '{"rul":1,"tup":2,"elsewhere":3}')).value.content(
    SCHEMA,
  )
  assert.equal(
    value.unknown.map((one) => one.refusal?.().detail),
    [
      'No argument or block type is named "rul". Did you mean "rule"?',
      'No argument or block type is named "tup". Did you mean "top"?',
      'No argument or block type is named "elsewhere".',
    ],
  )
})

test('the first of repeated arguments stays', () => {
  const body = parseJson(new FileTable().add('f', '{"top":1,"top":2}')).value
  const { value, diagnostics } = body.content(SCHEMA)
  assert.is(value.attributes.get('top')?.span.start, 1)
  assert.equal(
    diagnostics.map((one) => one.code),
    ['json/duplicate-argument'],
  )
})

test.run()
