import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { rangeText, renderReferenceLine } from '../../../src/core/diag/render-reference.ts'
import { FileTable } from '../../../src/core/source/file-table.ts'
import { num, str } from '../../../src/core/value/make.ts'
import { describeValue } from '../../../src/core/value/render.ts'
import type { Expression } from '../../../src/parser/body.ts'
import { rootScope } from '../../../src/parser/eval/root-scope.ts'
import { parseJson } from '../../../src/parser/json/parse.ts'

const files = new FileTable()
const scope = rootScope({
  variables: new Map([
    ['a', str('A')],
    ['n', num(3)],
  ]),
  functions: new Map(),
  world: { now: 0, homeDir: '', random: (n) => new Uint8Array(n) },
})

/** The value of the only property of a file: `{"x":` stands before it, so that it starts in column 6. */
function expression(json: string): Expression {
  const found = parseJson(files.add('f', `{"x":${json}}`))
    .value.attributes()
    .get('x')
  if (found === undefined) throw new Error(`no value in ${json}`)
  return found.expr
}

const test = suite('parser/json/json-expression')

const values = [
  { json: '"text"', want: str('text') },
  { json: '"${a}-${n}"', want: str('A-3') },
  { json: '"${n}"', want: num(3) },
  { json: '"$${a} %%{ $ %"', want: str('${a} %{ $ %') },
  { json: '"%{ if n > 2 }big%{ endif }"', want: str('big') },
  { json: '"\\u0024{a}"', want: str('A') },
  { json: '"${\\"q${a}\\"}"', want: str('qA') },
  { json: '"a\\n${n}"', want: str('a\n3') },
  { json: 'true', want: { kind: 'bool', value: true } },
  { json: '-1', want: num(-1) },
] as const
for (const c of values) {
  test(`${c.json} gives ${describeValue(c.want)}`, () => {
    const { value, diagnostics } = expression(c.json).evaluate(scope)
    assert.equal(diagnostics, [])
    assert.is(value.kind, c.want.kind)
    assert.is(describeValue(value), describeValue(c.want))
  })
}

test('arrays are tuples and objects are objects; names are templates', () => {
  const list = expression('[1,"${a}",[null]]').evaluate(scope).value
  assert.is(list.kind, 'tuple')
  const { value } = expression('{"${a}b":1,"//":2}').evaluate(scope)
  assert.equal(value.kind === 'object' && [...value.entries.keys()], ['Ab', '//'])
})

const problems = [
  {
    name: 'an unknown variable is found where it stands',
    json: '"${nope}"',
    want: '1,9-13: Unknown variable; There is no variable named "nope".',
  },
  {
    name: 'escapes before it do not shift it',
    json: '"\\n\\"\\u00e9${nope}"',
    want: '1,19-23: Unknown variable; There is no variable named "nope".',
  },
  {
    name: 'nor do escapes inside of the sequence',
    json: '"${\\"\\" == nope}"',
    want: '1,17-21: Unknown variable; There is no variable named "nope".',
  },
  {
    name: 'a template that cannot be read is an error each time',
    json: '["${a b}"]',
    want: '1,12-13: Extra characters after interpolation expression; Expected a closing brace to end the interpolation expression, but found extra characters.',
  },
  {
    name: 'messages name places of the file',
    json: '"\\t%{ if true }x%{ endfor }"',
    want: '1,22-33: Unexpected endfor directive; Expecting an endif directive for the if started at f:1,9-21.',
  },
  {
    name: 'a key that is unknown',
    json: '{"${nope}":1}',
    want: '1,10-14: Unknown variable; There is no variable named "nope".',
  },
  {
    name: 'a key that is null',
    json: '{"${null}":1}',
    want: '1,7-16: Invalid object key expression; Cannot use null value as an object key.',
  },
  {
    name: 'two keys that turn out equal',
    json: '{"A":1,"${a}":2}',
    want: '1,13-19: Duplicate object attribute; An attribute named "A" was already defined at f:1,7-10.',
  },
] as const
for (const c of problems) {
  test(c.name, () => {
    const { diagnostics } = expression(c.json).evaluate(scope)
    assert.is(renderReferenceLine(diagnostics, files).split('\n')[0], `ERROR: f:${c.want}`)
  })
}

test('references and calls are those of all templates inside', () => {
  const expr = expression('{"${k}":["${f(v.w)}",{"x":"${f(g(u))}"}],"plain":"y","broken":"${z"}')
  assert.equal(
    expr.references().map((one) => one.root),
    ['k', 'v', 'u'],
  )
  assert.equal(
    expr.calls().map((one) => one.name),
    ['f', 'g'],
  )
})

const readings = [
  { json: '"string"', keyword: 'string', call: undefined },
  { json: '" string "', keyword: 'string', call: undefined },
  { json: '"list(string)"', keyword: undefined, call: 'list' },
  { json: '"object({a = string})"', keyword: undefined, call: 'object' },
  { json: '"${string}"', keyword: undefined, call: undefined },
  { json: '"two words"', keyword: undefined, call: undefined },
  { json: '""', keyword: undefined, call: undefined },
  { json: '3', keyword: undefined, call: undefined },
  { json: 'null', keyword: undefined, call: undefined },
  { json: '["string"]', keyword: undefined, call: undefined },
] as const
for (const c of readings) {
  test(`${c.json} as a word or a call`, () => {
    assert.is(expression(c.json).asKeyword(), c.keyword)
    assert.is(expression(c.json).asCall()?.name, c.call)
  })
}

test('lists and maps are those of JSON', () => {
  assert.equal(
    expression('["a","b"]')
      .asList()
      ?.map((one) => one.asKeyword()),
    ['a', 'b'],
  )
  assert.equal(
    expression('{"a":"b"}')
      .asMap()
      ?.map((one) => [one.key.asKeyword(), one.value.asKeyword()]),
    [['a', 'b']],
  )
  assert.is(expression('"[a]"').asList(), undefined)
  assert.is(expression('"{a=b}"').asMap(), undefined)
})

test('arguments of a call have their places in the file', () => {
  const [argument] = expression('"list(\\tfoo)"').asCall()?.args ?? []
  assert.ok(argument !== undefined)
  assert.is(rangeText(argument.span, files), 'f:1,14-17')
})

test('values start at their bracket or quote', () => {
  assert.is(rangeText(expression('["a"]').startSpan, files), 'f:1,6-7')
  assert.is(rangeText(expression('{"a":1}').startSpan, files), 'f:1,6-7')
  assert.is(rangeText(expression('"ab"').startSpan, files), 'f:1,6-10')
})

test.run()
