import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { evaluated } from './expressions.ts'

const cases: readonly (readonly [expression: string, want: string])[] = [
  ['["a","b"]["1"]', '"b"'],
  ['["a","b"][1]', '"b"'],
  [
    '["a","b"][2]',
    '1,10-13: Invalid index; The given key does not identify an element in this collection value: the given index is greater than or equal to the length of the collection.',
  ],
  [
    '["a","b"][-1]',
    '1,10-14: Invalid index; The given key does not identify an element in this collection value: a negative number is not a valid index for a sequence.',
  ],
  [
    '["a","b"][0.5]',
    '1,10-15: Invalid index; The given key does not identify an element in this collection value: indexing a sequence requires a whole number, but the given index has a fractional part.',
  ],
  [
    '["a","b"]["x"]',
    '1,10-15: Invalid index; The given key does not identify an element in this collection value: a number is required.',
  ],
  [
    '["a","b"][true]',
    '1,10-16: Invalid index; The given key does not identify an element in this collection value: number required, but have bool.',
  ],
  ['["a","b"][null]', "1,10-16: Invalid index; Can't use a null value as an indexing key."],
  [
    '[][0]',
    '1,3-6: Invalid index; The given key does not identify an element in this collection value: the collection has no elements.',
  ],
  ['l[0]', '"x"'],
  ['l[5]', '1,2-5: Invalid index; The given key does not identify an element in this collection value.'],
  ['l.0', '"x"'],
  ['l.foo', '1,2-6: Unsupported attribute; This value does not have any attributes.'],
  ['m.a', '"A"'],
  ['m.zz', '1,2-5: Missing map element; This map does not have an element with the key "zz".'],
  ['m["zz"]', '1,2-8: Invalid index; The given key does not identify an element in this collection value.'],
  ['m["a"]', '"A"'],
  ['m[0]', '1,2-5: Invalid index; The given key does not identify an element in this collection value.'],
  ['{a=1}.b', '1,6-8: Unsupported attribute; This object does not have an attribute named "b".'],
  [
    '{a=1}["b"]',
    '1,6-11: Invalid index; The given key does not identify an element in this collection value.',
  ],
  [
    '{a=1}[0]',
    '1,6-9: Invalid index; The given key does not identify an element in this collection value. An object only supports looking up attributes by name, not by numeric index.',
  ],
  ['{a=1}[nope]', '1,7-11: Unknown variable; There is no variable named "nope".'],
  ['nope[nope2]', '1,1-5: Unknown variable; There is no variable named "nope". (+1)'],
  ['nope.a.b', '1,1-5: Unknown variable; There is no variable named "nope".'],
  [
    'null.a',
    '1,5-7: Attempt to get attribute from null value; This value is null, so it does not have any attributes.',
  ],
  ['null[0]', '1,5-8: Attempt to index null value; This value is null, so it does not have any indices.'],
  [
    'nul.a',
    '1,4-6: Attempt to get attribute from null value; This value is null, so it does not have any attributes.',
  ],
  ['nul[0]', '1,4-7: Attempt to index null value; This value is null, so it does not have any indices.'],
  ['s.a', "1,2-4: Unsupported attribute; Can't access attributes on a primitive-typed value (string)."],
  ['s[0]', '1,2-5: Invalid index; This value does not have any indices.'],
  ['[{a=1}].a', '1,8-10: Unsupported attribute; This value does not have any attributes.'],
  ['l[n]', '1,2-5: Invalid index; The given key does not identify an element in this collection value.'],
  [
    'l[s]',
    '1,2-5: Invalid index; The given key does not identify an element in this collection value: a number is required.',
  ],
  ['m[s]', '1,2-5: Invalid index; The given key does not identify an element in this collection value.'],
  ['m[nope]', '1,3-7: Unknown variable; There is no variable named "nope".'],
  ['m.a.b', "1,4-6: Unsupported attribute; Can't access attributes on a primitive-typed value (string)."],
  ['m.a[0]', '1,4-7: Invalid index; This value does not have any indices.'],
]

const test = suite('parser/eval: access')
for (const [expression, want] of cases) test(expression, () => assert.is(evaluated(expression), want))
test.run()
