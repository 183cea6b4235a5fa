import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { firstProblem } from './problems.ts'

/** Texts and the first problem the reference reports, with how many others. */
const cases: readonly (readonly [text: string, want: string])[] = [
  [
    'target "default" {\n  tags = ["a\nb"]\n}\n',
    '2,13-3,1: Invalid multi-line string; Quoted strings may not be split over multiple lines. To produce a multi-line string, either use the \\n escape to represent a newline character or use the "heredoc" multi-line template syntax. (+1)',
  ],
  [
    "a = 'x'\n",
    '1,5-6: Invalid character; Single quotes are not valid. Use double quotes (") to enclose strings. (+1)',
  ],
  [
    'a = `x`\n',
    '1,5-6: Invalid character; The "`" character is not valid. To create a multi-line string, use the "heredoc" syntax, like "<<EOT". (+1)',
  ],
  [
    'a = 1;\n',
    '1,6-7: Invalid character; The ";" character is not valid. Use newlines to separate arguments and blocks, and commas to separate items in collection values. (+1)',
  ],
  [
    'a = 1 & 2\n',
    '1,7-8: Unsupported operator; Bitwise operators are not supported. Did you mean boolean AND ("&&")? (+1)',
  ],
  [
    'a = 1 | 2\n',
    '1,7-8: Unsupported operator; Bitwise operators are not supported. Did you mean boolean OR ("||")? (+1)',
  ],
  [
    'a = ~1\n',
    '1,5-6: Unsupported operator; Bitwise operators are not supported. Did you mean boolean NOT ("!")? (+1)',
  ],
  ['a = 1 ^ 2\n', '1,7-8: Unsupported operator; Bitwise operators are not supported. (+1)'],
  ['a = @\n', '1,5-6: Invalid character; This character is not used within the language. (+1)'],
  [
    'a = “x”\n',
    '1,5-6: Invalid character; "Curly quotes" are not valid here. These can sometimes be inadvertently introduced when sharing code via documents or discussion forums. It might help to replace the character with a "straight quote". (+2)',
  ],
  [
    'a = "x${1"\n',
    '1,11-2,1: Invalid multi-line string; Quoted strings may not be split over multiple lines. To produce a multi-line string, either use the \\n escape to represent a newline character or use the "heredoc" multi-line template syntax. (+1)',
  ],
  [
    'a = "x${1 2}"\n',
    '1,11-12: Extra characters after interpolation expression; Expected a closing brace to end the interpolation expression, but found extra characters.\n\nThis can happen when you include interpolation syntax for another language, such as shell scripting, but forget to escape the interpolation start token. If this is an embedded sequence for another language, escape it by starting with "$${" instead of just "${".',
  ],
  [
    'a = "x${a:b}"\n',
    '1,10-11: Extra characters after interpolation expression; Template interpolation doesn\'t expect a colon at this location. Did you intend this to be a literal sequence to be processed as part of another language? If so, you can escape it by starting with "$${" instead of just "${".',
  ],
  [
    'a = "x${"\n',
    '1,10-2,1: Invalid multi-line string; Quoted strings may not be split over multiple lines. To produce a multi-line string, either use the \\n escape to represent a newline character or use the "heredoc" multi-line template syntax. (+1)',
  ],
  [
    'a = "x\n',
    '1,7-2,1: Invalid multi-line string; Quoted strings may not be split over multiple lines. To produce a multi-line string, either use the \\n escape to represent a newline character or use the "heredoc" multi-line template syntax. (+1)',
  ],
  [
    'a = "%{ if true x }x%{ endif }"\n',
    '1,17-18: Extra characters in if marker; Expected a closing brace to end the sequence, but found extra characters.',
  ],
  ['a = "\\ud800"\n', '1,6-12: Invalid escape sequence; Cannot encode character U+d800 in UTF-8.'],
  ['a = "\\U00110000"\n', '1,6-16: Invalid escape sequence; Cannot encode character U+110000 in UTF-8.'],
  [
    'a = {for x in y: k => v 3}\n',
    "1,25-26: Invalid 'for' expression; Extra characters after the end of the 'for' expression.",
  ],
  [
    'target "a" { tags = ["x"], context = "." }\n',
    '1,26-27: Invalid single-argument block definition; Single-line block syntax can include only one argument definition. To define multiple arguments, use the multi-line block syntax with one argument definition per line.',
  ],
  [
    'target "a {\n}\n',
    '1,12-2,1: Invalid multi-line string; Quoted strings may not be split over multiple lines. To produce a multi-line string, either use the \\n escape to represent a newline character or use the "heredoc" multi-line template syntax. (+2)',
  ],
  [
    'target "a" {\n  x = \n  y = @\n  z = [1\n}\ntarget "b" {\n  x = \n}\n',
    '3,7-8: Invalid character; This character is not used within the language. (+2)',
  ],
  [
    'a = "abc${x}def\nb = 1\n',
    '1,16-2,1: Invalid multi-line string; Quoted strings may not be split over multiple lines. To produce a multi-line string, either use the \\n escape to represent a newline character or use the "heredoc" multi-line template syntax. (+2)',
  ],
  ['a = "é" @\n', '1,9-10: Invalid character; This character is not used within the language. (+1)'],
  ['a = "👨‍👩‍👧" @\n', '1,9-10: Invalid character; This character is not used within the language. (+1)'],
  ['a = "\\\n"\n', '1,6-7: Invalid character; This character is not used within the language. (+2)'],
  [
    'function "f" {\n  params = [x]\n  result = "${x"\n}\n',
    '3,17-4,1: Invalid multi-line string; Quoted strings may not be split over multiple lines. To produce a multi-line string, either use the \\n escape to represent a newline character or use the "heredoc" multi-line template syntax. (+2)',
  ],
  ['a = $\n', '1,5-6: Invalid character; This character is not used within the language. (+1)'],
  [
    'a = "${1}${"\n',
    '1,13-2,1: Invalid multi-line string; Quoted strings may not be split over multiple lines. To produce a multi-line string, either use the \\n escape to represent a newline character or use the "heredoc" multi-line template syntax. (+1)',
  ],
  [
    'a = "%{"\n',
    '1,9-2,1: Invalid multi-line string; Quoted strings may not be split over multiple lines. To produce a multi-line string, either use the \\n escape to represent a newline character or use the "heredoc" multi-line template syntax. (+1)',
  ],
  [
    'a = "%{ if"\n',
    '1,12-2,1: Invalid multi-line string; Quoted strings may not be split over multiple lines. To produce a multi-line string, either use the \\n escape to represent a newline character or use the "heredoc" multi-line template syntax. (+2)',
  ],
  [
    'target "a" {\n  args = {\n    a = "x\n  }\n}\ntarget "b" {\n  tags = ["${a"]\n}\n',
    '3,11-4,1: Invalid multi-line string; Quoted strings may not be split over multiple lines. To produce a multi-line string, either use the \\n escape to represent a newline character or use the "heredoc" multi-line template syntax. (+7)',
  ],
  [
    'a = f(1;2)\n',
    '1,8-9: Invalid character; The ";" character is not valid. Use newlines to separate arguments and blocks, and commas to separate items in collection values. (+1)',
  ],
  [
    "a = 'x' 'y' 'z'\nb = 'w'\n",
    '1,5-6: Invalid character; Single quotes are not valid. Use double quotes (") to enclose strings. (+2)',
  ],
  [
    'a = `x`\nb = `y`\nc = `z`\n',
    '1,5-6: Invalid character; The "`" character is not valid. To create a multi-line string, use the "heredoc" syntax, like "<<EOT". (+2)',
  ],
  [
    'a = 1;2;3\n',
    '1,6-7: Invalid character; The ";" character is not valid. Use newlines to separate arguments and blocks, and commas to separate items in collection values. (+1)',
  ],
]

const test = suite('parser/hcl: problems of characters')
for (const [text, want] of cases) test(JSON.stringify(text), () => assert.is(firstProblem(text), want))
test.run()
