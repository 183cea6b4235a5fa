import { createPublicKey, generateKeyPairSync, type JsonWebKey, type KeyObject, verify } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readSshKey } from '../../../../src/buildkit/session/attachables/ssh-key.ts'
import {
  SshReader,
  sshNumber,
  sshString,
  sshUint32,
} from '../../../../src/buildkit/session/attachables/ssh-wire.ts'

const test = suite('buildkit/session/attachables/ssh-key')
const data = Buffer.from('to be signed')
const raw = (text: string | undefined): Buffer => Buffer.from(text ?? '', 'base64url')

const keys = [
  {
    name: 'Ed25519',
    key: generateKeyPairSync('ed25519').privateKey,
    algorithm: 'ssh-ed25519',
    flags: 0,
    hash: null,
  },
  {
    name: 'RSA',
    key: generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey,
    algorithm: 'rsa-sha2-512',
    flags: 4,
    hash: 'sha512',
  },
  {
    name: 'RSA with SHA-256',
    key: generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey,
    algorithm: 'rsa-sha2-256',
    flags: 2,
    hash: 'sha256',
  },
  ...(['P-256', 'P-384', 'P-521'] as const).map((namedCurve, index) => ({
    name: namedCurve,
    key: generateKeyPairSync('ec', { namedCurve }).privateKey,
    algorithm: `ecdsa-sha2-nistp${namedCurve.slice(2)}`,
    flags: 0,
    hash: ['sha256', 'sha384', 'sha512'][index] as string,
  })),
]

for (const row of keys) {
  for (const form of ['PEM', 'OpenSSH'] as const) {
    test(`a ${row.name} key in ${form} form signs`, () => {
      const text =
        form === 'PEM'
          ? row.key.export({ type: 'pkcs8', format: 'pem' }).toString()
          : openSsh(row.key, 'none')
      const key = readSshKey(text)
      assert.ok(
        new SshReader(key.publicBlob)
          .text()
          .startsWith(row.algorithm.slice(0, 4) === 'rsa-' ? 'ssh-rsa' : row.algorithm),
      )
      const signed = new SshReader(key.sign(data, row.flags))
      assert.is(signed.text(), row.algorithm)
      const publicKey = createPublicKey(row.key)
      const signature = signed.string()
      if (row.algorithm.startsWith('ecdsa')) {
        const half = raw(row.key.export({ format: 'jwk' }).x).length
        const pair = ieee(signature, half)
        assert.ok(verify(row.hash, data, { key: publicKey, dsaEncoding: 'ieee-p1363' }, pair))
      } else {
        assert.ok(verify(row.hash, data, publicKey, signature))
      }
    })
  }
}

const sample = generateKeyPairSync('ed25519').privateKey
const refused = [
  { name: 'an encrypted OpenSSH key', text: openSsh(sample, 'aes256-ctr'), want: /it is encrypted/ },
  {
    name: 'an encrypted PEM key',
    text: sample.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'x' }).toString(),
    want: /it is encrypted/,
  },
  { name: 'a text', text: 'ssh-ed25519 AAAA me@host', want: /it is not a private key/ },
  {
    name: 'a cut OpenSSH key',
    text: '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----',
    want: /it is not a private key/,
  },
]
for (const row of refused) {
  test(`${row.name} is refused`, () => {
    assert.throws(() => readSshKey(row.text), row.want)
  })
}

/** Writes a key as ssh-keygen does, without a passphrase. */
function openSsh(key: KeyObject, cipher: string): string {
  const jwk = key.export({ format: 'jwk' })
  const fields = Buffer.concat([
    sshUint32(7),
    sshUint32(7),
    ...privateFields(jwk),
    sshString('comment'),
    Buffer.of(1, 2, 3),
  ])
  const body = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    sshString(cipher),
    sshString(cipher === 'none' ? 'none' : 'bcrypt'),
    sshString(''),
    sshUint32(1),
    sshString('public'),
    sshString(fields),
  ])
  const lines = body.toString('base64').replace(/.{70}/g, '$&\n')
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines}\n-----END OPENSSH PRIVATE KEY-----\n`
}

function privateFields(jwk: JsonWebKey): Buffer[] {
  if (jwk.kty === 'OKP') {
    const x = raw(jwk.x)
    return [sshString('ssh-ed25519'), sshString(x), sshString(Buffer.concat([raw(jwk.d), x]))]
  }
  if (jwk.kty === 'RSA') {
    const numbers = [jwk.n, jwk.e, jwk.d, jwk.qi, jwk.p, jwk.q].map((value) => sshNumber(raw(value)))
    return [sshString('ssh-rsa'), ...numbers]
  }
  const curve = `nistp${jwk.crv?.slice(2)}`
  const point = Buffer.concat([Buffer.of(4), raw(jwk.x), raw(jwk.y)])
  return [sshString(`ecdsa-sha2-${curve}`), sshString(curve), sshString(point), sshNumber(raw(jwk.d))]
}

function ieee(signature: Buffer, half: number): Buffer {
  const numbers = new SshReader(signature)
  const padded = [numbers.string(), numbers.string()].map((number) => {
    const digits = number.subarray(Math.max(0, number.length - half))
    return Buffer.concat([Buffer.alloc(half - digits.length), digits])
  })
  return Buffer.concat(padded)
}

test.run()
