import { callSuite } from './calls.ts'

/** A call and its result as JSON, or its error behind `error: `. */
const cases: readonly (readonly [call: string, want: string])[] = [
  ['concat(["a"],["b"])', '["a","b"]'],
  ['concat(["a"],[1])', '["a",1]'],
  [
    'concat()',
    'error: Error in function call; Call to function "concat" failed: at least one argument is required.',
  ],
  ['concat([])', '[]'],
  [
    'concat("a")',
    'error: Invalid function argument; Invalid value for "seqs" parameter: all arguments must be lists or tuples; got string.',
  ],
  [
    'concat(["a"],"b")',
    'error: Invalid function argument; Invalid value for "seqs" parameter: all arguments must be lists or tuples; got string.',
  ],
  [
    'concat(["a"],null)',
    'error: Invalid function argument; Invalid value for "seqs" parameter: argument must not be null.',
  ],
  ['concat(range(2),range(2))', '[0,1,0,1]'],
  ['concat(range(2),["a"])', '[0,1,"a"]'],
  ['concat(split(",","a,b"),range(2))', '["a","b","0","1"]'],
  ['concat(convert([[1]],list(list(number))),range(2))', '[[1],0,1]'],
  [
    'concat(convert(["a"],set(string)))',
    'error: Invalid function argument; Invalid value for "seqs" parameter: all arguments must be lists or tuples; got set of string.',
  ],
  ['coalesce(null,"","x")', '""'],
  ['coalesce("",1)', '""'],
  [
    'coalesce(1,true)',
    'error: Error in function call; Call to function "coalesce" failed: all arguments must have the same type.',
  ],
  [
    'coalesce(null)',
    'error: Error in function call; Call to function "coalesce" failed: no non-null arguments.',
  ],
  [
    'coalesce(null,null)',
    'error: Error in function call; Call to function "coalesce" failed: no non-null arguments.',
  ],
  [
    'coalesce()',
    'error: Error in function call; Call to function "coalesce" failed: all arguments must have the same type.',
  ],
  ['coalesce(null,[1],["a"])', '[1]'],
  ['coalesce({a=1},{b=2})', '{"a":1}'],
  [
    'coalesce([1],"a")',
    'error: Error in function call; Call to function "coalesce" failed: all arguments must have the same type.',
  ],
  ['coalesce(null,1,"x")', '"1"'],
  ['coalescelist([],[1])', '[1]'],
  [
    'coalescelist([])',
    'error: Error in function call; Call to function "coalescelist" failed: no non-null arguments.',
  ],
  [
    'coalescelist()',
    'error: Error in function call; Call to function "coalescelist" failed: at least one argument is required.',
  ],
  [
    'coalescelist(null,[1])',
    'error: Error in function call; Call to function "coalescelist" failed: coalescelist arguments must be lists or tuples.',
  ],
  [
    'coalescelist("a",[1])',
    'error: Error in function call; Call to function "coalescelist" failed: coalescelist arguments must be lists or tuples.',
  ],
  ['coalescelist([],range(2))', '[0,1]'],
  ['coalescelist([],["a"],[1])', '["a"]'],
  ['coalescelist(convert(null,list(string)),["a"])', '["a"]'],
  ['merge({a=1},{b=2})', '{"a":1,"b":2}'],
  ['merge({a=1},{a="x"})', '{"a":"x"}'],
  ['merge({a=1},null)', '{"a":1}'],
  ['merge(null,{a=1})', '{"a":1}'],
  ['merge(null)', '{}'],
  ['merge(null,null)', '{}'],
  ['merge()', '{}'],
  [
    'merge({a=1},[1])',
    'error: Error in function call; Call to function "merge" failed: arguments must be maps or objects, got "tuple".',
  ],
  [
    'merge([1])',
    'error: Error in function call; Call to function "merge" failed: arguments must be maps or objects, got "tuple".',
  ],
  [
    'merge("x")',
    'error: Error in function call; Call to function "merge" failed: arguments must be maps or objects, got "string".',
  ],
  ['merge(convert({a=1},map(string)),convert({b=1},map(string)))', '{"a":"1","b":"1"}'],
  ['merge(convert({a=1},map(string)),convert({b=1},map(number)))', '{"a":"1","b":1}'],
  ['merge(convert({a=1},map(string)),{b=2})', '{"a":"1","b":2}'],
  ['merge(convert(null,map(string)),{b=2})', '{"b":2}'],
  ['zipmap(["a","b"],[1,"x"])', '{"a":1,"b":"x"}'],
  [
    'zipmap(["a"],[1,2])',
    'error: Error in function call; Call to function "zipmap" failed: number of keys (1) does not match number of values (2).',
  ],
  ['zipmap(["a","b"],range(2))', '{"a":0,"b":1}'],
  [
    'zipmap(["a"],range(2))',
    'error: Error in function call; Call to function "zipmap" failed: number of keys (1) does not match number of values (2).',
  ],
  ['zipmap([],[])', '{}'],
  ['zipmap([],range(0))', '{}'],
  ['zipmap(["a","a"],[1,2])', '{"a":2}'],
  [
    'zipmap([null],[1])',
    'error: Error in function call; Call to function "zipmap" failed: keys list has null value at index 0.',
  ],
  [
    'zipmap(["a"],"x")',
    'error: Error in function call; Call to function "zipmap" failed: values argument must be a list or tuple value.',
  ],
  [
    'zipmap(["a"],{a=1})',
    'error: Error in function call; Call to function "zipmap" failed: values argument must be a list or tuple value.',
  ],
  ['zipmap([1,true],["x","y"])', '{"1":"x","true":"y"}'],
]

callSuite('parser/eval/functions/collections-build', cases).run()
