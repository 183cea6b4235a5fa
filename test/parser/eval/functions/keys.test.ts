import { constants, generateKeyPairSync, publicEncrypt } from 'node:crypto'
import bcrypt from 'bcryptjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { resultOf } from './calls.ts'

const test = suite('parser/eval/functions/keys')

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()

function encrypted(text: string): string {
  const padded = { key: publicKey, padding: constants.RSA_PKCS1_PADDING }
  return publicEncrypt(padded, Buffer.from(text)).toString('base64')
}

function decrypt(cipherText: string, key: string): string {
  return resultOf(`rsadecrypt(${JSON.stringify(cipherText)}, ${JSON.stringify(key)})`)
}

const goodKeys = [
  { name: 'a plain key', key: pem },
  { name: 'a key with Windows line ends', key: pem.replaceAll('\n', '\r\n') },
  { name: 'a key without a final line end', key: pem.trimEnd() },
  { name: 'a key between other lines', key: `a comment\n${pem}another\n` },
] as const
for (const { name, key } of goodKeys) {
  test(`rsadecrypt reads ${name}`, () => assert.is(decrypt(encrypted('grüße'), key), '"grüße"'))
}

const failure = 'error: Error in function call; Call to function "rsadecrypt" failed:'
const badKeys = [
  {
    name: 'points to the other parser for PKCS #8',
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    want: `${failure} x509: failed to parse private key (use ParsePKCS8PrivateKey instead for this key format).`,
  },
  {
    name: 'points to the other parser for EC keys',
    key: generateKeyPairSync('ec', { namedCurve: 'P-256' })
      .privateKey.export({ type: 'sec1', format: 'pem' })
      .toString(),
    want: `${failure} x509: failed to parse private key (use ParseECPrivateKey instead for this key format).`,
  },
  {
    name: 'refuses a key with a password',
    key: pem.replace('KEY-----\n', 'KEY-----\nProc-Type: 4,ENCRYPTED\n\n'),
    want: `${failure} failed to parse key: password protected keys are not supported. Please decrypt the key prior to use.`,
  },
  {
    name: 'refuses a key that does not begin its line',
    key: `x${pem}`,
    want: `${failure} failed to parse key: no key found.`,
  },
] as const
for (const { name, key, want } of badKeys) {
  test(`rsadecrypt ${name}`, () => assert.is(decrypt(encrypted('x'), key), want))
}

test('rsadecrypt does not tell why a text does not decrypt', () => {
  assert.is(decrypt('aGVsbG8=', pem), `${failure} crypto/rsa: decryption error.`)
})

test('bcrypt makes a hash that the password fits', () => {
  const hash = JSON.parse(resultOf('bcrypt("secret", 4)'))
  assert.match(hash, /^\$2a\$04\$.{53}$/)
  assert.ok(bcrypt.compareSync('secret', hash))
  assert.not(bcrypt.compareSync('Secret', hash))
})

test('bcrypt takes ten rounds when the cost is too low', () => {
  assert.match(JSON.parse(resultOf('bcrypt("secret", 3)')), /^\$2a\$10\$/)
})

test.run()
