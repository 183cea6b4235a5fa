// Every BytesMessage of BuildKit has one field: `bytes data = 1`. Written by hand because all
// file contents pass through here; a test compares it with the generated codec.
const DATA_TAG = 0x0a
const WIRE_VARINT = 0
const WIRE_64BIT = 1
const WIRE_LENGTH = 2
const WIRE_32BIT = 5

/** How many bytes `length` takes as a varint. */
export function varintSize(length: number): number {
  let size = 1
  for (let rest = length; rest >= 0x80; rest = Math.floor(rest / 128)) size++
  return size
}

/** Writes a varint (a non-negative safe integer) and returns the offset after it. */
export function writeVarint(target: Uint8Array, offset: number, value: number): number {
  let rest = value
  let at = offset
  while (rest >= 0x80) {
    target[at++] = (rest % 128) | 0x80
    rest = Math.floor(rest / 128)
  }
  target[at++] = rest
  return at
}

/** Encodes the concatenation of `chunks` as one BytesMessage. Empty data is an empty message. */
export function encodeBytesMessage(chunks: readonly Uint8Array[]): Buffer {
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0)
  if (length === 0) return Buffer.alloc(0)
  const out = Buffer.allocUnsafe(1 + varintSize(length) + length)
  out[0] = DATA_TAG
  let at = writeVarint(out, 1, length)
  for (const chunk of chunks) {
    out.set(chunk, at)
    at += chunk.length
  }
  return out
}

/** The data of an encoded BytesMessage, as a view. Unknown fields are skipped; throws on broken input. */
export function decodeBytesMessage(message: Uint8Array): Uint8Array {
  let data = message.subarray(0, 0)
  const reader = new FieldReader(message)
  for (let tag = reader.tag(); tag !== undefined; tag = reader.tag()) {
    if (tag === DATA_TAG) data = reader.bytes()
    else reader.skip(tag)
  }
  return data
}

/** Walks the fields of one encoded message. */
export class FieldReader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** Field number and wire type; undefined at the end. */
  tag(): number | undefined {
    return this.#at >= this.#bytes.length ? undefined : this.varint()
  }

  /** Exact up to 2^53; larger values lose low bits. */
  varint(): number {
    let value = 0
    let scale = 1
    for (let count = 0; count < 10; count++) {
      const byte = this.#bytes[this.#at++]
      if (byte === undefined) throw new RangeError('message ends inside a number')
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
      scale *= 128
    }
    throw new RangeError('number is longer than ten bytes')
  }

  /** A signed or unsigned 64-bit number, exact. */
  varint64(): bigint {
    let value = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#bytes[this.#at++]
      if (byte === undefined) throw new RangeError('message ends inside a number')
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return BigInt.asIntN(64, value)
    }
    throw new RangeError('number is longer than ten bytes')
  }

  bytes(): Uint8Array {
    const length = this.varint()
    const end = this.#at + length
    if (end > this.#bytes.length) throw new RangeError('message ends inside a field')
    const view = this.#bytes.subarray(this.#at, end)
    this.#at = end
    return view
  }

  skip(tag: number): void {
    const wireType = tag & 7
    if (wireType === WIRE_VARINT) this.varint64()
    else if (wireType === WIRE_LENGTH) this.bytes()
    else if (wireType === WIRE_64BIT) this.#at += 8
    else if (wireType === WIRE_32BIT) this.#at += 4
    else throw new RangeError(`unknown wire type ${wireType}`)
  }
}
