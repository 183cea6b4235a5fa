import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { firstProblem } from './problems.ts'

/** Texts and the first problem the reference reports, with how many others. */
const cases: readonly (readonly [text: string, want: string])[] = [
  [
    'a = 1 +\n',
    '1,8-2,1: Invalid expression; Expected the start of an expression, but found an invalid expression token.',
  ],
  [
    'a = 1 +\n2\n',
    '1,8-2,1: Invalid expression; Expected the start of an expression, but found an invalid expression token.',
  ],
  [
    'a =\n',
    '1,4-2,1: Invalid expression; Expected the start of an expression, but found an invalid expression token.',
  ],
  [
    'a = 2 ** 3\n',
    '1,8-9: Invalid expression; Expected the start of an expression, but found an invalid expression token.',
  ],
  ['a = b.\n', '1,7-2,1: Invalid attribute name; An attribute name is required after a dot.'],
  ['a = b.*.\n', '1,7-8: Invalid attribute name; An attribute name is required after a dot.'],
  [
    'a = b.*.*\n',
    '1,9-10: Nested splat expression not allowed; A splat expression (*) cannot be used inside another attribute-only splat expression.',
  ],
  [
    'a = b.*.0.1\n',
    '1,7-8: Invalid legacy index syntax; When using the legacy index syntax, chaining two indexes together is not permitted. Use the proper index syntax with a full splat expression [*] instead, like [0][1].',
  ],
  [
    'a = true ? 1\n',
    '1,13-2,1: Missing false expression in conditional; The conditional operator (...?...:...) requires a false expression, delimited by a colon.',
  ],
  [
    'a = true ? 1 2\n',
    '1,14-15: Missing false expression in conditional; The conditional operator (...?...:...) requires a false expression, delimited by a colon. (+1)',
  ],
  [
    'a = true ?\n',
    '1,11-2,1: Invalid expression; Expected the start of an expression, but found an invalid expression token.',
  ],
  ['a = 1.2.3\n', '1,5-10: Invalid number literal; Failed to recognize the value of this number literal.'],
  [
    'a = .5\n',
    '1,5-6: Invalid expression; Expected the start of an expression, but found an invalid expression token.',
  ],
  ['a = 1.\n', '1,7-2,1: Invalid attribute name; An attribute name is required after a dot.'],
  [
    'a = {\n  b = 1,,\n}\n',
    '2,9-10: Invalid expression; Expected the start of an expression, but found an invalid expression token.',
  ],
  [
    'a = {,}\n',
    '1,6-7: Invalid expression; Expected the start of an expression, but found an invalid expression token.',
  ],
  [
    'a = !\n',
    '1,6-2,1: Invalid expression; Expected the start of an expression, but found an invalid expression token.',
  ],
  [
    'a = -\n',
    '1,6-2,1: Invalid expression; Expected the start of an expression, but found an invalid expression token.',
  ],
  [
    'a = ~}\n',
    '1,5-7: Invalid expression; Expected the start of an expression, but found an invalid expression token.',
  ],
  [
    'a = == 1\n',
    '1,5-7: Invalid expression; Expected the start of an expression, but found an invalid expression token.',
  ],
  [
    'a = 1 == == 1\n',
    '1,10-12: Invalid expression; Expected the start of an expression, but found an invalid expression token.',
  ],
  [
    'a = b ? c : \nd = 1\n',
    '1,13-2,1: Invalid expression; Expected the start of an expression, but found an invalid expression token.',
  ],
  [
    'a = => 1\n',
    '1,5-7: Invalid expression; Expected the start of an expression, but found an invalid expression token.',
  ],
]

const test = suite('parser/hcl: problems of operators')
for (const [text, want] of cases) test(JSON.stringify(text), () => assert.is(firstProblem(text), want))
test.run()
