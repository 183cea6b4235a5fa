import { callSuite } from './calls.ts'

/** A call and its result as JSON, or its error behind `error: `. */
const cases: readonly (readonly [call: string, want: string])[] = [
  ['base64encode("hello")', '"aGVsbG8="'],
  ['base64encode("")', '""'],
  ['base64encode("é")', '"w6k="'],
  ['base64encode("ab")', '"YWI="'],
  ['base64decode("aGVsbG8=")', '"hello"'],
  [
    'base64decode("aGVsbG8")',
    'error: Error in function call; Call to function "base64decode" failed: failed to decode base64 data \'aGVsbG8\'.',
  ],
  ['base64decode("aGVs\\nbG8=")', '"hello"'],
  [
    'base64decode("!!!")',
    'error: Error in function call; Call to function "base64decode" failed: failed to decode base64 data \'!!!\'.',
  ],
  [
    'base64decode("/w==")',
    'error: Error in function call; Call to function "base64decode" failed: the result of decoding the the provided string is not valid UTF-8.',
  ],
  ['base64decode("")', '""'],
  ['base64decode("aGVsbG9=")', '"hello"'],
  ['base64decode("77u/YQ==")', '"﻿a"'],
  [
    'base64decode("YQ==YQ==")',
    'error: Error in function call; Call to function "base64decode" failed: failed to decode base64 data \'YQ==YQ==\'.',
  ],
  [
    'base64decode(" YQ==")',
    'error: Error in function call; Call to function "base64decode" failed: failed to decode base64 data \' YQ==\'.',
  ],
  ['base64decode("YQ=\\n=")', '"a"'],
  ['urlencode("a b&c=d/é~-_.!*\'()")', '"a+b%26c%3Dd%2F%C3%A9~-_.%21%2A%27%28%29"'],
  ['urlencode("")', '""'],
  ['urlencode("+%\\n")', '"%2B%25%0A"'],
  ['jsonencode("a<b>&c\\u2028")', '"\\"a\\\\u003cb\\\\u003e\\\\u0026c\\\\u2028\\""'],
  ['jsonencode([1,"a",null,true])', '"[1,\\"a\\",null,true]"'],
  ['jsonencode({b=1,a=[]})', '"{\\"a\\":[],\\"b\\":1}"'],
  ['jsonencode(null)', '"null"'],
  ['jsonencode(1e21)', '"1000000000000000000000"'],
  [
    'jsonencode(1/0)',
    'error: Error in function call; Call to function "jsonencode" failed: cannot serialize infinity as JSON.',
  ],
  [
    'jsonencode([1/0])',
    'error: Error in function call; Call to function "jsonencode" failed: cannot serialize infinity as JSON.',
  ],
  [
    'jsonencode(1/3)',
    '"0.33333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333335"',
  ],
  ['jsonencode(-0)', '"-0"'],
  ['jsonencode("\\"\\\\/\\n\\t\\u0001")', '"\\"\\\\\\"\\\\\\\\/\\\\n\\\\t\\\\u0001\\""'],
  ['jsonencode(convert({b=1},map(string)))', '"{\\"b\\":\\"1\\"}"'],
  ['jsonencode(convert(["b","a"],set(string)))', '"[\\"a\\",\\"b\\"]"'],
  ['jsondecode("{\\"a\\":[1,2,{\\"b\\":null}]}")', '{"a":[1,2,{"b":null}]}'],
  ['jsondecode("[]")', '[]'],
  ['jsondecode("1.5")', '1.5'],
  ['jsondecode("\\"x\\"")', '"x"'],
  ['jsondecode("true")', 'true'],
  ['jsondecode("null")', 'null'],
  ['jsondecode("")', 'error: Error in function call; Call to function "jsondecode" failed: EOF.'],
  ['jsondecode("{")', 'error: Error in function call; Call to function "jsondecode" failed: EOF.'],
  [
    'jsondecode("[1,]")',
    'error: Error in function call; Call to function "jsondecode" failed: invalid character \']\' looking for beginning of value.',
  ],
  [
    'jsondecode("{\\"a\\":1,}")',
    'error: Error in function call; Call to function "jsondecode" failed: invalid character \'}\' looking for beginning of object key string.',
  ],
  [
    'jsondecode("nul")',
    'error: Error in function call; Call to function "jsondecode" failed: unexpected EOF.',
  ],
  [
    'jsondecode("1 2")',
    'error: Error in function call; Call to function "jsondecode" failed: extraneous data after JSON object.',
  ],
  [
    'jsondecode("[1] x")',
    'error: Error in function call; Call to function "jsondecode" failed: extraneous data after JSON object.',
  ],
  ['jsondecode("{\\"a\\":1,\\"a\\":2}")', '{"a":2}'],
  [
    'jsondecode("{\\"a\\":1,\\"a\\":\\"x\\"}")',
    'error: Error in function call; Call to function "jsondecode" failed: duplicate "a" property in JSON object.',
  ],
  [
    'jsondecode("01")',
    'error: Error in function call; Call to function "jsondecode" failed: extraneous data after JSON object.',
  ],
  [
    'jsondecode("1e400")',
    '10000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000',
  ],
  [
    'jsondecode("\'a\'")',
    "error: Error in function call; Call to function \"jsondecode\" failed: invalid character '\\'' looking for beginning of value.",
  ],
  ['jsondecode("\\"\\\\u00e9\\\\ud83d\\\\ude00\\"")', '"é😀"'],
  ['jsondecode("\\"\\\\ud83d\\"")', '"�"'],
  [
    'jsondecode("\\"\\\\x\\"")',
    'error: Error in function call; Call to function "jsondecode" failed: invalid character \'x\' in string escape code.',
  ],
  [
    'jsondecode("\\"a\\nb\\"")',
    'error: Error in function call; Call to function "jsondecode" failed: invalid character \'\\n\' in string literal.',
  ],
  ['jsondecode(" [1 , 2 ] ")', '[1,2]'],
  ['jsondecode("123456789012345678901234567890")', '123456789012345678901234567890'],
  ['jsondecode("-")', 'error: Error in function call; Call to function "jsondecode" failed: unexpected EOF.'],
  [
    'jsondecode("[1 2]")',
    'error: Error in function call; Call to function "jsondecode" failed: invalid character \'2\' after array element.',
  ],
  [
    'jsondecode("{\\"a\\" 1}")',
    'error: Error in function call; Call to function "jsondecode" failed: invalid character \'1\' after object key.',
  ],
  ['csvdecode("a,b\\n1,2\\n3,4\\n")', '[{"a":"1","b":"2"},{"a":"3","b":"4"}]'],
  ['csvdecode("a,b\\n")', '[]'],
  ['csvdecode("a,b")', '[]'],
  [
    'csvdecode("")',
    'error: Error in function call; Call to function "csvdecode" failed: missing header line.',
  ],
  [
    'csvdecode("\\n\\n")',
    'error: Error in function call; Call to function "csvdecode" failed: missing header line.',
  ],
  [
    'csvdecode("a,a\\n1,2\\n")',
    'error: Error in function call; Call to function "csvdecode" failed: duplicate column name "a".',
  ],
  [
    'csvdecode("a,b\\n1\\n")',
    'error: Error in function call; Call to function "csvdecode" failed: CSV parse error on line 2: wrong number of fields.',
  ],
  [
    'csvdecode("a,b\\n1,2,3\\n")',
    'error: Error in function call; Call to function "csvdecode" failed: CSV parse error on line 2: wrong number of fields.',
  ],
  ['csvdecode("a,b\\n\\"x,y\\",\\"q\\"\\"z\\"\\n")', '[{"a":"x,y","b":"q\\"z"}]'],
  ['csvdecode("a,b\\n\\"x\\ny\\",2\\n")', '[{"a":"x\\ny","b":"2"}]'],
  [
    'csvdecode("a,b\\n\\"x\\ny\\",2\\n1\\n")',
    'error: Error in function call; Call to function "csvdecode" failed: CSV parse error on line 4: wrong number of fields.',
  ],
  [
    'csvdecode("a,b\\nx\\"y,2\\n")',
    'error: Error in function call; Call to function "csvdecode" failed: CSV parse error on line 2: bare " in non-quoted-field.',
  ],
  [
    'csvdecode("a,b\\n\\"x\\"y,2\\n")',
    'error: Error in function call; Call to function "csvdecode" failed: CSV parse error on line 2: extraneous or missing " in quoted-field.',
  ],
  [
    'csvdecode("a,b\\n\\"x,2\\n")',
    'error: Error in function call; Call to function "csvdecode" failed: CSV parse error on line 2: extraneous or missing " in quoted-field.',
  ],
  [
    'csvdecode("a\\"b\\n1\\n")',
    'error: Error in function call; Call to function "csvdecode" failed: CSV parse error on line 1: bare " in non-quoted-field.',
  ],
  ['csvdecode("a,b\\r\\n1,2\\r\\n")', '[{"a":"1","b":"2"}]'],
  ['csvdecode("a,b\\n\\n1,2\\n\\n\\n3,4")', '[{"a":"1","b":"2"},{"a":"3","b":"4"}]'],
  ['csvdecode("a,b\\n1,\\n")', '[{"a":"1","b":""}]'],
  ['csvdecode(" a, b\\n 1, 2\\n")', '[{" a":" 1"," b":" 2"}]'],
  ['csvdecode("a\\n\\"\\"\\n")', '[{"a":""}]'],
  ['csvdecode("a\\n\\"x\\r\\ny\\"\\n")', '[{"a":"x\\ny"}]'],
  ['csvdecode("a,é\\n1,2")', '[{"a":"1","é":"2"}]'],
  ['csvdecode("a,b\\n1,2\\r")', '[{"a":"1","b":"2"}]'],
  [
    'csvdecode("a,b\\n\\"1\\n2\\"x,2\\n")',
    'error: Error in function call; Call to function "csvdecode" failed: CSV parse error on line 3: extraneous or missing " in quoted-field.',
  ],
  [
    'csvdecode("a\\n1,2\\n\\"x")',
    'error: Error in function call; Call to function "csvdecode" failed: CSV parse error on line 2: wrong number of fields.',
  ],
]

callSuite('parser/eval/functions/encoding', cases).run()
