import { callSuite } from './calls.ts'

/** A call and its result as JSON, or its error behind `error: `. */
const cases: readonly (readonly [call: string, want: string])[] = [
  ['length([1,2])', '2'],
  ['length([])', '0'],
  [
    'length({a=1})',
    'error: Error in function call; Call to function "length" failed: collection must be a list, a map or a tuple.',
  ],
  [
    'length("abc")',
    'error: Error in function call; Call to function "length" failed: collection must be a list, a map or a tuple.',
  ],
  [
    'length(null)',
    'error: Invalid function argument; Invalid value for "collection" parameter: argument must not be null.',
  ],
  ['length(convert({a=1},map(string)))', '1'],
  ['length(convert(["a","a"],set(string)))', '1'],
  [
    'length(1)',
    'error: Error in function call; Call to function "length" failed: collection must be a list, a map or a tuple.',
  ],
  ['element(["a","b","c"],1)', '"b"'],
  ['element(["a","b","c"],4)', '"b"'],
  ['element(["a","b","c"],-1)', '"c"'],
  [
    'element([],0)',
    'error: Error in function call; Call to function "element" failed: cannot use element function with an empty list.',
  ],
  ['element(range(3),5)', '2'],
  [
    'element(convert([],list(string)),0)',
    'error: Error in function call; Call to function "element" failed: cannot use element function with an empty list.',
  ],
  [
    'element("abc",0)',
    'error: Error in function call; Call to function "element" failed: cannot read elements from string.',
  ],
  [
    'element({a=1},0)',
    'error: Error in function call; Call to function "element" failed: cannot read elements from object.',
  ],
  [
    'element(["a"],1.5)',
    'error: Error in function call; Call to function "element" failed: invalid index: value must be a whole number, between -9223372036854775808 and 9223372036854775807.',
  ],
  [
    'element(range(3),1.5)',
    'error: Error in function call; Call to function "element" failed: invalid index: value must be a whole number, between -9223372036854775808 and 9223372036854775807.',
  ],
  [
    'element(convert(["a"],set(string)),0)',
    'error: Error in function call; Call to function "element" failed: cannot read elements from set of string.',
  ],
  ['index(["a","b"],1)', '"b"'],
  [
    'index(["a","b"],2)',
    'error: Error in function call; Call to function "index" failed: key must be between 0 and 2 inclusive.',
  ],
  [
    'index(["a","b"],-1)',
    'error: Error in function call; Call to function "index" failed: key must be between 0 and 2 inclusive.',
  ],
  [
    'index(["a","b"],"1")',
    'error: Error in function call; Call to function "index" failed: key for tuple must be number.',
  ],
  [
    'index(["a","b"],1.5)',
    'error: Error in function call; Call to function "index" failed: invalid key for tuple: value must be a whole number, between -9223372036854775808 and 9223372036854775807.',
  ],
  ['index(range(3),5)', 'error: Error in function call; Call to function "index" failed: invalid index.'],
  [
    'index(range(3),"a")',
    'error: Error in function call; Call to function "index" failed: key for list must be number.',
  ],
  ['index(range(3),1.5)', 'error: Error in function call; Call to function "index" failed: invalid index.'],
  [
    'index({a=1},"a")',
    'error: Error in function call; Call to function "index" failed: collection must be a list, a map or a tuple.',
  ],
  ['index(convert({a=1},map(string)),"a")', '"1"'],
  [
    'index(convert({a=1},map(string)),"b")',
    'error: Error in function call; Call to function "index" failed: invalid index.',
  ],
  [
    'index(convert({a=1},map(string)),1)',
    'error: Error in function call; Call to function "index" failed: key for map must be string.',
  ],
  [
    'index("abc",0)',
    'error: Error in function call; Call to function "index" failed: collection must be a list, a map or a tuple.',
  ],
  ['indexof(["a","b"],"b")', '1'],
  [
    'indexof(["a","b"],"c")',
    'error: Error in function call; Call to function "indexof" failed: item not found.',
  ],
  ['indexof([1,2],"1")', 'error: Error in function call; Call to function "indexof" failed: item not found.'],
  [
    'indexof([],"c")',
    'error: Error in function call; Call to function "indexof" failed: cannot search an empty list.',
  ],
  [
    'indexof({a=1},"c")',
    'error: Error in function call; Call to function "indexof" failed: argument must be a list or tuple.',
  ],
  [
    'indexof("abc","a")',
    'error: Error in function call; Call to function "indexof" failed: argument must be a list or tuple.',
  ],
  ['indexof(range(3),2)', '2'],
  ['indexof([[1],[2]],[2])', '1'],
  ['hasindex(["a"],0)', 'true'],
  ['hasindex(["a"],1)', 'false'],
  ['hasindex(["a"],"0")', 'false'],
  ['hasindex(["a"],0.5)', 'false'],
  [
    'hasindex({a=1},"a")',
    'error: Error in function call; Call to function "hasindex" failed: collection must be a list, a map or a tuple.',
  ],
  ['hasindex(convert({a=1},map(string)),"a")', 'true'],
  ['hasindex(convert({a=1},map(string)),0)', 'false'],
  [
    'hasindex("a",0)',
    'error: Error in function call; Call to function "hasindex" failed: collection must be a list, a map or a tuple.',
  ],
  ['lookup({a=1},"a","z")', '1'],
  ['lookup({a=1},"b","z")', '"z"'],
  [
    'lookup({a=1},"b",null)',
    'error: Invalid function argument; Invalid value for "default" parameter: argument must not be null.',
  ],
  ['lookup(convert({a=1},map(string)),"b",5)', '"5"'],
  [
    'lookup(convert({a=1},map(number)),"b","x")',
    'error: Invalid function argument; Invalid value for "default" parameter: the default value must have the same type as the map elements.',
  ],
  [
    'lookup(convert({a=1},map(number)),"a","x")',
    'error: Invalid function argument; Invalid value for "default" parameter: the default value must have the same type as the map elements.',
  ],
  [
    'lookup(convert({a=1},map(number)),"b",[1])',
    'error: Invalid function argument; Invalid value for "default" parameter: the default value must have the same type as the map elements.',
  ],
  [
    'lookup(convert({a=1},map(number)),"a",[1])',
    'error: Invalid function argument; Invalid value for "default" parameter: the default value must have the same type as the map elements.',
  ],
  [
    'lookup([1],"b","z")',
    'error: Invalid function argument; Invalid value for "inputMap" parameter: lookup() requires a map as the first argument.',
  ],
  [
    'lookup({a=1},"a")',
    'error: Not enough function arguments; Function "lookup" expects 3 argument(s). Missing value for "default".',
  ],
  ['lookup({"1"=2},1,0)', '2'],
  ['keys({b=1,a=2})', '["a","b"]'],
  ['keys({})', '[]'],
  ['keys(convert({b=1,a=2},map(string)))', '["a","b"]'],
  ['keys(convert({},map(string)))', '[]'],
  [
    'keys([1])',
    'error: Invalid function argument; Invalid value for "inputMap" parameter: must have map or object type.',
  ],
  [
    'keys("x")',
    'error: Invalid function argument; Invalid value for "inputMap" parameter: must have map or object type.',
  ],
  ['values({b=1,a="x"})', '["x",1]'],
  ['values({})', '[]'],
  ['values(convert({b=1,a=2},map(string)))', '["2","1"]'],
  [
    'values([1])',
    'error: Error in function call; Call to function "values" failed: values() requires a map as the first argument.',
  ],
  ['contains(["a","b"],"a")', 'true'],
  ['contains(["1"],1)', 'false'],
  ['contains([],"a")', 'false'],
  [
    'contains({a=1},1)',
    'error: Error in function call; Call to function "contains" failed: argument must be list, tuple, or set.',
  ],
  [
    'contains("abc","a")',
    'error: Error in function call; Call to function "contains" failed: argument must be list, tuple, or set.',
  ],
  ['contains(convert(["a"],set(string)),"a")', 'true'],
  [
    'contains([null],null)',
    'error: Invalid function argument; Invalid value for "value" parameter: argument must not be null.',
  ],
  ['contains([[1]],[1])', 'true'],
]

callSuite('parser/eval/functions/collections-read', cases).run()
