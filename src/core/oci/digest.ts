/** A content address such as `sha256:…`. */
export interface Digest {
  readonly algorithm: string
  readonly hex: string
}

const SHAPE = /^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[a-zA-Z0-9=_-]+$/
const HEX_LENGTHS: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 }

export type ParsedDigest =
  | { readonly ok: true; readonly value: Digest }
  | { readonly ok: false; readonly message: string }

/** Reads a digest of a known algorithm: lower-case hex of the right length (OCI go-digest texts). */
export function parseDigest(text: string): ParsedDigest {
  if (!SHAPE.test(text)) return { ok: false, message: 'invalid checksum digest format' }
  const colon = text.indexOf(':')
  const algorithm = text.slice(0, colon)
  const hex = text.slice(colon + 1)
  const length = Object.hasOwn(HEX_LENGTHS, algorithm) ? HEX_LENGTHS[algorithm] : undefined
  if (length === undefined) return { ok: false, message: 'unsupported digest algorithm' }
  if (hex.length !== length) return { ok: false, message: 'invalid checksum digest length' }
  if (!/^[0-9a-f]+$/.test(hex)) return { ok: false, message: 'invalid checksum digest format' }
  return { ok: true, value: { algorithm, hex } }
}

/** Whether the text is a digest of a known algorithm. */
export function isDigest(text: string): boolean {
  return parseDigest(text).ok
}
