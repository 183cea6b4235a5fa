import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Type } from '../../../src/core/value/type.ts'
import { friendlyName } from '../../../src/core/value/type-of.ts'
import { readTypeExpression } from '../../../src/parser/eval/type-expr.ts'
import { parseHclExpression } from '../../../src/parser/hcl/parse.ts'
import { lines, sourceOf } from '../hcl/problems.ts'

/** The type spelt out, or the first problem. */
function read(text: string, optionalAllowed = true): string {
  const file = sourceOf(text)
  const { value, diagnostics } = readTypeExpression(parseHclExpression(file).value, { optionalAllowed })
  return lines(file, diagnostics)[0] ?? spell(value)
}

function spell(type: Type): string {
  if (type.kind === 'tuple') return `tuple(${type.elements.map(spell).join(', ')})`
  if (type.kind !== 'object')
    return 'element' in type ? `${type.kind}(${spell(type.element)})` : friendlyName(type)
  const mark = (name: string): string => (type.optional.has(name) ? '?' : '')
  return `object(${[...type.attributes].map(([name, t]) => `${name}${mark(name)}: ${spell(t)}`).join(', ')})`
}

const INVALID = 'Invalid type specification;'
const cases: readonly (readonly [text: string, want: string])[] = [
  ['string', 'string'],
  ['number', 'number'],
  ['bool', 'bool'],
  ['any', 'dynamic'],
  ['list(string)', 'list(string)'],
  ['set(map(number))', 'set(map(number))'],
  ['tuple([string, bool])', 'tuple(string, bool)'],
  ['tuple([])', 'tuple()'],
  ['object({a = string, b = list(bool)})', 'object(a: string, b: list(bool))'],
  ['object({a = optional(string)})', 'object(a?: string)'],
  ['foo', `1,1-4: ${INVALID} The keyword "foo" is not a valid type specification.`],
  [
    '"string"',
    `1,1-9: ${INVALID} A type specification is either a primitive type keyword (bool, number, string) or a complex type constructor call, like list(string).`,
  ],
  ['list', `1,1-5: ${INVALID} The list type constructor requires one argument specifying the element type.`],
  [
    'list()',
    `1,5-7: ${INVALID} The list type constructor requires one argument specifying the element type.`,
  ],
  [
    'map(string, number)',
    `1,13-19: ${INVALID} The map type constructor requires one argument specifying the element type.`,
  ],
  [
    'object',
    `1,1-7: ${INVALID} The object type constructor requires one argument specifying the attribute types and values as a map.`,
  ],
  [
    'tuple',
    `1,1-6: ${INVALID} The tuple type constructor requires one argument specifying the element types as a list.`,
  ],
  ['string(1)', `1,7-10: ${INVALID} Primitive type keyword "string" does not expect arguments.`],
  ['any(1)', `1,4-7: ${INVALID} Type constraint keyword "any" does not expect arguments.`],
  ['foo(string)', `1,1-12: ${INVALID} Keyword "foo" is not a valid type constructor.`],
  [
    'optional(string)',
    `1,1-9: ${INVALID} Keyword "optional" is valid only as a modifier for object type attributes.`,
  ],
  ['tuple(string)', `1,7-13: ${INVALID} Tuple type constructor requires a list of element types.`],
  [
    'object(string)',
    `1,8-14: ${INVALID} Object type constructor requires a map whose keys are attribute names and whose values are the corresponding attribute types.`,
  ],
  ['object({"a" = string})', `1,9-12: ${INVALID} Object constructor map keys must be attribute names.`],
  ['object({a = string, a = bool})', `1,21-22: ${INVALID} Object constructor map keys must be unique.`],
  [
    'object({a = optional(string, "x")})',
    `1,21-34: ${INVALID} Optional attribute modifier expects only one argument: the attribute type.`,
  ],
  [
    'object({a = optional()})',
    `1,21-23: ${INVALID} Optional attribute modifier requires the attribute type as its argument.`,
  ],
  ['list(foo)', `1,6-9: ${INVALID} The keyword "foo" is not a valid type specification.`],
]
const test = suite('parser/eval: type expressions')
for (const [text, want] of cases) test(text, () => assert.is(read(text), want))

test('optional attributes only where they are allowed', () => {
  const want = `1,13-21: ${INVALID} Optional attribute modifier is only for type constraints, not for exact types.`
  assert.is(read('object({a = optional(string)})', false), want)
})
test.run()
