import { callSuite } from './calls.ts'

/** A call and its result as JSON, or its error behind `error: `. */
const cases: readonly (readonly [call: string, want: string])[] = [
  ['split(",","a,b,,c")', '["a","b","","c"]'],
  ['split(",","")', '[""]'],
  ['split("","héy")', '["h","é","y"]'],
  ['split("","")', '[]'],
  ['split(",","abc")', '["abc"]'],
  ['split("ab","xabyabz")', '["x","y","z"]'],
  ['join(",",["a","b"])', '"a,b"'],
  ['join(",",["a",1,true])', '"a,1,true"'],
  ['join(",",[])', '""'],
  ['join(",",["a"],["b","c"])', '"a,b,c"'],
  [
    'join(",")',
    'error: Error in function call; Call to function "join" failed: at least one list is required.',
  ],
  [
    'join(",",["a",null])',
    'error: Invalid function argument; Invalid value for "lists" parameter: element 1 is null; cannot concatenate null values.',
  ],
  [
    'join(",",["a"],[null])',
    'error: Invalid function argument; Invalid value for "lists" parameter: element 0 of list 2 is null; cannot concatenate null values.',
  ],
  ['join("",range(3))', '"012"'],
  [
    'join("",range(3)...)',
    'error: Invalid function argument; Invalid value for "lists" parameter: list of string required, but have number.',
  ],
  [
    'join(",","abc")',
    'error: Invalid function argument; Invalid value for "lists" parameter: list of string required, but have string.',
  ],
  [
    'join(",",{a=1})',
    'error: Invalid function argument; Invalid value for "lists" parameter: list of string required.',
  ],
  [
    'join(",",[[1]])',
    'error: Invalid function argument; Invalid value for "lists" parameter: element 0: string required, but have tuple.',
  ],
  [
    'join(",",null)',
    'error: Invalid function argument; Invalid value for "lists" parameter: argument must not be null.',
  ],
  ['sort([3,10,1])', '["1","10","3"]'],
  ['sort(["b","a","B","é","z"])', '["B","a","b","z","é"]'],
  ['sort([])', '[]'],
  [
    'sort(["a",null])',
    'error: Error in function call; Call to function "sort" failed: given list element 1 is null; a null string cannot be sorted.',
  ],
  [
    'sort("x")',
    'error: Invalid function argument; Invalid value for "list" parameter: list of string required, but have string.',
  ],
  ['sort(["\\uff5e","😀"])', '["～","😀"]'],
]

callSuite('parser/eval/functions/text-lists', cases).run()
