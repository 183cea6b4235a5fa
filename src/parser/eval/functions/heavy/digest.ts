import * as legacy from '@noble/hashes/legacy.js'
import * as sha2 from '@noble/hashes/sha2.js'

/** The MD5 digest, 16 bytes. */
export function md5(bytes: Uint8Array): Uint8Array {
  return legacy.md5(bytes)
}

/** The SHA-1 digest, 20 bytes. */
export function sha1(bytes: Uint8Array): Uint8Array {
  return legacy.sha1(bytes)
}

/** The SHA-256 digest, 32 bytes. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return sha2.sha256(bytes)
}

/** The SHA-512 digest, 64 bytes. */
export function sha512(bytes: Uint8Array): Uint8Array {
  return sha2.sha512(bytes)
}
