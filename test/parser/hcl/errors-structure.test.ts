import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { firstProblem } from './problems.ts'

/** Texts and the first problem the reference reports, with how many others. */
const cases: readonly (readonly [text: string, want: string])[] = [
  [
    'a = 1\na = 2\n',
    '2,1-2: Attribute redefined; The argument "a" was already set at :1,1-2. Each argument may be set only once.',
  ],
  ['"a" = 1\n', '1,1-2: Invalid argument name; Argument names must not be quoted.'],
  [
    'target "a" {\n',
    '1,12-13: Unclosed configuration block; There is no closing brace for this block before the end of the file. This may be caused by incorrect brace nesting elsewhere in this file.',
  ],
  [
    'target "a"\n{\n}\n',
    '1,11-2,1: Invalid block definition; A block definition must have block content delimited by "{" and "}", starting on the same line as the block header.',
  ],
  [
    'a\n',
    '1,1-2: Argument or block definition required; An argument or block definition is required here. To set an argument, use the equals sign "=" to introduce the argument value.',
  ],
  [
    'a b\n',
    '1,4-2,1: Invalid block definition; A block definition must have block content delimited by "{" and "}", starting on the same line as the block header.',
  ],
  [
    'a b c\n',
    '1,6-2,1: Invalid block definition; A block definition must have block content delimited by "{" and "}", starting on the same line as the block header.',
  ],
  [
    'a = b.0.1\n',
    '1,7-10: Invalid legacy index syntax; When using the legacy index syntax, chaining two indexes together is not permitted. Use the proper index syntax instead, like [0][1].',
  ],
  ['a = 0x10\n', '1,6-9: Missing newline after argument; An argument definition must end with a newline.'],
  ['a = 1_000\n', '1,6-10: Missing newline after argument; An argument definition must end with a newline.'],
  [
    'target "a" { b {} }\n',
    '1,14-17: Argument definition required; A single-line block definition can contain only a single argument. If you meant to define argument "b", use an equals sign to assign it a value. To define a nested block, place it on a line of its own within its parent block.',
  ],
  [
    'target "a" { b }\n',
    '1,14-15: Argument or block definition required; An argument or block definition is required here. To set an argument, use the equals sign "=" to introduce the argument value.',
  ],
  [
    'target "a" { 1 }\n',
    '1,14-15: Argument or block definition required; An argument or block definition is required here.',
  ],
  [
    'target "a" {} target "b" {}\n',
    '1,15-21: Missing newline after block definition; A block definition must end with a newline.',
  ],
  [
    'target "a" = 1\n',
    '1,12-13: Invalid block definition; The equals sign "=" indicates an argument definition, and must not be used when defining a block.',
  ],
  [
    'target 1 {\n}\n',
    '1,1-7: Argument or block definition required; An argument or block definition is required here. To set an argument, use the equals sign "=" to introduce the argument value.',
  ],
  [
    'a = 1, b = 2\n',
    '1,6-7: Unexpected comma after argument; Argument definitions must be separated by newlines, not commas. An argument definition must end with a newline.',
  ],
  ['a = 1 b = 2\n', '1,7-8: Missing newline after argument; An argument definition must end with a newline.'],
  ['}\n', '1,1-2: Argument or block definition required; An argument or block definition is required here.'],
  [
    'a = 1\n}\nb = 2\n',
    '2,1-2: Argument or block definition required; An argument or block definition is required here.',
  ],
  ['a = 1 // c\n', 'fine'],
  ['a = 1 # c', 'fine'],
  [
    '/* x\n',
    '1,1-2: Argument or block definition required; An argument or block definition is required here.',
  ],
  ['a = 1 /* c\nd */\nb = /**/ 2\n', 'fine'],
  [
    'é = 1\néé-1 = 2 3\n',
    '2,10-11: Missing newline after argument; An argument definition must end with a newline.',
  ],
  ['target default {\n}\n', 'fine'],
  ['target a b {\n}\n', 'fine'],
  ['a = {\n  "x" = 1\n  y : 2, z = 3\n}\n', 'fine'],
  ['a = {(a.b) = 1}\n', 'fine'],
  ['a = {x.1 = 2}\n', 'fine'],
  [
    'a = "x" "y"\n',
    '1,9-10: Missing newline after argument; An argument definition must end with a newline.',
  ],
  ['a = "$"\n', 'fine'],
  ['a = !!!!1\n', 'fine'],
  ['a = 1 ? 2 : 3 ? 4 : 5\n', 'fine'],
  [
    'a ? 1\n',
    '1,1-2: Argument or block definition required; An argument or block definition is required here. To set an argument, use the equals sign "=" to introduce the argument value.',
  ],
  [
    '= 1\n',
    '1,1-2: Argument or block definition required; An argument or block definition is required here.',
  ],
  [
    '1 = 1\n',
    '1,1-2: Argument or block definition required; An argument or block definition is required here.',
  ],
  [
    'a.b = 1\n',
    '1,1-2: Argument or block definition required; An argument or block definition is required here. To set an argument, use the equals sign "=" to introduce the argument value.',
  ],
  [
    'a: 1\n',
    '1,1-2: Argument or block definition required; An argument or block definition is required here. To set an argument, use the equals sign "=" to introduce the argument value.',
  ],
  [
    'target "a" {\n  args = {\n    a = 1\n  context = "."\n}\n',
    '1,12-13: Unclosed configuration block; There is no closing brace for this block before the end of the file. This may be caused by incorrect brace nesting elsewhere in this file.',
  ],
  ['a = x::y::z(1)\n', 'fine'],
  ['a = x :: y(1)\n', 'fine'],
  ['a = for\n', 'fine'],
  ['for = 1\n', 'fine'],
  ['a = b .c . d\n', 'fine'],
  [
    'a = b\n.c\n',
    '2,1-2: Argument or block definition required; An argument or block definition is required here.',
  ],
  ['a = "a\\tb" == "c"\n', 'fine'],
  ['a = b...\n', '1,6-9: Missing newline after argument; An argument definition must end with a newline.'],
  ['target "x" {\n a = 1\n} # c\ntarget "y" {} // d\n', 'fine'],
  ['target "x" {} /* c */\n', 'fine'],
  ['target "x" /* y */ {\n}\n', 'fine'],
  ['target "x" { # c\n}\n', 'fine'],
  ['target "x" { /* c */ }\n', 'fine'],
  ['target "x" { a = 1 /* c */ }\n', 'fine'],
  [
    'target "x" { a = 1 # c }\n',
    "1,20-2,1: Invalid single-argument block definition; An argument definition on the same line as its containing block creates a single-line block definition, which must also be closed on the same line. Place the block's closing brace immediately after the argument definition.",
  ],
]

const test = suite('parser/hcl: problems of structure')
for (const [text, want] of cases) test(JSON.stringify(text), () => assert.is(firstProblem(text), want))
test.run()
