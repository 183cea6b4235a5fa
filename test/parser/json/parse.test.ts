import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { renderReferenceLine } from '../../../src/core/diag/render-reference.ts'
import { FileTable } from '../../../src/core/source/file-table.ts'
import { parseJson } from '../../../src/parser/json/parse.ts'

/** What the parser says about a text, without the file name; empty when it is fine. */
function complaint(text: string): string {
  const files = new FileTable()
  const { diagnostics } = parseJson(files.add('f', text))
  return renderReferenceLine(diagnostics, files).replace(/^ERROR: f:/, '')
}

const START = 'A JSON value must start with a brace, a bracket, a number, a string, or a keyword.'
const ROOT =
  'Root value must be object; The root value in a JSON-based configuration must be either a JSON object or a JSON array of objects.'
const BAD_NUMBER = 'Invalid JSON number; There is a syntax error in the given JSON number.'
const BAD_STRING = 'Invalid JSON string; There is a syntax error in the given JSON string.'
const others = (n: number): string => `, and ${n} other diagnostic(s)`

const wrong = [
  { text: '', want: `1,1-1: Missing value; The JSON data ends prematurely.${others(1)}` },
  { text: ' \n\t ', want: `2,3-3: Missing value; The JSON data ends prematurely.${others(1)}` },
  { text: '3', want: `1,1-2: ${ROOT}` },
  { text: '"a"', want: `1,1-4: ${ROOT}` },
  { text: '{} x', want: '1,4-5: Extraneous data after value; Extra characters appear after the JSON value.' },
  {
    text: '{} // x',
    want: '1,4-5: Extraneous data after value; Extra characters appear after the JSON value.',
  },
  { text: '\ufeff{}', want: `1,1-2: Invalid start of value; ${START}${others(1)}` },
  { text: '{"a": /**/1}', want: `1,7-8: Invalid start of value; ${START}${others(2)}` },
  { text: '{"a": }', want: `1,7-8: Missing JSON value; ${START}` },
  { text: '{"a": [1,,2]}', want: `1,10-11: Invalid start of value; ${START}` },
  {
    text: '{"a": [1,]}',
    want: `1,9-10: Trailing comma in array; JSON does not permit a trailing comma after the final value in an array.${others(2)}`,
  },
  {
    text: '{"a": 1,}',
    want: `1,8-9: Trailing comma in object; JSON does not permit a trailing comma after the final property in an object.${others(1)}`,
  },
  {
    text: '{"a": {"b": 1]}',
    want: `1,15-16: Mismatched braces; A JSON object must be closed with a brace, not a bracket.`,
  },
  {
    text: '{"a": [1}',
    want: `1,10-10: Mismatched brackets; A JSON array must be closed with a bracket, not a brace.${others(2)}`,
  },
  {
    text: '{"a": ["b": 1], "c": 2}',
    want: '1,15-16: Invalid array value; A colon is not used to introduce values in a JSON array.',
  },
  {
    text: '{"a": [1 2], "b": 3}',
    want: '1,12-13: Missing attribute seperator comma; A comma must appear between each value in an array.',
  },
  {
    text: '{"a": {"b": 1 "c": 2}}',
    want: '1,22-23: Missing attribute seperator comma; A comma must appear between each property definition in an object.',
  },
  {
    text: '{"a" = 1}',
    want: `1,6-7: Missing property value colon; JSON uses a colon as its name/value delimiter, not an equals sign.${others(1)}`,
  },
  {
    text: '{"a" 1}',
    want: `1,6-7: Missing property value colon; A colon must appear between an object property's name and its value.${others(1)}`,
  },
  {
    text: '{"a", "b"}',
    want: `1,5-6: Missing object value; A JSON object attribute must have a value, introduced by a colon.${others(1)}`,
  },
  {
    text: '{"a": {3: 1}}',
    want: `1,8-9: Invalid object property name; A JSON object property name must be a string${others(2)}`,
  },
  {
    text: '{"a": 1',
    want: `1,1-2: Unclosed object; No closing brace was found for this JSON object.${others(1)}`,
  },
  {
    text: '{"a": [1',
    want: `1,7-8: Unclosed object; No closing bracket was found for this JSON array.${others(2)}`,
  },
  {
    text: '{"a": True}',
    want: '1,7-11: Invalid JSON keyword; "True" is not a valid JSON keyword. Did you mean "true"?',
  },
  { text: '{"a": maybe}', want: '1,7-12: Invalid JSON keyword; "maybe" is not a valid JSON keyword.' },
  {
    text: '{"a": NaN}',
    want: '1,7-10: Invalid JSON keyword; The JavaScript identifier "NaN" cannot be used in JSON.',
  },
  ...['01', '+1', '.1', '1.', '1e', '-', '1e+', '--1'].map((text) => ({
    text: `{"a": ${text}}`,
    want: `1,7-${7 + text.length}: ${BAD_NUMBER}`,
  })),
  { text: '{"a": "b\\qc"}', want: `1,11-12: ${BAD_STRING}` },
  { text: '{"a": "\\u12"}', want: `1,13-14: ${BAD_STRING}` },
]

const right = [
  '{}',
  '[]',
  ' \r\n\t{ "a" : [ 1 , -0.5e+3 , true , false , null , { } , [ ] , "x" ] } \n',
  '{"a": "\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00"}',
  '{"a": "\u007f\u2028 é"}',
]

const test = suite('parser/json/parse')

for (const c of wrong) test(`refused: ${JSON.stringify(c.text)}`, () => assert.is(complaint(c.text), c.want))
for (const text of right) test(`accepted: ${JSON.stringify(text)}`, () => assert.is(complaint(text), ''))

test('a string that goes over its line ends there', () => {
  assert.match(complaint('{"a": "b\n"}'), /^1,9-9: Invalid JSON string;/)
  assert.match(complaint('{"a": "b'), /^1,9-9: Invalid JSON string;/)
})

test('nesting has a limit that is reported once', () => {
  const nested = (depth: number): string => `${'{"a":['.repeat(depth / 2)}${']}'.repeat(depth / 2)}`
  assert.is(complaint(nested(250)), '')
  const { diagnostics } = parseJson(new FileTable().add('f', nested(100_000)))
  assert.equal(diagnostics.filter((one) => one.code === 'json/too-deep').length, 1)
})

test('the number of problems has a limit', () => {
  const { diagnostics } = parseJson(new FileTable().add('f', `{"a": [${','.repeat(100_000)}1]}`))
  assert.is(diagnostics.length, 50)
})

test('every prefix of a definition can be parsed', () => {
  const text = '{"target": {"a": {"tags": ["x\\n${y}", 1.5e3, null], "b": [[{}]]}}}'
  for (let end = 0; end < text.length; end++) assert.is.not(complaint(text.slice(0, end)), '')
})

test('the value of a file with errors can be walked', () => {
  const body = parseJson(
    new FileTable().add('f', '{"a": [1 2], "b": {"c": tru}, "target": {"x": nil}}'),
  ).value
  const content = body.content({
    attributes: [{ name: 'a' }],
    blocks: [{ type: 'target', labels: ['name'] }],
  })
  assert.equal([...content.value.attributes.keys()], ['a'])
  assert.equal([...body.attributes().keys()], ['a', 'b', 'target'])
})

test.run()
