import { CallError, Code } from '../call-error.ts'

const LENGTH_BYTES = 4
// OpenSSH's own limit for one agent message.
const MAX_MESSAGE_BYTES = 256 * 1024

/** Agent message types that matter here. */
export const AgentMessage = {
  failure: 5,
  requestIdentities: 11,
  identitiesAnswer: 12,
  signRequest: 13,
  signResponse: 14,
} as const

/** Cuts a byte stream into agent messages: type byte and body, without the length before them. */
export async function* agentMessages(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, undefined> {
  let pending: Buffer = Buffer.alloc(0)
  for await (const chunk of chunks) {
    pending = Buffer.concat([pending, chunk])
    while (pending.length >= LENGTH_BYTES) {
      const length = pending.readUInt32BE(0)
      if (length > MAX_MESSAGE_BYTES) throw new CallError(Code.unknown, 'ssh agent message is too large')
      if (pending.length < LENGTH_BYTES + length) break
      yield pending.subarray(LENGTH_BYTES, LENGTH_BYTES + length)
      pending = pending.subarray(LENGTH_BYTES + length)
    }
  }
  return undefined
}

/** A string of the ssh wire format: length and bytes. An agent message has the same shape. */
export function sshString(bytes: Uint8Array | string): Buffer {
  const body = typeof bytes === 'string' ? Buffer.from(bytes, 'utf8') : bytes
  const out = Buffer.allocUnsafe(LENGTH_BYTES + body.length)
  out.writeUInt32BE(body.length)
  out.set(body, LENGTH_BYTES)
  return out
}

/** A non-negative number in the ssh wire format: shortest form, a zero byte before a set top bit. */
export function sshNumber(magnitude: Uint8Array): Buffer {
  let start = 0
  while (start < magnitude.length && magnitude[start] === 0) start++
  const digits = magnitude.subarray(start)
  const signed = digits.length > 0 && (digits[0] as number) >= 0x80
  return sshString(signed ? Buffer.concat([Buffer.alloc(1), digits]) : digits)
}

export function sshUint32(value: number): Buffer {
  const out = Buffer.allocUnsafe(LENGTH_BYTES)
  out.writeUInt32BE(value)
  return out
}

/** Reads ssh strings and numbers in order; throws a `RangeError` past the end. */
export class SshReader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  uint32(): number {
    const value = this.#bytes.readUInt32BE(this.#at)
    this.#at += LENGTH_BYTES
    return value
  }

  string(): Buffer {
    const length = this.uint32()
    const end = this.#at + length
    if (end > this.#bytes.length) throw new RangeError('ssh data ends inside a string')
    const value = this.#bytes.subarray(this.#at, end)
    this.#at = end
    return value
  }

  text(): string {
    return this.string().toString('utf8')
  }
}
