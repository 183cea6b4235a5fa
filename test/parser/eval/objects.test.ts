import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { evaluated } from './expressions.ts'

const cases: readonly (readonly [expression: string, want: string])[] = [
  ['{(null) = 1}', "1,11-12: Null value as key; Can't use a null value as a key."],
  [
    '{([1]) = 1}',
    "1,2-7: Incorrect key type; Can't use this value as a key: string required, but have tuple.",
  ],
  ['{(nope) = 1, b = nope2}', '1,3-7: Unknown variable; There is no variable named "nope". (+1)'],
  [
    '{a.b = 1}',
    "1,2-5: Ambiguous attribute key; If this expression is intended to be a reference, wrap it in parentheses. If it's instead intended as a literal name containing periods, wrap it in quotes to create a string literal.",
  ],
  ['{true = 1, null = 2, 3 = 4}', '{"3":4,"null":2,"true":1}'],
  ['{a = 1, a = 2}', '{"a":2}'],
  ['{(s) = n}', '{"str":5}'],
  ['{s = n}', '{"s":5}'],
]

const test = suite('parser/eval: objects')
for (const [expression, want] of cases) test(expression, () => assert.is(evaluated(expression), want))
test.run()
