import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { evaluated } from './expressions.ts'

const cases: readonly (readonly [expression: string, want: string])[] = [
  [
    '"a${null}"',
    '1,5-9: Invalid template interpolation value; The expression result is null. Cannot include a null value in a string template.',
  ],
  ['"${null}"', 'null'],
  [
    '"a${[1]}"',
    '1,5-8: Invalid template interpolation value; Cannot include the given value in a string template: string required, but have tuple.',
  ],
  [
    '"a${l}b${m}"',
    '1,5-6: Invalid template interpolation value; Cannot include the given value in a string template: string required, but have list of string. (+1)',
  ],
  ['"a${nope}b${nope2}"', '1,5-9: Unknown variable; There is no variable named "nope". (+1)'],
  ['"%{ for x in l }${x},%{ endfor }"', '"x,y,"'],
  [
    '"%{ for x in l }${nope},%{ endfor }"',
    '1,19-23: Unknown variable; There is no variable named "nope". (+1)',
  ],
  ['"%{ for x in l }%{ if x == "x" }X%{ else }O%{ endif }%{ endfor }"', '"XO"'],
  ['"%{ if nope }a%{ endif }"', '1,8-12: Unknown variable; There is no variable named "nope".'],
  [
    '"%{ if null }a%{ endif }"',
    '1,8-12: Null condition; The condition value is null. Conditions must either be true or false.',
  ],
  ['"%{ if true }a%{ endif }"', '"a"'],
  [
    '"%{ if 5 }a%{ endif }"',
    '1,8-9: Incorrect condition type; The condition expression must be of type bool.',
  ],
  [
    '"%{ for x in 5 }a%{ endfor }"',
    "1,14-15: Iteration over non-iterable value; A value of type number cannot be used as the collection in a 'for' expression.",
  ],
  ['{"${s}" = 1}', '{"str":1}'],
  ['[<<EOT\n hello ${s}\nEOT\n]', '[" hello str\\n"]'],
  ['[<<-EOT\n   hello ${s}\n     x\n   EOT\n]', '["hello str\\n  x\\n"]'],
  ['"${s}"', '"str"'],
  ['"${n}"', '5'],
  ['"${n}x"', '"5x"'],
  ['"$${n} %%{x} $$ %% $x"', '"${n} %{x} $$ %% $x"'],
  ['"${"a"}"', '"a"'],
  ['"${"${s}"}"', '"str"'],
  ['"${s ~}  x"', '"strx"'],
  ['"x  ${~ s ~}  x"', '"xstrx"'],
]

const test = suite('parser/eval: templates')
for (const [expression, want] of cases) test(expression, () => assert.is(evaluated(expression), want))
test.run()
