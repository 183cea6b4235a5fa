import { createPrivateKey, type JsonWebKey, type KeyObject, sign } from 'node:crypto'
import { SshReader, sshNumber, sshString } from './ssh-wire.ts'

const OPENSSH_BLOCK = /-----BEGIN OPENSSH PRIVATE KEY-----([\s\S]*?)-----END OPENSSH PRIVATE KEY-----/
const ENCRYPTED_PEM = /-----BEGIN ENCRYPTED|^Proc-Type: 4,ENCRYPTED/m
const OPENSSH_MAGIC = 'openssh-key-v1\0'
const RSA_SHA2_256 = 2
const RSA_SHA2_512 = 4
const CURVES: Readonly<
  Record<string, { readonly name: string; readonly hash: string; readonly bytes: number }>
> = {
  'P-256': { name: 'nistp256', hash: 'sha256', bytes: 32 },
  'P-384': { name: 'nistp384', hash: 'sha384', bytes: 48 },
  'P-521': { name: 'nistp521', hash: 'sha512', bytes: 66 },
}

/** A private key that an agent offers. */
export interface SshKey {
  /** The public key in ssh wire form; names the key in requests. */
  readonly publicBlob: Buffer
  /** Signature in ssh wire form; `flags` choose the hash of RSA keys. */
  sign(data: Uint8Array, flags: number): Buffer
}

/** Reads an unencrypted private key: OpenSSH form or PEM. Throws an `Error` that says what is wrong with it. */
export function readSshKey(text: string): SshKey {
  const key = OPENSSH_BLOCK.test(text) ? fromOpenSsh(text) : fromPem(text)
  const jwk = key.export({ format: 'jwk' })
  if (jwk.kty === 'OKP' && jwk.crv === 'Ed25519') return ed25519(key, jwk)
  if (jwk.kty === 'RSA') return rsa(key, jwk)
  if (jwk.kty === 'EC') return ecdsa(key, jwk)
  throw new Error('the kind of key is not supported')
}

function ed25519(key: KeyObject, jwk: JsonWebKey): SshKey {
  return {
    publicBlob: Buffer.concat([sshString('ssh-ed25519'), sshString(decode(jwk.x))]),
    sign: (data) => Buffer.concat([sshString('ssh-ed25519'), sshString(sign(null, data, key))]),
  }
}

function rsa(key: KeyObject, jwk: JsonWebKey): SshKey {
  return {
    publicBlob: Buffer.concat([sshString('ssh-rsa'), sshNumber(decode(jwk.e)), sshNumber(decode(jwk.n))]),
    sign(data, flags) {
      const [name, hash] = rsaAlgorithm(flags)
      return Buffer.concat([sshString(name), sshString(sign(hash, data, key))])
    },
  }
}

function rsaAlgorithm(flags: number): readonly [string, string] {
  if ((flags & RSA_SHA2_512) !== 0) return ['rsa-sha2-512', 'sha512']
  return (flags & RSA_SHA2_256) === 0 ? ['ssh-rsa', 'sha1'] : ['rsa-sha2-256', 'sha256']
}

function ecdsa(key: KeyObject, jwk: JsonWebKey): SshKey {
  const curve = CURVES[jwk.crv ?? '']
  if (curve === undefined) throw new Error('the curve of the key is not supported')
  const name = sshString(`ecdsa-sha2-${curve.name}`)
  const point = Buffer.concat([Buffer.of(4), decode(jwk.x), decode(jwk.y)])
  return {
    publicBlob: Buffer.concat([name, sshString(curve.name), sshString(point)]),
    sign(data) {
      const pair = sign(curve.hash, data, { key, dsaEncoding: 'ieee-p1363' })
      const half = pair.length / 2
      const numbers = Buffer.concat([sshNumber(pair.subarray(0, half)), sshNumber(pair.subarray(half))])
      return Buffer.concat([name, sshString(numbers)])
    },
  }
}

function fromPem(text: string): KeyObject {
  try {
    return createPrivateKey(text)
  } catch (error) {
    throw encryptedOr(error, ENCRYPTED_PEM.test(text))
  }
}

function encryptedOr(error: unknown, encrypted: boolean): Error {
  if (encrypted) return new Error('it is encrypted; add it to an ssh agent and forward that')
  return new Error('it is not a private key', { cause: error })
}

function fromOpenSsh(text: string): KeyObject {
  const bytes = Buffer.from(OPENSSH_BLOCK.exec(text)?.[1] ?? '', 'base64')
  try {
    return createPrivateKey({ key: openSshJwk(bytes), format: 'jwk' })
  } catch (error) {
    throw encryptedOr(error, error instanceof EncryptedKey)
  }
}

class EncryptedKey extends Error {}

function openSshJwk(bytes: Buffer): JsonWebKey {
  if (bytes.toString('latin1', 0, OPENSSH_MAGIC.length) !== OPENSSH_MAGIC) throw new Error('no OpenSSH key')
  const outer = new SshReader(bytes.subarray(OPENSSH_MAGIC.length))
  const cipher = outer.text()
  outer.string()
  outer.string()
  if (cipher !== 'none') throw new EncryptedKey()
  outer.uint32()
  outer.string()
  const inner = new SshReader(outer.string())
  inner.uint32()
  inner.uint32()
  const kind = inner.text()
  if (kind === 'ssh-ed25519') return ed25519Jwk(inner)
  if (kind === 'ssh-rsa') return rsaJwk(inner)
  return ecdsaJwk(inner)
}

function ed25519Jwk(fields: SshReader): JsonWebKey {
  const x = fields.string()
  return { kty: 'OKP', crv: 'Ed25519', x: encode(x), d: encode(fields.string().subarray(0, 32)) }
}

function rsaJwk(fields: SshReader): JsonWebKey {
  const [n, e, d, qi, p, q] = Array.from({ length: 6 }, () => fields.string()) as [
    Buffer,
    Buffer,
    Buffer,
    Buffer,
    Buffer,
    Buffer,
  ]
  const exponent = (prime: Buffer): Buffer => fromNumber(toNumber(d) % (toNumber(prime) - 1n))
  const parts = { n, e, d, p, q, dp: exponent(p), dq: exponent(q), qi }
  return {
    kty: 'RSA',
    ...Object.fromEntries(Object.entries(parts).map(([name, value]) => [name, encode(trim(value))])),
  }
}

function ecdsaJwk(fields: SshReader): JsonWebKey {
  const name = fields.text()
  const [crv, curve] = Object.entries(CURVES).find(([, known]) => known.name === name) ?? []
  if (crv === undefined || curve === undefined) throw new Error('unknown curve')
  const point = fields.string()
  const d = trim(fields.string())
  const padded = Buffer.concat([Buffer.alloc(curve.bytes - d.length), d])
  const x = point.subarray(1, 1 + curve.bytes)
  return { kty: 'EC', crv, x: encode(x), y: encode(point.subarray(1 + curve.bytes)), d: encode(padded) }
}

function trim(number: Buffer): Buffer {
  let start = 0
  while (start < number.length - 1 && number[start] === 0) start++
  return number.subarray(start)
}

function toNumber(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString('hex') || '0'}`)
}

function fromNumber(value: bigint): Buffer {
  const hex = value.toString(16)
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')
}

function decode(text: string | undefined): Buffer {
  return Buffer.from(text ?? '', 'base64url')
}

function encode(bytes: Buffer): string {
  return bytes.toString('base64url')
}
