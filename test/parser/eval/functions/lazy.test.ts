import { callSuite } from './calls.ts'

/** A call and its result as JSON, or its error behind `error: `. */
const cases: readonly (readonly [call: string, want: string])[] = [
  ['can(upper("x"))', 'true'],
  ['can(upper())', 'false'],
  ['can(nope)', 'false'],
  [
    'can()',
    'error: Not enough function arguments; Function "can" expects 1 argument(s). Missing value for "expression".',
  ],
  ['can(1,2)', 'error: Too many function arguments; Function "can" expects only 1 argument(s).'],
  ['try(nope,"a")', '"a"'],
  ['try(null,"x")', 'null'],
  ['try("a")', '"a"'],
  ['try(upper(),"b")', '"b"'],
  ['try([1][5],"z")', '"z"'],
  ['try({a=1}.b,"z")', '"z"'],
  ['convert(1,string)', '"1"'],
  ['convert("1",number)', '1'],
  [
    'convert("x",number)',
    'error: Invalid function argument; Invalid value for "value" parameter: a number is required.',
  ],
  ['convert(null,string)', 'null'],
  ['convert([1,"a"],list(string))', '["1","a"]'],
  ['convert(["a","a"],set(string))', '["a"]'],
  ['convert({a=1},object({a=string}))', '{"a":"1"}'],
  [
    'convert({a=1},object({a=string,b=string}))',
    'error: Invalid function argument; Invalid value for "value" parameter: attribute "b" is required.',
  ],
  ['convert({a=1,b=2},object({a=string}))', '{"a":"1"}'],
  ['convert([1,2],tuple([string,number]))', '["1",2]'],
  [
    'convert(1,foo)',
    'error: Invalid type specification; The keyword "foo" is not a valid type specification.',
  ],
  [
    'convert(1,list)',
    'error: Invalid type specification; The list type constructor requires one argument specifying the element type.',
  ],
  [
    'convert(1,list(string))',
    'error: Invalid function argument; Invalid value for "value" parameter: list of string required, but have number.',
  ],
  ['convert("a",any)', '"a"'],
  [
    'convert(1)',
    'error: Not enough function arguments; Function "convert" expects 2 argument(s). Missing value for "type".',
  ],
  ['convert("true",bool)', 'true'],
  ['convert({a=1},map(any))', '{"a":1}'],
  [
    'convert([1,true],list(any))',
    'error: Invalid function argument; Invalid value for "value" parameter: all list elements must have the same type.',
  ],
  [
    'try(nope,upper())',
    'error: Error in function call; Call to function "try" failed: no expression succeeded:\n- Unknown variable (at docker-bake.hcl:1,5-9)\n  There is no variable named "nope".\n- Not enough function arguments (at docker-bake.hcl:1,16-17)\n  Function "upper" expects 1 argument(s). Missing value for "str".\n\nAt least one expression must produce a successful result.',
  ],
  [
    'try()',
    'error: Error in function call; Call to function "try" failed: at least one argument is required.',
  ],
  ['convert({a=1},object({a=optional(string)}))', '{"a":"1"}'],
  [
    'convert({},object({a=optional(string)}))',
    'error: Invalid function argument; Invalid value for "value" parameter: attribute "a" is required.',
  ],
  [
    'convert({a=1},object({a=string,b=string}))',
    'error: Invalid function argument; Invalid value for "value" parameter: attribute "b" is required.',
  ],
  ['convert(nope,string)', 'error: Unknown variable; There is no variable named "nope".'],
]

callSuite('parser/eval/functions/lazy', cases).run()
