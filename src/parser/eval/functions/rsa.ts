import { quote } from '../../../core/go/quote.ts'
import { fromBase64 } from './base64.ts'
import { DER_INTEGER, DER_SEQUENCE, type DerElement, readDer, unsignedOf } from './der.ts'

/** Decrypted text, or why it could not be. */
export type Decrypted =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly message: string }

interface PrivateKey {
  readonly modulus: bigint
  readonly exponent: bigint
  readonly sizeBytes: number
}

/** Keys beyond this many bits would take minutes. */
const MAX_KEY_BITS = 16_384
/** A padded message: 0, 2, at least eight bytes that are not 0, then 0 and the text. */
const SHORTEST_PADDING = 8

/** Decrypts base64 text made with RSA and PKCS #1 v1.5 padding, by a PEM key in PKCS #1 form. */
export function decryptRsa(cipherText: string, pem: string): Decrypted {
  const cipher = fromBase64(cipherText)
  if (cipher === undefined) {
    return failed(`failed to decode input ${quote(cipherText)}: cipher text must be base64-encoded`)
  }
  const block = readPem(pem)
  if (block === undefined) return failed('failed to parse key: no key found')
  if (block.encrypted) {
    return failed(
      'failed to parse key: password protected keys are not supported. Please decrypt the key prior to use',
    )
  }
  const key = readKey(block.bytes)
  if ('message' in key) return failed(key.message)
  const plain = unpad(key, cipher)
  if (plain === undefined) return failed('crypto/rsa: decryption error')
  return { ok: true, text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(plain) }
}

function failed(message: string): Decrypted {
  return { ok: false, message }
}

const PEM_BLOCK = /(?:^|\n)-----BEGIN ([^\n]*)-----[ \t\r]*\n([\s\S]*?)(?:^|\n)-----END \1-----/

function readPem(text: string): { bytes: Uint8Array; encrypted: boolean } | undefined {
  const body = PEM_BLOCK.exec(text)?.[2]
  if (body === undefined) return undefined
  const lines = body.split('\n').map((line) => line.trim())
  const headers = lines.filter((line) => line.includes(':'))
  const bytes = fromBase64(lines.filter((line) => !line.includes(':')).join(''))
  const encrypted = headers.some((line) => /^Proc-Type:\s*4,ENCRYPTED$/.test(line))
  return bytes === undefined ? undefined : { bytes, encrypted }
}

function readKey(bytes: Uint8Array): PrivateKey | { readonly message: string } {
  const outer = readDer(bytes)
  if (outer === undefined) return { message: 'asn1: syntax error: truncated tag or length' }
  const fields = outer.length === 1 && outer[0]?.tag === DER_SEQUENCE ? readDer(outer[0].content) : undefined
  if (fields === undefined) return { message: 'asn1: structure error: not a PKCS #1 private key' }
  const [version, modulus, , exponent] = fields
  if (!isInteger(version) || !isInteger(modulus) || !isInteger(exponent))
    return { message: foreignKey(fields) }
  const n = unsignedOf(modulus.content)
  const bits = n.toString(2).length
  if (bits > MAX_KEY_BITS) return { message: `a key of ${bits} bits is too large; at most ${MAX_KEY_BITS}` }
  return { modulus: n, exponent: unsignedOf(exponent.content), sizeBytes: Math.ceil(bits / 8) }
}

function isInteger(element: DerElement | undefined): element is DerElement {
  return element?.tag === DER_INTEGER
}

/** PKCS #8 holds a sequence second, EC keys an octet string. */
function foreignKey(fields: readonly DerElement[]): string {
  const parser = fields[1]?.tag === DER_SEQUENCE ? 'ParsePKCS8PrivateKey' : 'ParseECPrivateKey'
  return `x509: failed to parse private key (use ${parser} instead for this key format)`
}

function unpad(key: PrivateKey, cipher: Uint8Array): Uint8Array | undefined {
  const value = unsignedOf(cipher)
  if (cipher.length > key.sizeBytes || value >= key.modulus) return undefined
  const padded = bytesOf(modularPower(value, key.exponent, key.modulus), key.sizeBytes)
  if (padded[0] !== 0 || padded[1] !== 2) return undefined
  const end = padded.indexOf(0, 2)
  return end < 2 + SHORTEST_PADDING ? undefined : padded.subarray(end + 1)
}

function modularPower(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  let square = base % modulus
  for (let bits = exponent; bits > 0n; bits >>= 1n) {
    if (bits & 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

function bytesOf(value: bigint, length: number): Uint8Array {
  const hex = value.toString(16).padStart(length * 2, '0')
  return Uint8Array.from({ length }, (_, i) => Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16))
}
