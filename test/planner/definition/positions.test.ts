import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { rangeText } from '../../../src/core/diag/render-reference.ts'
import { FileTable } from '../../../src/core/source/file-table.ts'
import { lines, target } from '../bake-rows.ts'
import { bakeText } from '../bake-text.ts'

/** Spec bake 13: what the subject of an error covers. Lines and columns start at 1. */
const rows = [
  { name: 'an unknown name', hcl: target('tags = [nope]'), at: '2,9-13' },
  { name: 'an unsuitable text points at its first part', hcl: target('tags = "a"'), at: '2,9-10' },
  { name: 'an unsuitable list points at its bracket', hcl: target('tags = [[]]'), at: '2,8-9' },
  { name: 'a label with its quotes', hcl: 'target "a.b" {}\n', at: '1,8-13' },
  { name: 'a matrix problem points at the label', hcl: target('matrix = [1]'), at: '1,8-17' },
  {
    name: 'a bad variable value points behind the brace',
    hcl: lines('variable "X" { default = 1 }', target()),
    env: { X: 'abc' },
    at: '1,16-16',
  },
  {
    name: 'a failing validation points at its condition',
    hcl: lines(
      'variable "X" {',
      'validation {',
      '  condition = X == "b"',
      '  error_message = "m"',
      '}',
      '}',
      target(),
    ),
    at: '3,15-23',
  },
  {
    name: 'a missing condition points behind the brace',
    hcl: lines('variable "X" {', 'validation {', '}', '}', target()),
    at: '2,12-12',
  },
  {
    name: 'a dependency problem covers the whole expression',
    hcl: lines('variable "A" { default = "${A}" }', target()),
    at: '1,26-32',
  },
  { name: 'a missing argument points behind the brace', hcl: 'group "g" {\n}\n', at: '1,11-11' },
  {
    name: 'a missing part of a function points at its parameters',
    hcl: lines('function "f" {', '  params = [x]', '}', target()),
    at: '2,3-15',
  },
] as const

const test = suite('planner/definition/positions')
for (const row of rows) {
  test(row.name, () => {
    const table = new FileTable()
    table.add('f', row.hcl)
    const { diagnostics } = bakeText({ hcl: row.hcl, ...('env' in row ? { env: row.env } : {}) })
    const first = diagnostics.find((d) => d.severity === 'error')
    if (first?.subject === undefined) throw new Error(`no subject: ${first?.summary}`)
    assert.is(rangeText(first.subject, table), `f:${row.at}`)
  })
}

test('a plain error has no subject but says where the name was written', () => {
  const { diagnostics } = bakeText({
    hcl: lines('group "default" { targets = ["a", "b"] }', 'target "a" {}'),
  })
  const [first] = diagnostics
  assert.is(first?.subject, undefined)
  assert.equal(first?.related, [
    { span: { file: 0, start: 34, end: 37 }, label: 'group "default" lists it here' },
  ])
})

test('warnings point at the name nobody reads', () => {
  const { diagnostics } = bakeText({ hcl: target('tag = ["x"]') })
  assert.equal(
    diagnostics.map(({ code, subject, hints }) => ({ code, subject, hints })),
    [
      {
        code: 'schema/unknown-attribute',
        subject: { file: 0, start: 19, end: 22 },
        hints: ['did you mean "tags"?'],
      },
    ],
  )
})

test('members of a cycle are shown', () => {
  const { diagnostics } = bakeText({
    hcl: lines('variable "A" { default = B }', 'variable "B" { default = A }', target()),
  })
  assert.equal(
    diagnostics[0]?.related?.map((place) => place.label),
    ['"A" is part of the cycle', '"B" is part of the cycle'],
  )
})
test.run()
