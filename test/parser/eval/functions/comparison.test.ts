import { callSuite } from './calls.ts'

/** A call and its result as JSON, or its error behind `error: `. */
const cases: readonly (readonly [call: string, want: string])[] = [
  ['and(true,false)', 'false'],
  ['and("true",true)', 'true'],
  [
    'and(1,true)',
    'error: Invalid function argument; Invalid value for "a" parameter: bool required, but have number.',
  ],
  ['and("x",true)', 'error: Invalid function argument; Invalid value for "a" parameter: a bool is required.'],
  [
    'and("TRUE",true)',
    'error: Invalid function argument; Invalid value for "a" parameter: a bool is required; to convert from string, use lowercase "true".',
  ],
  ['and("1",true)', 'true'],
  ['or(false,"false")', 'false'],
  ['or(true,false)', 'true'],
  ['not(true)', 'false'],
  ['not("false")', 'true'],
  [
    'not(null)',
    'error: Invalid function argument; Invalid value for "val" parameter: argument must not be null.',
  ],
  ['equal(1,1)', 'true'],
  ['equal("1",1)', 'false'],
  ['equal(null,null)', 'true'],
  ['equal([1],[1])', 'true'],
  ['equal([1],["1"])', 'false'],
  ['equal({a=1},{a=1})', 'true'],
  ['equal(1,null)', 'false'],
  [
    'equal(1)',
    'error: Not enough function arguments; Function "equal" expects 2 argument(s). Missing value for "b".',
  ],
  ['notequal(1,2)', 'true'],
  ['notequal("a","a")', 'false'],
  ['notequal(null,1)', 'true'],
  ['greaterthan(2,1)', 'true'],
  ['greaterthan("2",10)', 'false'],
  ['greaterthanorequalto(2,2)', 'true'],
  ['lessthan(1,2)', 'true'],
  ['lessthanorequalto(3,2)', 'false'],
  [
    'lessthan("a",1)',
    'error: Invalid function argument; Invalid value for "a" parameter: a number is required.',
  ],
  ['lessthan(1/0,1/0)', 'false'],
]

callSuite('parser/eval/functions/comparison', cases).run()
