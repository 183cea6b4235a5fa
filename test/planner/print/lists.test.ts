import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  listVariables,
  renderTargetList,
  renderVariableList,
} from '../../../src/planner/print/render-list.ts'
import { renderTable } from '../../../src/planner/print/table.ts'
import { lines } from '../bake-rows.ts'
import { bakeText, defineText } from '../bake-text.ts'

const hcl = lines(
  'group "default" { targets = ["b", "a"] }',
  'group "g" {',
  'targets = ["b", "a"]',
  'description = "gd"',
  '}',
  'target "a" {}',
  'target "b" { description = "bd" }',
  'target "_hidden" {}',
)
const variables = lines(
  'variable "S" {',
  'default = "a"',
  'description = "desc"',
  '}',
  'variable "T" {',
  'type = list(string)',
  'default = ["x", "y"]',
  '}',
  'variable "M" { type = map(number) }',
  'variable "Q" {',
  'type = string',
  'default = "q\\"uo"',
  '}',
  'variable "N" { default = 1.50 }',
  'variable "L" { default = ["<", 1] }',
  'variable "A" {',
  'type = any',
  'default = [1]',
  '}',
)

const test = suite('planner/print/lists')

test('targets and groups list by name, members sorted, hidden ones left out', () => {
  assert.is(
    renderTargetList(defineText({ hcl }).value, 'table'),
    'TARGET\tDESCRIPTION\na\t\nb\tbd\ndefault\ta, b\ng\tgd (a, b)\n',
  )
  assert.equal(JSON.parse(renderTargetList(defineText({ hcl }).value, 'json')), [
    { name: 'a' },
    { name: 'b', description: 'bd' },
    { name: 'default', description: 'a, b', group: true },
    { name: 'g', description: 'gd (a, b)', group: true },
  ])
})

test('no target at all lists as null', () => {
  assert.is(renderTargetList(defineText({ hcl: '' }).value, 'json'), 'null\n')
})

test('variables list with type, value after overrides and description', () => {
  const listed = listVariables(defineText({ hcl: variables, env: { S: 'b' } }).value)
  assert.equal(listed, [
    { name: 'A', type: 'any type', value: '{"value":[1],"type":["tuple",["number"]]}' },
    { name: 'L', value: '["\\u003c",1]' },
    { name: 'M', type: 'map of number' },
    { name: 'N', value: '1.5' },
    { name: 'Q', type: 'string', value: 'q\\"uo' },
    { name: 'S', description: 'desc', value: 'b' },
    { name: 'T', type: 'list of string', value: '["x","y"]' },
  ])
})

test('the table of variables shows null', () => {
  const hcl = 'variable "M" { type = map(number) }\n'
  assert.is(
    renderVariableList(listVariables(defineText({ hcl }).value), 'table'),
    'VARIABLE\tTYPE\t\tVALUE\tDESCRIPTION\nM\t\tmap of number\t<null>\t\n',
  )
})

test('without any HCL or JSON file variables are null, otherwise a list', () => {
  assert.is(renderVariableList(listVariables(defineText({}).value), 'json'), 'null\n')
  assert.is(renderVariableList(listVariables(defineText({ hcl: 'x = 1\n' }).value), 'json'), '[]\n')
})

const tables = [
  {
    name: 'columns are padded to tab stops',
    rows: [
      ['a', 'b'],
      ['12345678', 'c'],
    ],
    want: 'a\t\tb\n12345678\tc\n',
  },
  {
    name: 'a line break in a cell ends its column',
    rows: [
      ['VARIABLE', 'TYPE', 'VALUE', 'D'],
      ['m', '', 'a\nc', ''],
      ['n', '', 'x'.repeat(23), ''],
    ],
    want: `VARIABLE\tTYPE\tVALUE\tD\nm\t\t\ta\nc\t\t\nn\t\t\t${'x'.repeat(23)}\t\n`,
  },
  {
    name: 'letters beyond ASCII are one column wide',
    rows: [
      ['é234567', 'x'],
      ['1', 'y'],
    ],
    want: 'é234567\tx\n1\ty\n',
  },
] as const
for (const row of tables) test(row.name, () => assert.is(renderTable(row.rows), row.want))

test('printed JSON escapes what Go escapes and nothing else', () => {
  const { text } = bakeText({ hcl: 'target "default" { args = { a = "<&>é\\u2028\\t\\"" } }\n' })
  assert.ok(text?.includes('"a": "\\u003c\\u0026\\u003eé\\u2028\\t\\""'))
})

test('reading a printed plan back prints it again', () => {
  const { text = '' } = bakeText({
    hcl: 'target "default" {\nargs = { a = "$${x} %%{y}" }\ndockerfile-inline = "$${z}"\ncache-from = ["a"]\n}\n',
  })
  assert.is(bakeText({ files: { 'a.json': text } }).text, text)
})

test.run()
