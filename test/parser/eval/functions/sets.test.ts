import { callSuite } from './calls.ts'

/** A call and its result as JSON, or its error behind `error: `. */
const cases: readonly (readonly [call: string, want: string])[] = [
  ['setunion(["b"],[1])', '["1","b"]'],
  ['setunion(["b","a"],["c"])', '["a","b","c"]'],
  ['setunion([])', '[]'],
  ['setunion([],["a"])', '["a"]'],
  [
    'setunion([1],[true])',
    'error: Error in function call; Call to function "setunion" failed: given sets must all have compatible element types.',
  ],
  ['setunion([1,2],[10,3])', '[1,2,3,10]'],
  ['setunion([[1]],[[2]])', '[[1],[2]]'],
  ['setunion([{a=1}],[{a=2}])', '[{"a":1},{"a":2}]'],
  [
    'setunion("a")',
    'error: Invalid function argument; Invalid value for "first_set" parameter: set of dynamic required, but have string.',
  ],
  [
    'setunion()',
    'error: Not enough function arguments; Function "setunion" expects at least 1 argument(s). Missing value for "first_set".',
  ],
  ['setunion([true],["x"])', '["true","x"]'],
  ['setunion([[]],[["a"]])', '[["a"],[]]'],
  ['setintersection(["a","b"],["b","c"])', '["b"]'],
  ['setintersection(["a","b"],["b","c"],["c"])', '[]'],
  ['setintersection([1],["1"])', '["1"]'],
  ['setintersection([1])', '[1]'],
  ['setsubtract(["a","b"],["b"])', '["a"]'],
  ['setsubtract(["a","b"],[])', '["a","b"]'],
  ['setsubtract([1,2,3],["2"])', '["1","3"]'],
  [
    'setsubtract(["a"])',
    'error: Not enough function arguments; Function "setsubtract" expects 2 argument(s). Missing value for "b".',
  ],
  ['setsubtract([],["a"])', '[]'],
  [
    'setsubtract(["a"],["b"],["c"])',
    'error: Too many function arguments; Function "setsubtract" expects only 2 argument(s).',
  ],
  ['setsymmetricdifference(["a","b"],["b","c"])', '["a","c"]'],
  ['setsymmetricdifference(["a","b"],["b","c"],["a"])', '["c"]'],
  [
    'setsymmetricdifference([1],[true])',
    'error: Error in function call; Call to function "setsymmetricdifference" failed: given sets must all have compatible element types.',
  ],
  ['sethaselement(["a","b"],"a")', 'true'],
  ['sethaselement(["a","b"],1)', 'false'],
  ['sethaselement([1,2],1)', 'true'],
  ['sethaselement([],1)', 'false'],
  [
    'sethaselement("x",1)',
    'error: Invalid function argument; Invalid value for "set" parameter: set of dynamic required, but have string.',
  ],
  ['setproduct(["a","b"],[1,2])', '[["a",1],["a",2],["b",1],["b",2]]'],
  [
    'setproduct(["a","b"])',
    'error: Error in function call; Call to function "setproduct" failed: at least two arguments are required.',
  ],
  ['setproduct(["a"],[])', '[]'],
  ['setproduct([],[])', '[]'],
  ['setproduct(["a",1],[true])', '[["a",true],["1",true]]'],
  [
    'setproduct([1,true],["a"])',
    'error: Invalid function argument; Invalid value for "sets" parameter: all elements must be of the same type.',
  ],
  [
    'setproduct("a",["b"])',
    'error: Invalid function argument; Invalid value for "sets" parameter: a set or a list is required.',
  ],
  ['setproduct(convert(["b","a"],set(string)),["x"])', '[["a","x"],["b","x"]]'],
  ['setproduct(convert([],set(string)),["x"])', '[]'],
  ['setproduct(["a"],["b"],["c","d"])', '[["a","b","c"],["a","b","d"]]'],
  ['setproduct(range(2),["x"])', '[[0,"x"],[1,"x"]]'],
  ['setproduct([[1]],["x"])', '[[[1],"x"]]'],
  ['setproduct(["b","a"],convert([2,10],set(number)))', '[["a",10],["a",2],["b",10],["b",2]]'],
  [
    'setproduct(range(400),range(400))',
    'error: Error in function call; Call to function "setproduct" failed: more than 100000 combinations were generated.',
  ],
]

callSuite('parser/eval/functions/sets', cases).run()
