/** One element of a DER encoding. */
export interface DerElement {
  readonly tag: number
  readonly content: Uint8Array
}

export const DER_INTEGER = 0x02
export const DER_SEQUENCE = 0x30

/** Splits bytes into the elements that lie side by side in them; undefined when they do not add up. */
export function readDer(bytes: Uint8Array): readonly DerElement[] | undefined {
  const elements: DerElement[] = []
  let at = 0
  while (at < bytes.length) {
    const tag = bytes[at] ?? 0
    const header = readLength(bytes, at + 1)
    if (header === undefined || header.start + header.length > bytes.length) return undefined
    const end = header.start + header.length
    elements.push({ tag, content: bytes.subarray(header.start, end) })
    at = end
  }
  return elements
}

/** Keys are far below 16 MiB; longer lengths are nonsense. */
const MAX_LENGTH_BYTES = 3

function readLength(bytes: Uint8Array, at: number): { start: number; length: number } | undefined {
  const first = bytes[at]
  if (first === undefined) return undefined
  if (first < 0x80) return { start: at + 1, length: first }
  const count = first & 0x7f
  if (count === 0 || count > MAX_LENGTH_BYTES || at + count >= bytes.length) return undefined
  let length = 0
  for (let i = 1; i <= count; i++) length = length * 256 + (bytes[at + i] ?? 0)
  return { start: at + 1 + count, length }
}

/** Bytes as an unsigned number, most significant first. */
export function unsignedOf(bytes: Uint8Array): bigint {
  let text = '0x0'
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0')
  return BigInt(text)
}
