import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { evaluated } from './expressions.ts'

const cases: readonly (readonly [expression: string, want: string])[] = [
  ['[{a=[1,2]},{a=[3]}].*.a[0]', '[1,2]'],
  ['[{a=[1,2]},{a=[3]}][*].a[0]', '[1,3]'],
  ['null[*]', '[]'],
  ['"x"[*]', '["x"]'],
  ['nul[*]', '[]'],
  ['l[*]', '["x","y"]'],
  ['m[*]', '[{"a":"A","b":"B"}]'],
  [
    'l[*].a',
    "1,5-7: Unsupported attribute; Can't access attributes on a primitive-typed value (string). (+1)",
  ],
  ['[{a=1}][*].b', '1,11-13: Unsupported attribute; This object does not have an attribute named "b".'],
  [
    '[{a=1},{a=2}].*.b',
    '1,16-18: Unsupported attribute; This object does not have an attribute named "b". (+1)',
  ],
  ['nope[*].a', '1,1-5: Unknown variable; There is no variable named "nope".'],
  ['convert([{a=1}], list(object({a=number})))[*].a', '[1]'],
  ['convert([], list(object({a=number})))[*].a', '[]'],
  [
    'convert([], list(object({a=number})))[*].b',
    '1,41-43: Unsupported attribute; This object does not have an attribute named "b".',
  ],
  [
    'convert(null, list(string))[*]',
    '1,1-28: Splat of null value; Splat expressions (with the * symbol) cannot be applied to null sequences.',
  ],
  ['{a={b=[{c=1}]}}.a.b[*].c', '[1]'],
  ['[[{c=1}],[{c=2}]][*][*].c', '[[1],[2]]'],
  ['convert([["a"]], list(list(string)))[*][0]', '["a"]'],
]

const test = suite('parser/eval: splats')
for (const [expression, want] of cases) test(expression, () => assert.is(evaluated(expression), want))
test.run()
