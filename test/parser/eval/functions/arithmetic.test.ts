import { callSuite } from './calls.ts'

/** A call and its result as JSON, or its error behind `error: `. */
const cases: readonly (readonly [call: string, want: string])[] = [
  ['absolute(-3)', '3'],
  ['absolute(2.5)', '2.5'],
  ['absolute("-7")', '7'],
  [
    'absolute("x")',
    'error: Invalid function argument; Invalid value for "num" parameter: a number is required.',
  ],
  [
    'absolute(null)',
    'error: Invalid function argument; Invalid value for "num" parameter: argument must not be null.',
  ],
  [
    'absolute()',
    'error: Not enough function arguments; Function "absolute" expects 1 argument(s). Missing value for "num".',
  ],
  ['absolute(1,2)', 'error: Too many function arguments; Function "absolute" expects only 1 argument(s).'],
  [
    'absolute([1])',
    'error: Invalid function argument; Invalid value for "num" parameter: number required, but have tuple.',
  ],
  ['negate(5)', '-5'],
  ['negate(0)', '-0'],
  ['negate(-0.5)', '0.5'],
  ['add(1,2)', '3'],
  ['add("1",2)', '3'],
  ['add(0.1,0.2)', '0.3'],
  ['add(1/0,1)', 'error: cannot serialize infinity as JSON'],
  [
    'add(1/0,-1/0)',
    'error: Error in function call; Call to function "add" failed: can\'t compute sum of opposing infinities.',
  ],
  ['subtract(1,2)', '-1'],
  [
    'subtract(1/0,1/0)',
    'error: Error in function call; Call to function "subtract" failed: can\'t subtract infinity from itself.',
  ],
  ['multiply(3,4.5)', '13.5'],
  [
    'multiply(0,1/0)',
    'error: Error in function call; Call to function "multiply" failed: can\'t multiply zero by infinity.',
  ],
  ['multiply(12345678901234567890,98765432109876543210)', '1219326311370217952237463801111263526900'],
  [
    'divide(1,3)',
    '0.33333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333335',
  ],
  ['divide(10,4)', '2.5'],
  ['divide(1,0)', 'error: cannot serialize infinity as JSON'],
  [
    'divide(0,0)',
    'error: Error in function call; Call to function "divide" failed: can\'t divide zero by zero or infinity by infinity.',
  ],
  ['modulo(10,3)', '1'],
  ['modulo(-7,3)', '-1'],
  ['modulo(7.5,2)', '1.5'],
  ['modulo(10,0)', '10'],
  [
    'modulo(1/0,2)',
    'error: Error in function call; Call to function "modulo" failed: can\'t use modulo with zero and infinity.',
  ],
  [
    'modulo(5,1/0)',
    'error: Error in function call; Call to function "modulo" failed: can\'t use modulo with zero and infinity.',
  ],
  [
    'modulo(0,1/0)',
    'error: Error in function call; Call to function "modulo" failed: can\'t use modulo with zero and infinity.',
  ],
  ['modulo(1/0,0)', 'error: cannot serialize infinity as JSON'],
  [
    'modulo(10,0.3)',
    '0.09999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999928',
  ],
  ['ceil(1.2)', '2'],
  ['ceil(-1.2)', '-1'],
  ['ceil(3)', '3'],
  ['ceil(0)', '0'],
  ['ceil(-0.5)', '0'],
  ['floor(1.7)', '1'],
  ['floor(-1.2)', '-2'],
  ['floor(-0.5)', '-1'],
  ['floor(12345678901234567890.5)', '12345678901234567890'],
  ['int(1.7)', '1'],
  ['int(-1.7)', '-1'],
  ['int(5)', '5'],
  ['int(123456789012345678901234567890.7)', '123456789012345678901234567890'],
  ['min(3,1,2)', '1'],
  ['min("3",1)', '1'],
  ['min()', 'error: Error in function call; Call to function "min" failed: must pass at least one number.'],
  ['max()', 'error: Error in function call; Call to function "max" failed: must pass at least one number.'],
  ['max(1,2.5,-3)', '2.5'],
  ['max(1/0,2)', 'error: cannot serialize infinity as JSON'],
  ['min([1]...)', '1'],
  ['max([1,5,2]...)', '5'],
  [
    'min("a")',
    'error: Invalid function argument; Invalid value for "numbers" parameter: a number is required.',
  ],
  ['signum(-5)', '-1'],
  ['signum(0)', '0'],
  ['signum(10)', '1'],
  [
    'signum(1.5)',
    'error: Error in function call; Call to function "signum" failed: value must be a whole number, between -9223372036854775808 and 9223372036854775807.',
  ],
  ['signum(9223372036854775807)', '1'],
  [
    'signum(9223372036854775808)',
    'error: Error in function call; Call to function "signum" failed: value must be a whole number, between -9223372036854775808 and 9223372036854775807.',
  ],
  ['signum(-9223372036854775808)', '-1'],
  [
    'signum(-9223372036854775809)',
    'error: Error in function call; Call to function "signum" failed: value must be a whole number, between -9223372036854775808 and 9223372036854775807.',
  ],
  ['parseint("ff",16)', '255'],
  ['parseint("FF",16)', '255'],
  ['parseint("-10",2)', '-2'],
  ['parseint("+10",2)', '2'],
  ['parseint("zz",36)', '1295'],
  ['parseint("ZZ",36)', '1295'],
  ['parseint("Zz",62)', '3817'],
  ['parseint("zZ",62)', '2231'],
  [
    'parseint("10",1)',
    'error: Invalid function argument; Invalid value for "base" parameter: base must be a whole number between 2 and 62 inclusive.',
  ],
  [
    'parseint("10",63)',
    'error: Invalid function argument; Invalid value for "base" parameter: base must be a whole number between 2 and 62 inclusive.',
  ],
  [
    'parseint("10",2.5)',
    'error: Invalid function argument; Invalid value for "base" parameter: value must be a whole number, between -9223372036854775808 and 9223372036854775807.',
  ],
  [
    'parseint("12",2)',
    'error: Invalid function argument; Invalid value for "number" parameter: cannot parse "12" as a base 2 integer.',
  ],
  [
    'parseint("",10)',
    'error: Invalid function argument; Invalid value for "number" parameter: cannot parse "" as a base 10 integer.',
  ],
  [
    'parseint("-",10)',
    'error: Invalid function argument; Invalid value for "number" parameter: cannot parse "-" as a base 10 integer.',
  ],
  [
    'parseint("1_000",10)',
    'error: Invalid function argument; Invalid value for "number" parameter: cannot parse "1_000" as a base 10 integer.',
  ],
  [
    'parseint("0x10",16)',
    'error: Invalid function argument; Invalid value for "number" parameter: cannot parse "0x10" as a base 16 integer.',
  ],
  [
    'parseint(10,10)',
    'error: Invalid function argument; Invalid value for "number" parameter: first argument must be a string, not number.',
  ],
  [
    'parseint(true,10)',
    'error: Invalid function argument; Invalid value for "number" parameter: first argument must be a string, not bool.',
  ],
  [
    'parseint([1],10)',
    'error: Invalid function argument; Invalid value for "number" parameter: first argument must be a string, not tuple.',
  ],
  ['parseint("123456789012345678901234567890",10)', '123456789012345678901234567890'],
  [
    'parseint(" 1",10)',
    'error: Invalid function argument; Invalid value for "number" parameter: cannot parse " 1" as a base 10 integer.',
  ],
  [
    'parseint("1é",10)',
    'error: Invalid function argument; Invalid value for "number" parameter: cannot parse "1é" as a base 10 integer.',
  ],
  [
    'parseint("ff",10)',
    'error: Invalid function argument; Invalid value for "number" parameter: cannot parse "ff" as a base 10 integer.',
  ],
  [
    'modulo(0,1/0)',
    'error: Error in function call; Call to function "modulo" failed: can\'t use modulo with zero and infinity.',
  ],
]

callSuite('parser/eval/functions/arithmetic', cases).run()
