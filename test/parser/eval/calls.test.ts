import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { evaluated } from './expressions.ts'

const cases: readonly (readonly [expression: string, want: string])[] = [
  [
    'convert(["a"], set(string))[0]',
    "1,28-31: Invalid index; Elements of a set are identified only by their value and don't have any separate index or key to select with, so it's only possible to perform operations across all elements of the set.",
  ],
  [
    'convert(["a"], set(string)).a',
    '1,28-30: Unsupported attribute; This value does not have any attributes.',
  ],
  [
    'convert([{a=1}], list(object({a=number}))).a',
    '1,43-45: Unsupported attribute; Can\'t access attributes on a list of objects. Did you mean to access attribute "a" for a specific element of the list, or across all elements of the list?',
  ],
  [
    'convert([{a=1}], list(object({a=number}))).b',
    "1,43-45: Unsupported attribute; Can't access attributes on a list of objects. Did you mean to access an attribute for a specific element of the list, or across all elements of the list?",
  ],
  [
    'convert([{a=1}], set(object({a=number}))).b',
    "1,42-44: Unsupported attribute; Can't access attributes on a set of objects. Did you mean to access an attribute across all elements of the set?",
  ],
  [
    'upper()',
    '1,7-8: Not enough function arguments; Function "upper" expects 1 argument(s). Missing value for "str".',
  ],
  ['upper("a", "b")', '1,13-14: Too many function arguments; Function "upper" expects only 1 argument(s).'],
  [
    'upper(null)',
    '1,7-11: Invalid function argument; Invalid value for "str" parameter: argument must not be null.',
  ],
  [
    'upper([1])',
    '1,7-8: Invalid function argument; Invalid value for "str" parameter: string required, but have tuple.',
  ],
  ['upper(nope)', '1,7-11: Unknown variable; There is no variable named "nope".'],
  ['uper("x")', '1,1-5: Call to unknown function; There is no function named "uper". Did you mean "upper"?'],
  ['zzzzzzzz("x")', '1,1-9: Call to unknown function; There is no function named "zzzzzzzz".'],
  ['upper(l...)', '1,7-8: Too many function arguments; Function "upper" expects only 1 argument(s).'],
  ['upper(["x"]...)', '"X"'],
  [
    'upper("x"...)',
    '1,7-10: Invalid expanding argument value; The expanding argument (indicated by ...) must be of a tuple, list, or set type.',
  ],
  [
    'upper(null...)',
    '1,7-11: Invalid expanding argument value; The expanding argument (indicated by ...) must not be null.',
  ],
  [
    'upper([]...)',
    '1,12-13: Not enough function arguments; Function "upper" expects 1 argument(s). Missing value for "str".',
  ],
  ['min([3,1,2]...)', '1'],
  ['min()', '1,1-5: Error in function call; Call to function "min" failed: must pass at least one number.'],
  [
    'trim("x")',
    '1,9-10: Not enough function arguments; Function "trim" expects 2 argument(s). Missing value for "cutset".',
  ],
  [
    'join(",", 1)',
    '1,11-12: Invalid function argument; Invalid value for "lists" parameter: list of string required, but have number.',
  ],
  [
    'join(",", [1], [null])',
    '1,16-17: Invalid function argument; Invalid value for "lists" parameter: element 0 of list 2 is null; cannot concatenate null values.',
  ],
  ['try(nope, 1)', '1'],
  [
    'try(nope)',
    '1,1-5: Error in function call; Call to function "try" failed: no expression succeeded:\n- Unknown variable (at :1,5-9)\n  There is no variable named "nope".\n\nAt least one expression must produce a successful result.',
  ],
  [
    'try(nope, nope2)',
    '1,1-5: Error in function call; Call to function "try" failed: no expression succeeded:\n- Unknown variable (at :1,5-9)\n  There is no variable named "nope".\n- Unknown variable (at :1,11-16)\n  There is no variable named "nope2".\n\nAt least one expression must produce a successful result.',
  ],
  [
    'try()',
    '1,1-5: Error in function call; Call to function "try" failed: at least one argument is required.',
  ],
  ['can(nope)', 'false'],
  ['can(1)', 'true'],
  ['convert(1, string)', '"1"'],
  [
    'convert("x", number)',
    '1,10-11: Invalid function argument; Invalid value for "value" parameter: a number is required.',
  ],
  ['convert(nope, number)', '1,9-13: Unknown variable; There is no variable named "nope".'],
  [
    'convert(1, foo)',
    '1,12-15: Invalid type specification; The keyword "foo" is not a valid type specification.',
  ],
  [
    'convert(1)',
    '1,10-11: Not enough function arguments; Function "convert" expects 2 argument(s). Missing value for "type".',
  ],
  [
    'convert(["a"], list)',
    '1,16-20: Invalid type specification; The list type constructor requires one argument specifying the element type.',
  ],
  [
    'convert({a=1}, object({b=string}))',
    '1,9-10: Invalid function argument; Invalid value for "value" parameter: attribute "b" is required.',
  ],
  ['convert({a=1}, object({a=optional(string)}))', '{"a":"1"}'],
  ['convert([1,"a"], tuple([string,string]))', '["1","a"]'],
  [
    'convert([1], tuple([string,string]))',
    '1,9-10: Invalid function argument; Invalid value for "value" parameter: tuple required.',
  ],
  [
    'convert(1, list(string, number))',
    '1,25-31: Invalid type specification; The list type constructor requires one argument specifying the element type.',
  ],
  [
    'convert(1, "string")',
    '1,12-20: Invalid type specification; A type specification is either a primitive type keyword (bool, number, string) or a complex type constructor call, like list(string).',
  ],
  ['upper(5)', '"5"'],
  ['upper(true)', '"TRUE"'],
  [
    'split(5)',
    '1,8-9: Not enough function arguments; Function "split" expects 2 argument(s). Missing value for "str".',
  ],
  ['l == convert(["x","y"], list(string))', 'true'],
  ['f(nope)', '1,1-2: Call to unknown function; There is no function named "f". Did you mean "or"?'],
  ['upper(upper(nope))', '1,13-17: Unknown variable; There is no variable named "nope".'],
  [
    'upper(lower(5, 6))',
    '1,16-17: Too many function arguments; Function "lower" expects only 1 argument(s).',
  ],
]

const test = suite('parser/eval: calls')
for (const [expression, want] of cases) test(expression, () => assert.is(evaluated(expression), want))
test.run()
