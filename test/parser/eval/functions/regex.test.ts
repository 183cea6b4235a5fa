import { callSuite } from './calls.ts'

/** A call and its result as JSON, or its error behind `error: `. */
const cases: readonly (readonly [call: string, want: string])[] = [
  ['regex("[a-z]+","123abc456")', '"abc"'],
  ['regex("(\\\\d+)-(\\\\d+)","x12-34")', '["12","34"]'],
  ['regex("(?P<a>\\\\d+)-(?P<b>\\\\d+)","x12-34")', '{"a":"12","b":"34"}'],
  ['regex("(?<a>\\\\d+)-(?<b>\\\\d+)","x12-34")', '{"a":"12","b":"34"}'],
  ['regex("(a)|(b)","b")', '[null,"b"]'],
  ['regex("(?P<x>a)|(?P<y>b)","b")', '{"x":null,"y":"b"}'],
  [
    'regex("(a)(?P<x>b)","ab")',
    'error: Invalid function argument; Invalid value for "pattern" parameter: invalid regexp pattern: cannot mix both named and unnamed capture groups.',
  ],
  [
    'regex("z","abc")',
    'error: Error in function call; Call to function "regex" failed: pattern did not match any part of the given string.',
  ],
  [
    'regex("(","abc")',
    'error: Invalid function argument; Invalid value for "pattern" parameter: invalid regexp pattern: missing closing ) in (.',
  ],
  [
    'regex("a**","abc")',
    'error: Invalid function argument; Invalid value for "pattern" parameter: invalid regexp pattern: invalid nested repetition operator in **.',
  ],
  [
    'regex("[z-a]","abc")',
    'error: Invalid function argument; Invalid value for "pattern" parameter: invalid regexp pattern: invalid character class range in z-a.',
  ],
  [
    'regex("\\\\","abc")',
    'error: Invalid function argument; Invalid value for "pattern" parameter: invalid regexp pattern: trailing backslash at end of expression in .',
  ],
  ['regex("(?P<n>a)(?P<n>b)","ab")', '{"n":"b"}'],
  [
    'regex("x{1001}","x")',
    'error: Invalid function argument; Invalid value for "pattern" parameter: invalid regexp pattern: invalid repeat count in {1001}.',
  ],
  [
    'regex("(?<n","x")',
    'error: Invalid function argument; Invalid value for "pattern" parameter: invalid regexp pattern: invalid named capture in (?<n.',
  ],
  [
    'regex("*","x")',
    'error: Invalid function argument; Invalid value for "pattern" parameter: invalid regexp pattern: missing argument to repetition operator in *.',
  ],
  [
    'regex("[[:foo:]]","x")',
    'error: Invalid function argument; Invalid value for "pattern" parameter: invalid regexp pattern: invalid character class range in [:foo:].',
  ],
  [
    'regex("\\\\pX","x")',
    'error: Invalid function argument; Invalid value for "pattern" parameter: invalid regexp pattern: invalid character class range in \\pX.',
  ],
  [
    'regex("(?i","x")',
    'error: Invalid function argument; Invalid value for "pattern" parameter: invalid regexp pattern: invalid or unsupported Perl syntax in (?i.',
  ],
  [
    'regex(")","x")',
    'error: Invalid function argument; Invalid value for "pattern" parameter: invalid regexp pattern: unexpected ) in ).',
  ],
  [
    'regex("(?=a)","x")',
    'error: Invalid function argument; Invalid value for "pattern" parameter: invalid regexp pattern: invalid or unsupported Perl syntax in (?=.',
  ],
  [
    'regex("\\\\8","x")',
    'error: Invalid function argument; Invalid value for "pattern" parameter: invalid regexp pattern: invalid escape sequence in \\8.',
  ],
  [
    'regex("a{2,1}","x")',
    'error: Invalid function argument; Invalid value for "pattern" parameter: invalid regexp pattern: invalid repeat count in {2,1}.',
  ],
  [
    'regex("[a","x")',
    'error: Invalid function argument; Invalid value for "pattern" parameter: invalid regexp pattern: missing closing ] in [a.',
  ],
  [
    'regex("(?P=n)","x")',
    'error: Invalid function argument; Invalid value for "pattern" parameter: invalid regexp pattern: invalid or unsupported Perl syntax in (?P.',
  ],
  ['regex("(?P<1>a)","a")', '{"1":"a"}'],
  [
    'regex("\\\\C","x")',
    'error: Invalid function argument; Invalid value for "pattern" parameter: invalid regexp pattern: invalid escape sequence in \\C.',
  ],
  [
    'regex("a\\\\Z","x")',
    'error: Invalid function argument; Invalid value for "pattern" parameter: invalid regexp pattern: invalid escape sequence in \\Z.',
  ],
  [
    'regex("x{2}{3}","x")',
    'error: Invalid function argument; Invalid value for "pattern" parameter: invalid regexp pattern: invalid nested repetition operator in {2}{3}.',
  ],
  [
    'regex("(?z)","x")',
    'error: Invalid function argument; Invalid value for "pattern" parameter: invalid regexp pattern: invalid or unsupported Perl syntax in (?z.',
  ],
  [
    'regex("((((((x{10}){10}){10}){10}){10}){10})","x")',
    'error: Invalid function argument; Invalid value for "pattern" parameter: invalid regexp pattern: invalid repeat count in {10}.',
  ],
  [
    'regex("(?P<é>a)","a")',
    'error: Invalid function argument; Invalid value for "pattern" parameter: invalid regexp pattern: invalid named capture in (?P<é>.',
  ],
  ['regex("(?i)ABC","xabc")', '"abc"'],
  ['regex("(?s).+","a\\nb")', '"a\\nb"'],
  ['regex(".+","a\\nb")', '"a"'],
  [
    'regex("^b$","a\\nb")',
    'error: Error in function call; Call to function "regex" failed: pattern did not match any part of the given string.',
  ],
  ['regex("(?m)^b$","a\\nb")', '"b"'],
  ['regex("\\\\bfoo\\\\b","a foo b")', '"foo"'],
  ['regex("\\\\p{Greek}+","abcαβγ")', '"αβγ"'],
  ['regex("[[:alpha:]]+","123abc")', '"abc"'],
  ['regex("é+","xéé")', '"éé"'],
  ['regex("(?U)a+","aaa")', '"a"'],
  ['regex("a*?","aaa")', '""'],
  ['regex("","abc")', '""'],
  ['regex("()","abc")', '[""]'],
  ['regex("\\\\w+","héllo")', '"h"'],
  ['regex("[^\\\\x00-\\\\x7f]","ab👍c")', '"👍"'],
  ['regex("(x)?y","y")', '[null]'],
  ['regexall("a*","baaac")', '["","aaa",""]'],
  ['regexall("","abc")', '["","","",""]'],
  ['regexall("","é👍")', '["","",""]'],
  ['regexall("\\\\d+","a1b22c333")', '["1","22","333"]'],
  ['regexall("(\\\\w)(\\\\d)","a1b2")', '[["a","1"],["b","2"]]'],
  ['regexall("(?P<l>\\\\w)(?P<d>\\\\d)","a1b2")', '[{"d":"1","l":"a"},{"d":"2","l":"b"}]'],
  ['regexall("z","abc")', '[]'],
  ['regexall("(z)","abc")', '[]'],
  ['regexall("(a)|b","ab")', '[["a"],[null]]'],
  [
    'regexall("(","x")',
    'error: Invalid function argument; Invalid value for "pattern" parameter: invalid regexp pattern: missing closing ) in (.',
  ],
  ['regexall("^","a\\nb")', '[""]'],
  ['regexall("(?m)^","a\\nb")', '["",""]'],
  ['regexall("x*","xxaxx")', '["xx","xx"]'],
  ['regexall("b|","abc")', '["","b",""]'],
  ['regexall("\\\\b","ab cd")', '["","","",""]'],
  ['regex_replace("[0-9]+","abc123","N")', '"[0-9]+"'],
  ['regex_replace("abc123","[0-9]+","N")', '"abcN"'],
  ['regex_replace("foobar","(o+)(b)","$2$1")', '"fbooar"'],
  ['regex_replace("foobar","(o+)(b)","$${2}x$${1}")', '"fbxooar"'],
  ['regex_replace("foobar","(o+)","$1x")', '"fbar"'],
  ['regex_replace("foobar","(?P<x>o+)","<$${x}>")', '"f\\u003coo\\u003ebar"'],
  ['regex_replace("foobar","(?P<x>o+)","<$x>")', '"f\\u003coo\\u003ebar"'],
  ['regex_replace("foobar","o","$$")', '"f$$bar"'],
  ['regex_replace("foobar","o","$")', '"f$$bar"'],
  ['regex_replace("foobar","o","a$")', '"fa$a$bar"'],
  ['regex_replace("foobar","o","$0$0")', '"foooobar"'],
  ['regex_replace("foobar","(o)","$9")', '"fbar"'],
  ['regex_replace("foobar","o","$ x")', '"f$ x$ xbar"'],
  ['regex_replace("foobar","o","$${}")', '"f${}${}bar"'],
  ['regex_replace("foobar","o","$${1")', '"f${1${1bar"'],
  ['regex_replace("foobar","o","$01")', '"fbar"'],
  ['regex_replace("abc","","-")', '"-a-b-c-"'],
  ['regex_replace("baaac","a*","-")', '"-b-c-"'],
  [
    'regex_replace("abc","(","x")',
    'error: Error in function call; Call to function "regex_replace" failed: error parsing regexp: missing closing ): `(`.',
  ],
  [
    'regex_replace("abc","\\\\","x")',
    'error: Error in function call; Call to function "regex_replace" failed: error parsing regexp: trailing backslash at end of expression: ``.',
  ],
  ['regex_replace("é👍","","-")', '"-é-👍-"'],
  ['regex_replace("abc","(b)|(z)","[$1$2]")', '"a[b]c"'],
  ['regex_replace("aXb","x","y")', '"aXb"'],
  [
    'regex_replace("abab","(?P<é>a)","$${é}")',
    'error: Error in function call; Call to function "regex_replace" failed: error parsing regexp: invalid named capture: `(?P<é>`.',
  ],
]

callSuite('parser/eval/functions/regex', cases).run()
