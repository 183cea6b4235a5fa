import { createHmac, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'

// DER of a PKCS#8 Ed25519 key up to its 32 seed bytes.
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')
const KEY_BYTES = 32

/** What a session's key is derived from; no seed when the user has no credentials. */
export interface AuthorityParts {
  readonly salt: Uint8Array
  readonly seed?: Uint8Array
}

/** The 32 public bytes by which the daemon recognises a session that owns the same credentials. */
export function publicKeyOf(parts: AuthorityParts): Uint8Array {
  const spki = createPublicKey(keyOf(parts)).export({ type: 'spki', format: 'der' })
  return spki.subarray(spki.length - KEY_BYTES)
}

/** Signature (64 bytes) followed by the payload, as NaCl's `sign` does it. */
export function signPayload(parts: AuthorityParts, payload: Uint8Array): Uint8Array {
  return Buffer.concat([sign(null, payload, keyOf(parts)), payload])
}

function keyOf(parts: AuthorityParts): KeyObject {
  const hmac = createHmac('sha256', parts.salt)
  if (parts.seed !== undefined) hmac.update(parts.seed)
  const der = Buffer.concat([PKCS8_PREFIX, hmac.digest().subarray(0, KEY_BYTES)])
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
}
