import { callSuite } from './calls.ts'

/** A call and its result as JSON, or its error behind `error: `. */
const cases: readonly (readonly [call: string, want: string])[] = [
  ['md5("hello")', '"5d41402abc4b2a76b9719d911017c592"'],
  ['sha1("hello")', '"aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d"'],
  ['sha256("hello")', '"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"'],
  [
    'sha512("hello")',
    '"9b71d224bd62f3785d96d46ad3ea3d73319bfbc2890caadae2dff72519673ca72323c3d99ba5c11d7c7acc6e14b8c5da0c4663475c2e5c3adef46f73bcdec043"',
  ],
  ['md5("")', '"d41d8cd98f00b204e9800998ecf8427e"'],
  [
    'sha512("é")',
    '"9e2ad28633f24451bd4f3c1cb20586a21a44c3aeedbdc01b9cc8fa72917ea7bd689c82b8bf1fef89b911cf8cc46fa2c1ccc10087b2094fd4d3350ecd88526a2c"',
  ],
  ['sha256(123)', '"a665a45920422f9d417e4867efdc4fb8a04a1f3fff1fa07e998e86f7f7a27ae3"'],
  [
    'md5([1])',
    'error: Invalid function argument; Invalid value for "str" parameter: string required, but have tuple.',
  ],
  [
    'bcrypt("x",32)',
    'error: Error in function call; Call to function "bcrypt" failed: error occured generating password crypto/bcrypt: cost 32 is outside allowed inclusive range 4..31.',
  ],
  [
    'bcrypt("x",1.5)',
    'error: Error in function call; Call to function "bcrypt" failed: value must be a whole number, between -9223372036854775808 and 9223372036854775807.',
  ],
  [
    'bcrypt("x",5,6)',
    'error: Error in function call; Call to function "bcrypt" failed: bcrypt() takes no more than two arguments.',
  ],
  [
    'bcrypt("0123456789012345678901234567890123456789012345678901234567890123456789abc")',
    'error: Error in function call; Call to function "bcrypt" failed: error occured generating password bcrypt: password length exceeds 72 bytes.',
  ],
  [
    'bcrypt("x","a")',
    'error: Invalid function argument; Invalid value for "cost" parameter: a number is required.',
  ],
  [
    'bcrypt()',
    'error: Not enough function arguments; Function "bcrypt" expects at least 1 argument(s). Missing value for "str".',
  ],
  ['length(split("",bcrypt("x",4)))', '60'],
  [
    'rsadecrypt("x","y")',
    'error: Error in function call; Call to function "rsadecrypt" failed: failed to decode input "x": cipher text must be base64-encoded.',
  ],
  [
    'rsadecrypt("aGVsbG8=","y")',
    'error: Error in function call; Call to function "rsadecrypt" failed: failed to parse key: no key found.',
  ],
  [
    'rsadecrypt("!!","-----BEGIN RSA PRIVATE KEY-----\\nMA==\\n-----END RSA PRIVATE KEY-----")',
    'error: Error in function call; Call to function "rsadecrypt" failed: failed to decode input "!!": cipher text must be base64-encoded.',
  ],
  [
    'bcrypt("x",25)',
    'error: Error in function call; Call to function "bcrypt" failed: error occured generating password bcrypt: cost 25 would take too long; at most 18.',
  ],
]

callSuite('parser/eval/functions/crypto', cases).run()
