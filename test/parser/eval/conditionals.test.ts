import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { evaluated } from './expressions.ts'

const cases: readonly (readonly [expression: string, want: string])[] = [
  ['true ? 1 : nope', '1'],
  ['false ? nope : 2', '2'],
  ['nope ? 1 : 2', '1,1-5: Unknown variable; There is no variable named "nope".'],
  [
    'true ? 1 : true',
    "1,8-16: Inconsistent conditional result types; The true and false result expressions must have consistent types. The 'true' value is number, but the 'false' value is bool.",
  ],
  ['true ? 1 : "x"', '"1"'],
  ['true ? [1,"a"] : []', '["1","a"]'],
  ['true ? {a=1,b="x"} : {a="y"}', '{"a":"1","b":"x"}'],
  [
    'true ? ["a"] : [{b=1}]',
    "1,8-23: Inconsistent conditional result types; The true and false result expressions must have consistent types. Type mismatch for tuple element 0: The 'true' value is string, but the 'false' value is object.",
  ],
  [
    'true ? {a=[1]} : {a={b=1}}',
    "1,8-27: Inconsistent conditional result types; The true and false result expressions must have consistent types. Type mismatch for object attribute \"a\": The 'true' value is tuple, but the 'false' value is object.",
  ],
  [
    'true ? {a=1,b=[]} : {a=1}',
    "1,8-26: Inconsistent conditional result types; The true and false result expressions must have consistent types. The 'true' value includes object attribute \"b\", which is absent in the 'false' value.",
  ],
  [
    'true ? [1,[2]] : [1]',
    "1,8-21: Inconsistent conditional result types; The true and false result expressions must have consistent types. The 'true' tuple has length 2, but the 'false' tuple has length 1.",
  ],
  ['true ? null : 1', 'null'],
  [
    'null ? 1 : 2',
    '1,1-5: Null condition; The condition value is null. Conditions must either be true or false.',
  ],
  ['"x" ? 1 : 2', '1,1-4: Incorrect condition type; The condition expression must be of type bool.'],
  ['"true" ? 1 : 2', '1'],
  ['1 ? 1 : 2', '1,1-2: Incorrect condition type; The condition expression must be of type bool.'],
  ['true ? l : ["z"]', '["x","y"]'],
  [
    'true ? l : 1',
    "1,8-13: Inconsistent conditional result types; The true and false result expressions must have consistent types. The 'true' value is list of string, but the 'false' value is number.",
  ],
  ['true ? m : {c=1}', '{"a":"A","b":"B"}'],
  [
    'true ? m : l',
    "1,8-13: Inconsistent conditional result types; The true and false result expressions must have consistent types. The 'true' value is map of string, but the 'false' value is list of string.",
  ],
  ['false ? "abc" : 5', '"5"'],
  ['true ? nul : 5', 'null'],
  ['true ? false ? 1 : 2 : 3', '2'],
  ['1 == 1 ? "a" : "b"', '"a"'],
]

const test = suite('parser/eval: conditionals')
for (const [expression, want] of cases) test(expression, () => assert.is(evaluated(expression), want))
test.run()
