import { callSuite } from './calls.ts'

/** A call and its result as JSON, or its error behind `error: `. */
const cases: readonly (readonly [call: string, want: string])[] = [
  ['format("%s","a")', '"a"'],
  ['format("%%")', '"%"'],
  ['format("100%%")', '"100%"'],
  ['format("a")', '"a"'],
  [
    'format("a","b")',
    'error: Invalid function argument; Invalid value for "args" parameter: too many arguments; no verbs in format string.',
  ],
  [
    'format("%s","a","b")',
    'error: Invalid function argument; Invalid value for "args" parameter: too many arguments; only 1 used by format string.',
  ],
  [
    'format("%s")',
    'error: Error in function call; Call to function "format" failed: not enough arguments for "%s" at 0: need index 1 but have 0 total.',
  ],
  [
    'format("%s %s","a")',
    'error: Error in function call; Call to function "format" failed: not enough arguments for "%s" at 3: need index 2 but have 1 total.',
  ],
  ['format("%[2]s %[1]s","a","b")', '"b a"'],
  ['format("%[2]s %s","a","b","c")', '"b c"'],
  [
    'format("%[3]s","a","b")',
    'error: Error in function call; Call to function "format" failed: not enough arguments for "%[3]s" at 0: need index 3 but have 2 total.',
  ],
  [
    'format("%[0]s","a")',
    'error: Error in function call; Call to function "format" failed: unrecognized format character \'0\' at offset 2.',
  ],
  [
    'format("%[","a")',
    'error: Error in function call; Call to function "format" failed: invalid format string starting at offset 2.',
  ],
  [
    'format("%[1","a")',
    'error: Error in function call; Call to function "format" failed: invalid format string starting at offset 3.',
  ],
  [
    'format("%[1]","a")',
    'error: Error in function call; Call to function "format" failed: invalid format string starting at offset 4.',
  ],
  [
    'format("%","a")',
    'error: Error in function call; Call to function "format" failed: invalid format string starting at offset 1.',
  ],
  [
    'format("%5","a")',
    'error: Error in function call; Call to function "format" failed: invalid format string starting at offset 2.',
  ],
  [
    'format("%5%","a")',
    'error: Error in function call; Call to function "format" failed: unrecognized format character \'%\' at offset 2.',
  ],
  [
    'format("%!","a")',
    'error: Error in function call; Call to function "format" failed: unrecognized format character \'!\' at offset 1.',
  ],
  [
    'format("é%!","a")',
    'error: Error in function call; Call to function "format" failed: unrecognized format character \'!\' at offset 3.',
  ],
  [
    'format("é%é","a")',
    'error: Error in function call; Call to function "format" failed: unrecognized format character \'é\' at offset 3.',
  ],
  [
    'format("%z","a")',
    'error: Error in function call; Call to function "format" failed: unsupported format verb \'z\' in "%z" at offset 0.',
  ],
  [
    'format("%#z","a")',
    'error: Error in function call; Call to function "format" failed: unsupported format verb \'z\' in "%#z" at offset 0.',
  ],
  [
    'format("é%z","a")',
    'error: Error in function call; Call to function "format" failed: unsupported format verb \'z\' in "%z" at offset 2.',
  ],
  ['format("%v",1000000)', '"1e+06"'],
  ['format("%v",999999)', '"999999"'],
  ['format("%v",123456789)', '"1.23456789e+08"'],
  ['format("%v",100000)', '"100000"'],
  ['format("%v",1234567)', '"1.234567e+06"'],
  ['format("%v",0.00001)', '"1e-05"'],
  ['format("%v",0.0001)', '"0.0001"'],
  ['format("%v",1.5)', '"1.5"'],
  ['format("%v",0)', '"0"'],
  ['format("%v",-1)', '"-1"'],
  ['format("%v",1e21)', '"1e+21"'],
  [
    'format("%v",1/3)',
    '"0.33333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333335"',
  ],
  ['format("%v",1/0)', '"+Inf"'],
  ['format("%v","x")', '"x"'],
  ['format("%v",true)', '"true"'],
  ['format("%v",null)', '"null"'],
  ['format("%v",[1,"a",null])', '"[1,\\"a\\",null]"'],
  ['format("%v",{a=1,b="x"})', '"{\\"a\\":1,\\"b\\":\\"x\\"}"'],
  [
    'format("%v",[1/0])',
    'error: Error in function call; Call to function "format" failed: unsupported value for "%v" at 0: cannot serialize infinity as JSON.',
  ],
  ['format("%#v","x")', '"\\"x\\""'],
  ['format("%#v",1000000)', '"1000000"'],
  ['format("%#v",null)', '"null"'],
  ['format("%#v","<&>")', '"\\"\\\\u003c\\\\u0026\\\\u003e\\""'],
  ['format("%10v|","x")', '"         x|"'],
  ['format("%-10v|","x")', '"x         |"'],
  ['format("%010v|","x")', '"000000000x|"'],
  ['format("%10v|",12)', '"        12|"'],
  ['format("%-10v|",12)', '"12        |"'],
  ['format("%010v|",12)', '"0000000012|"'],
  ['format("%10v|",true)', '"      true|"'],
  ['format("%5v|",[1])', '"  [1]|"'],
  ['format("%5v|",null)', '" null|"'],
  ['format("%5v|","é👨‍👩‍👧‍👦")', '"   é👨‍👩‍👧‍👦|"'],
  ['format("%t",true)', '"true"'],
  ['format("%t","true")', '"true"'],
  [
    'format("%t","yes")',
    'error: Error in function call; Call to function "format" failed: unsupported value for "%t" at 0: a bool is required.',
  ],
  [
    'format("%t",1)',
    'error: Error in function call; Call to function "format" failed: unsupported value for "%t" at 0: bool required, but have number.',
  ],
  [
    'format("%t",null)',
    'error: Error in function call; Call to function "format" failed: unsupported value for "%t" at 0: null value cannot be formatted.',
  ],
  ['format("%5t|",true)', '"true|"'],
  [
    'format("%t",[1])',
    'error: Error in function call; Call to function "format" failed: unsupported value for "%t" at 0: bool required, but have tuple.',
  ],
  ['format("%s",1)', '"1"'],
  ['format("%s",1.50)', '"1.5"'],
  ['format("%s",1000000)', '"1000000"'],
  ['format("%s",true)', '"true"'],
  [
    'format("%s",null)',
    'error: Error in function call; Call to function "format" failed: unsupported value for "%s" at 0: null value cannot be formatted.',
  ],
  [
    'format("%s",[1])',
    'error: Error in function call; Call to function "format" failed: unsupported value for "%s" at 0: string required, but have tuple.',
  ],
  [
    'format("%s",{})',
    'error: Error in function call; Call to function "format" failed: unsupported value for "%s" at 0: string required, but have object.',
  ],
  ['format("%5s|","ab")', '"   ab|"'],
  ['format("%-5s|","ab")', '"ab   |"'],
  ['format("%05s|","ab")', '"000ab|"'],
  ['format("%.2s|","abc")', '"ab|"'],
  ['format("%.0s|","abc")', '"abc|"'],
  ['format("%.s|","abc")', '"abc|"'],
  ['format("%5.1s|","abc")', '"    a|"'],
  ['format("%.1s|","👨‍👩‍👧‍👦x")', '"👨‍👩‍👧‍👦|"'],
  ['format("%5s|","👨‍👩‍👧‍👦")', '"    👨‍👩‍👧‍👦|"'],
  ['format("%q","a\\"b")', '"\\"a\\\\\\"b\\""'],
  ['format("%q","é\\n<")', '"\\"é\\\\n\\\\u003c\\""'],
  ['format("%q",1)', '"\\"1\\""'],
  ['format("%10q|","ab")', '"      \\"ab\\"|"'],
  ['format("%.1q|","ab")', '"\\"a\\"|"'],
  [
    'format("%q",null)',
    'error: Error in function call; Call to function "format" failed: unsupported value for "%q" at 0: null value cannot be formatted.',
  ],
  ['format("%[1]s %[1]s","a")', '"a a"'],
  [
    'format("%[1]s","a","b")',
    'error: Invalid function argument; Invalid value for "args" parameter: too many arguments; only 1 used by format string.',
  ],
  ['format("%s%[1]s%s","a","b")', '"aab"'],
  [
    'format(null)',
    'error: Invalid function argument; Invalid value for "format" parameter: argument must not be null.',
  ],
  ['format(1)', '"1"'],
  [
    'format()',
    'error: Not enough function arguments; Function "format" expects at least 1 argument(s). Missing value for "format".',
  ],
  [
    'format("%a",1)',
    'error: Error in function call; Call to function "format" failed: unsupported format verb \'a\' in "%a" at offset 0.',
  ],
  [
    'format("%S","x")',
    'error: Error in function call; Call to function "format" failed: unsupported format verb \'S\' in "%S" at offset 0.',
  ],
  ['format("%%%s","x")', '"%x"'],
  [
    'format("%s%","x")',
    'error: Error in function call; Call to function "format" failed: invalid format string starting at offset 3.',
  ],
  [
    'format("%.5",1)',
    'error: Error in function call; Call to function "format" failed: invalid format string starting at offset 3.',
  ],
  [
    'format("% ",1)',
    'error: Error in function call; Call to function "format" failed: invalid format string starting at offset 2.',
  ],
  ['format("%v",convert({a=1},map(string)))', '"{\\"a\\":\\"1\\"}"'],
  ['formatlist("%s-%s",["a","b"],"x")', '["a-x","b-x"]'],
  ['formatlist("%s",["a","b"])', '["a","b"]'],
  ['formatlist("%s",[])', '[]'],
  ['formatlist("x")', '["x"]'],
  [
    'formatlist("%s")',
    'error: Error in function call; Call to function "formatlist" failed: not enough arguments for "%s" at 0: need index 1 but have 0 total.',
  ],
  ['formatlist("%s","a")', '["a"]'],
  [
    'formatlist("%s%s",["a","b"],["c"])',
    'error: Invalid function argument; Invalid value for "args" parameter: argument 2 has length 1, which is inconsistent with argument 1 of length 2.',
  ],
  [
    'formatlist("%s%s","x",["a","b"],["c"])',
    'error: Invalid function argument; Invalid value for "args" parameter: argument 3 has length 1, which is inconsistent with argument 2 of length 2.',
  ],
  [
    'formatlist("%s%s",["a","b"],[])',
    'error: Invalid function argument; Invalid value for "args" parameter: argument 2 has length 0, which is inconsistent with argument 1 of length 2.',
  ],
  [
    'formatlist("%d",["a"])',
    'error: Error in function call; Call to function "formatlist" failed: error on format iteration 0: unsupported value for "%d" at 0: a number is required.',
  ],
  [
    'formatlist("%s",["a",null])',
    'error: Error in function call; Call to function "formatlist" failed: error on format iteration 1: unsupported value for "%s" at 0: null value cannot be formatted.',
  ],
  ['formatlist("%v",[null,1])', '["null","1"]'],
  [
    'formatlist("x",["a","b"])',
    'error: Error in function call; Call to function "formatlist" failed: error on format iteration 0: too many arguments; no verbs in format string.',
  ],
  ['formatlist("%v",{a=1})', '["{\\"a\\":1}"]'],
  [
    'formatlist("%s",null)',
    'error: Error in function call; Call to function "formatlist" failed: error on format iteration 0: unsupported value for "%s" at 0: null value cannot be formatted.',
  ],
  ['formatlist("%v",null)', '["null"]'],
  ['formatlist("%s %v",["a"],[[1]])', '["a [1]"]'],
  ['formatlist("%s",range(3))', '["0","1","2"]'],
  [
    'format("%.2000000s","x")',
    'error: Error in function call; Call to function "format" failed: unsupported value for "%.2000000s" at 0: sizes must not exceed 1000000.',
  ],
]

callSuite('parser/eval/functions/format', cases).run()
