import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { firstProblem } from './problems.ts'

/** Texts and the first problem the reference reports, with how many others. */
const cases: readonly (readonly [text: string, want: string])[] = [
  [
    'a = {a b}\n',
    '1,8-9: Missing key/value separator; Expected an equals sign ("=") to mark the beginning of the attribute value. If you intended to given an attribute name containing periods or spaces, write the name in quotes to create a string literal.',
  ],
  [
    'a "b" 1 {\n}\n',
    '1,7-8: Invalid block definition; Either a quoted string block label or an opening brace ("{") is expected here.',
  ],
  [
    'a = "%{ if true }x"\n',
    '1,19-20: Unexpected end of template; The if directive at :1,6-18 is missing its corresponding endif directive.',
  ],
  [
    'a = "%{ foo }"\n',
    '1,9-12: Invalid template control keyword; "foo" is not a valid template control keyword. Did you mean "for"?',
  ],
  [
    'a = "%{ en }"\n',
    '1,9-11: Invalid template control keyword; "en" is not a valid template control keyword. Did you mean "if"?',
  ],
  [
    'a = "%{ endif }"\n',
    '1,6-16: Unexpected endif directive; The control directives within this template are unbalanced.',
  ],
  [
    'a = "%{ endfor }"\n',
    '1,6-17: Unexpected endfor directive; The control directives within this template are unbalanced.',
  ],
  [
    'a = "%{ else }"\n',
    '1,6-15: Unexpected else directive; The control directives within this template are unbalanced.',
  ],
  [
    'a = "%{ if true }x%{ else }y%{ else }z%{ endif }"\n',
    '1,29-38: Unexpected else directive; Already in the else clause for the if started at :1,6-18. (+1)',
  ],
  [
    'a = "%{ if true }x%{ endfor }"\n',
    '1,19-30: Unexpected endfor directive; Expecting an endif directive for the if started at :1,6-18.',
  ],
  [
    'a = "%{ for x in [1] }x%{ else }%{ endfor }"\n',
    '1,24-33: Unexpected else directive; An else clause is not expected for a for directive. (+1)',
  ],
  [
    'a = "%{ for x in [1] }x%{ endif }"\n',
    '1,24-34: Unexpected endif directive; Expecting an endfor directive corresponding to the for directive at :1,6-23.',
  ],
  [
    'a = "%{ for x in [1] }x"\n',
    '1,24-25: Unexpected end of template; The for directive at :1,6-23 is missing its corresponding endfor directive.',
  ],
  [
    'a = "%{ for 1 in [1] }x%{ endfor }"\n',
    "1,13-14: Invalid 'for' directive; For directive requires variable name after 'for'. (+1)",
  ],
  [
    'a = "%{ for x, 1 in [1] }x%{ endfor }"\n',
    "1,16-17: Invalid 'for' directive; For directive requires value variable name after comma. (+1)",
  ],
  [
    'a = "%{ for x y [1] }x%{ endfor }"\n',
    "1,15-16: Invalid 'for' directive; For directive requires 'in' keyword after names. (+1)",
  ],
  [
    'a = "%{ 1 }"\n',
    '1,9-10: Invalid template directive; A template directive keyword ("if", "for", etc) is expected at the beginning of a %{ sequence.',
  ],
  ['a = "\\q"\n', '1,6-8: Invalid escape sequence; The symbol "q" is not a valid escape sequence selector.'],
  [
    'a = "\\u12"\n',
    '1,6-10: Invalid escape sequence; The \\u escape sequence must be followed by four hexadecimal digits.',
  ],
  [
    'a = "\\U1234"\n',
    '1,6-12: Invalid escape sequence; The \\U escape sequence must be followed by eight hexadecimal digits.',
  ],
  [
    'a = <<EOT\nhello\nEOT',
    '3,4-4: Unterminated template string; No closing marker was found for the string.',
  ],
  ['a = <<EOT\nhello\n', '3,1-1: Unterminated template string; No closing marker was found for the string.'],
  [
    'a = <<"EOT"\nx\nEOT\n',
    '1,5-6: Invalid expression; Expected the start of an expression, but found an invalid expression token. (+2)',
  ],
  [
    'a = <<EOT x\nx\nEOT\n',
    '1,5-6: Invalid expression; Expected the start of an expression, but found an invalid expression token. (+2)',
  ],
  [
    'target "${x}" {\n}\n',
    '1,9-11: Invalid string literal; Template sequences are not allowed in this string. To include a literal "$", double it (as "$$") to escape it.',
  ],
  [
    'target "%{x}" {\n}\n',
    '1,9-11: Invalid string literal; Template sequences are not allowed in this string. To include a literal "%", double it (as "%%") to escape it.',
  ],
  [
    'target "a\\qb" {\n}\n',
    '1,10-12: Invalid escape sequence; The symbol "q" is not a valid escape sequence selector.',
  ],
  [
    'a = "${~ x ~}"\nb = )\n',
    '2,5-6: Invalid expression; Expected the start of an expression, but found an invalid expression token.',
  ],
  ['a = "a$${b} %%{c} $$ %% $x"\n', 'fine'],
  ['a = <<-EOT\n  x\n  ${y}\n  EOT\nb = [<<A\nx\nA\n, 2]\n', 'fine'],
  [
    'a = "${}"\n',
    '1,8-9: Invalid expression; Expected the start of an expression, but found an invalid expression token.',
  ],
  [
    'a = "${ }"\n',
    '1,9-10: Invalid expression; Expected the start of an expression, but found an invalid expression token.',
  ],
  [
    'a = "${[}"\n',
    '1,9-10: Invalid expression; Expected the start of an expression, but found an invalid expression token.',
  ],
  [
    'a = "${f(}"\nb = 1\n',
    '1,10-11: Invalid expression; Expected the start of an expression, but found an invalid expression token.',
  ],
  [
    'a = "%{if}x%{endif}"\n',
    '1,10-11: Invalid expression; Expected the start of an expression, but found an invalid expression token.',
  ],
  ['a = "%{ if true\n}x%{ endif }"\n', 'fine'],
  [
    'a = "${b ? c}"\n',
    '1,13-14: Missing false expression in conditional; The conditional operator (...?...:...) requires a false expression, delimited by a colon.',
  ],
  [
    'a = "\\x"\nb = "\\$"\n',
    '1,6-8: Invalid escape sequence; The symbol "x" is not a valid escape sequence selector. (+1)',
  ],
  ['a = "a ${ b } c"\ntarget "x" "y" "z" {}\n', 'fine'],
]

const test = suite('parser/hcl: problems of templates')
for (const [text, want] of cases) test(JSON.stringify(text), () => assert.is(firstProblem(text), want))
test.run()
