import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { firstProblem } from './problems.ts'

/** Texts and the first problem the reference reports, with how many others. */
const cases: readonly (readonly [text: string, want: string])[] = [
  [
    'a = [1, 2\n',
    '1,5-6: Unterminated tuple constructor expression; There is no corresponding closing bracket before the end of the file. This may be caused by incorrect bracket nesting elsewhere in this file.',
  ],
  ['a = [1 2]\n', '1,8-9: Missing item separator; Expected a comma to mark the beginning of the next item.'],
  [
    'a = {a = 1\n',
    '2,1-1: Missing expression; Expected the start of an expression, but found the end of the file.',
  ],
  [
    'a = {a 1}\n',
    '1,8-9: Missing key/value separator; Expected an equals sign ("=") to mark the beginning of the attribute value.',
  ],
  [
    'a = {a = 1 b = 2}\n',
    '1,12-13: Missing attribute separator; Expected a newline or comma to mark the beginning of the next attribute.',
  ],
  [
    'a = {a\n}\n',
    '1,7-2,1: Missing attribute value; Expected an attribute value, introduced by an equals sign ("=").',
  ],
  ['a = (1\n', '2,1-1: Unbalanced parentheses; Expected a closing parenthesis to terminate the expression.'],
  [
    'a = (1 2)\n',
    '1,8-9: Unbalanced parentheses; Expected a closing parenthesis to terminate the expression.',
  ],
  [
    'a = f(1 2)\n',
    '1,9-10: Missing argument separator; A comma is required to separate each function argument from the next.',
  ],
  [
    'a = f(1\n',
    '1,5-7: Unterminated function call; There is no closing parenthesis for this function call before the end of the file. This may be caused by incorrect parenthesis nesting elsewhere in this file.',
  ],
  [
    'a = f(x... , 1)\n',
    '1,8-11: Missing closing parenthesis; An expanded function argument (with ...) must be immediately followed by closing parentheses.',
  ],
  [
    'a = f(x...\n',
    '1,8-11: Missing closing parenthesis; An expanded function argument (with ...) must be immediately followed by closing parentheses.',
  ],
  ['a = ns::f(1)\n', 'fine'],
  [
    'a = ns::1\n',
    '1,9-10: Missing function name; Function scope resolution symbol :: must be followed by a function name in this scope.',
  ],
  [
    'a = ns::f\n',
    '1,10-2,1: Missing open parenthesis; Function selector must be followed by an open parenthesis to begin the function call.',
  ],
  [
    'a = [for x in y]\n',
    "1,16-17: Invalid 'for' expression; For expression requires a colon after the collection expression.",
  ],
  [
    'a = [for 1 in y: 1]\n',
    "1,10-11: Invalid 'for' expression; For expression requires variable name after 'for'.",
  ],
  [
    'a = [for x, 1 in y: 1]\n',
    "1,13-14: Invalid 'for' expression; For expression requires value variable name after comma.",
  ],
  [
    'a = [for x of y: 1]\n',
    "1,12-14: Invalid 'for' expression; For expression requires the 'in' keyword after its name declarations.",
  ],
  [
    'a = [for x in y: k => v]\n',
    "1,18-19: Invalid 'for' expression; Key expression is not valid when building a tuple.",
  ],
  [
    'a = [for x in y: v...]\n',
    "1,19-22: Invalid 'for' expression; Grouping ellipsis (...) cannot be used when building a tuple.",
  ],
  [
    'a = {for x in y: v}\n',
    "1,18-19: Invalid 'for' expression; Key expression is required when building an object.",
  ],
  [
    'a = [for x in y: v if]\n',
    '1,22-23: Invalid expression; Expected the start of an expression, but found an invalid expression token.',
  ],
  [
    'a = b[\n',
    '2,1-1: Missing expression; Expected the start of an expression, but found the end of the file.',
  ],
  [
    'a = b[1\n',
    '2,1-1: Missing close bracket on index; The index operator must end with a closing bracket ("]").',
  ],
  [
    'a = b[1 2]\n',
    '1,10-11: Missing close bracket on index; The index operator must end with a closing bracket ("]").',
  ],
  [
    'a = b[*\n',
    '2,1-1: Missing close bracket on splat index; The star for a full splat operator must be immediately followed by a closing bracket ("]").',
  ],
  [
    'a = b[* 1]\n',
    '1,10-11: Missing close bracket on splat index; The star for a full splat operator must be immediately followed by a closing bracket ("]").',
  ],
  [
    'target "a" { tags = ["x"]\n}\n',
    "1,26-2,1: Invalid single-argument block definition; An argument definition on the same line as its containing block creates a single-line block definition, which must also be closed on the same line. Place the block's closing brace immediately after the argument definition.",
  ],
  [
    'target "a" { tags = ["x"] context = "." }\n',
    '1,27-34: Invalid single-argument block definition; A single-line block definition must end with a closing brace immediately after its single argument definition.',
  ],
  [
    'target "a" { tags = ["x"]',
    '1,12-13: Unclosed configuration block; There is no closing brace for this block before the end of the file. This may be caused by incorrect brace nesting elsewhere in this file.',
  ],
  [
    'a = [,]\n',
    '1,6-7: Invalid expression; Expected the start of an expression, but found an invalid expression token.',
  ],
  [
    'a = f(,)\n',
    '1,7-8: Invalid expression; Expected the start of an expression, but found an invalid expression token.',
  ],
  ['a = (1]\n', '1,7-8: Unbalanced parentheses; Expected a closing parenthesis to terminate the expression.'],
  ['a = [1)\n', '1,7-8: Missing item separator; Expected a comma to mark the beginning of the next item.'],
  [
    'a = {1]\n',
    '1,7-8: Missing key/value separator; Expected an equals sign ("=") to mark the beginning of the attribute value.',
  ],
  [
    'a = [(1]]\nb = 2\n',
    '1,8-9: Unbalanced parentheses; Expected a closing parenthesis to terminate the expression.',
  ],
  [
    'a = {\n x = 1\n y = [1,\n 2\n ]\n z =\n}\n',
    '6,5-7,1: Invalid expression; Expected the start of an expression, but found an invalid expression token.',
  ],
  ['a = {a.b = 1}\n', 'fine'],
  ['a = {for k, v in {} : k => v...}\n', 'fine'],
  ['a=[\n1,\n2,\n]\n', 'fine'],
  ['a = f(\n1,\n2,\n)\n', 'fine'],
  [
    'a[0] = 1\n',
    '1,1-2: Argument or block definition required; An argument or block definition is required here. To set an argument, use the equals sign "=" to introduce the argument value.',
  ],
  [
    'target "a" {\n  tags = ["x"\n  context = "."\n}\n',
    '3,3-10: Missing item separator; Expected a comma to mark the beginning of the next item.',
  ],
  [
    'a = {for x in y : x => }\n',
    '1,24-25: Invalid expression; Expected the start of an expression, but found an invalid expression token.',
  ],
  ['a = {for\nx in y : x => x}\n', 'fine'],
  ['a = [\nfor x in y\n: x\n]\n', 'fine'],
  [
    'a = {for = 1}\n',
    "1,10-11: Invalid 'for' expression; For expression requires variable name after 'for'.",
  ],
  [
    'a = b["x"\n',
    '2,1-1: Missing close bracket on index; The index operator must end with a closing bracket ("]").',
  ],
  ['a = b.c.d[0].*.e.0.f[*].g[h]\n', 'fine'],
  ['a = -b.c + !d[0]\n', 'fine'],
  [
    'a = f(x => y)\n',
    '1,9-11: Missing argument separator; A comma is required to separate each function argument from the next.',
  ],
]

const test = suite('parser/hcl: problems of collections')
for (const [text, want] of cases) test(JSON.stringify(text), () => assert.is(firstProblem(text), want))
test.run()
