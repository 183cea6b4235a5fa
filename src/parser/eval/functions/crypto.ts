import { str } from '../../../core/value/make.ts'
import { NUMBER, STRING } from '../../../core/value/type.ts'
import type { Value } from '../../../core/value/value.ts'
import { bad, type CallResult, type CallWorld, type FunctionSpec, good } from '../../scope.ts'
import { type Family, param, textAt, WHOLE_REQUIRED, wholeAt } from './define.ts'
import { md5, sha1, sha256, sha512 } from './heavy/digest.ts'
import { hashPassword } from './heavy/password-hash.ts'
import { decryptRsa } from './rsa.ts'

/** Hashes, password hashes and decryption (spec bake 3.7). */
export const CRYPTO: Family = [
  {
    name: 'bcrypt',
    doc: 'Hashes a password for storage, with a salt of its own.',
    params: [param('str', STRING, 'The password, at most 72 bytes.')],
    variadic: param('cost', NUMBER, 'Work factor, 4 to 31; 10 when left out.'),
    returns: STRING,
    call: callBcrypt,
  },
  hashFunction('md5', 'MD5', md5),
  {
    name: 'rsadecrypt',
    doc: 'Decrypts a text that was encrypted with RSA (PKCS #1 v1.5).',
    params: [
      param('ciphertext', STRING, 'The encrypted text in base64.'),
      param('privatekey', STRING, 'The key in PEM form (PKCS #1, without password).'),
    ],
    returns: STRING,
    call: callDecrypt,
  },
  hashFunction('sha1', 'SHA1', sha1),
  hashFunction('sha256', 'SHA256', sha256),
  hashFunction('sha512', 'SHA512', sha512),
]

function hashFunction(name: string, title: string, hash: (bytes: Uint8Array) => Uint8Array): FunctionSpec {
  return {
    name,
    doc: `Gives the ${title} digest of a text in hexadecimal digits.`,
    params: [param('str', STRING, 'The text to hash, as UTF-8.')],
    returns: STRING,
    call: (args) => {
      const digest = hash(new TextEncoder().encode(textAt(args, 0)))
      return good(str(Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')))
    },
  }
}

const DEFAULT_COST = 10

function callBcrypt(args: readonly Value[], world: CallWorld): CallResult {
  const cost = args.length > 1 ? wholeAt(args, 1) : DEFAULT_COST
  if (cost === undefined) return bad(WHOLE_REQUIRED)
  if (args.length > 2) return bad('bcrypt() takes no more than two arguments')
  const hashed = hashPassword(textAt(args, 0), cost, world.random(16))
  return hashed.ok ? good(str(hashed.text)) : bad(`error occured generating password ${hashed.message}`)
}

function callDecrypt(args: readonly Value[]): CallResult {
  const decrypted = decryptRsa(textAt(args, 0), textAt(args, 1))
  return decrypted.ok ? good(str(decrypted.text)) : bad(decrypted.message)
}
