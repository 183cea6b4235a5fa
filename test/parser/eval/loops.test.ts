import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { evaluated } from './expressions.ts'

const cases: readonly (readonly [expression: string, want: string])[] = [
  ['[for x in l: x]', '["x","y"]'],
  ['[for i, x in l: "${i}${x}"]', '["0x","1y"]'],
  ['[for k, v in m: "${k}=${v}"]', '["a=A","b=B"]'],
  ['{for k, v in m: v => k}', '{"A":"a","B":"b"}'],
  [
    '{for x in ["a","a"]: x => 1}',
    '1,22-23: Duplicate object key; Two different items produced the key "a" in this \'for\' expression. If duplicates are expected, use the ellipsis (...) after the value expression to enable grouping by key.',
  ],
  ['{for x in ["a","a"]: x => 1...}', '{"a":[1,1]}'],
  [
    '{for x in l: null => 1}',
    "1,14-18: Invalid object key; Key expression in 'for' expression must not produce a null value.",
  ],
  [
    '{for x in l: [x] => 1}',
    '1,14-17: Invalid object key; The key expression produced an invalid result: string required, but have tuple.',
  ],
  ['{for x in l: nope => x}', '1,14-18: Unknown variable; There is no variable named "nope". (+1)'],
  ['[for x in l: x if nope]', '1,19-23: Unknown variable; There is no variable named "nope".'],
  ['[for x in l: x if null]', "1,19-23: Condition is null; The value of the 'if' clause must not be null."],
  [
    '[for x in l: x if x]',
    "1,19-20: Invalid 'for' condition; The 'if' clause value is invalid: a bool is required.",
  ],
  ['[for x in l: x if x == "x"]', '["x"]'],
  [
    '[for x in l: x if "s"]',
    "1,19-22: Invalid 'for' condition; The 'if' clause value is invalid: a bool is required.",
  ],
  [
    '[for x in "str": x]',
    "1,11-16: Iteration over non-iterable value; A value of type string cannot be used as the collection in a 'for' expression.",
  ],
  [
    '[for x in 5: x]',
    "1,11-12: Iteration over non-iterable value; A value of type number cannot be used as the collection in a 'for' expression.",
  ],
  [
    '[for x in null: x]',
    "1,11-15: Iteration over null value; A null value cannot be used as the collection in a 'for' expression.",
  ],
  ['[for x in nope: x]', '1,11-15: Unknown variable; There is no variable named "nope".'],
  ['[for x in []: nope]', '[]'],
  ['[for x in [1,2]: nope]', '1,18-22: Unknown variable; There is no variable named "nope". (+1)'],
  ['[for x in [1,2]: x + nope]', '1,22-26: Unknown variable; There is no variable named "nope". (+1)'],
  [
    '[for x in [1,2,"a"]: x + 1]',
    '1,22-23: Invalid operand; Unsuitable value for left operand: a number is required.',
  ],
  ['{for x in [1,2]: x => nope}', '1,23-27: Unknown variable; There is no variable named "nope". (+1)'],
  ['[for x in convert(["b","a"], set(string)): x]', '["a","b"]'],
  ['[for k, x in convert(["b","a"], set(string)): k]', '["a","b"]'],
]

const test = suite('parser/eval: loops')
for (const [expression, want] of cases) test(expression, () => assert.is(evaluated(expression), want))
test.run()
