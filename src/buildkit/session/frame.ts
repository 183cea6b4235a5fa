import { CallError, Code } from './call-error.ts'

/** Flag byte and big-endian length before every message. */
export const FRAME_HEADER_BYTES = 5
// The daemon's own limit for one message.
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024

/** Writes the header of an uncompressed message. */
export function writeFrameHeader(target: Buffer, offset: number, length: number): void {
  target[offset] = 0
  target.writeUInt32BE(length, offset + 1)
}

/** Cuts a byte stream into messages. Messages are views of the chunks where they lie in one piece. */
export class FrameReader {
  #pending: Buffer[] = []
  #pendingBytes = 0
  #wanted = FRAME_HEADER_BYTES

  /** Takes a chunk and returns the messages it completes. Throws `CallError` on compression or oversize. */
  push(chunk: Buffer): Uint8Array[] {
    const messages: Uint8Array[] = []
    this.#pending.push(chunk)
    this.#pendingBytes += chunk.length
    if (this.#pendingBytes < this.#wanted) return messages
    const bytes = this.#pending.length === 1 ? chunk : Buffer.concat(this.#pending, this.#pendingBytes)
    let at = 0
    this.#wanted = FRAME_HEADER_BYTES
    while (bytes.length - at >= FRAME_HEADER_BYTES) {
      const end = at + FRAME_HEADER_BYTES + messageLength(bytes, at)
      if (end > bytes.length) {
        this.#wanted = end - at
        break
      }
      messages.push(bytes.subarray(at + FRAME_HEADER_BYTES, end))
      at = end
    }
    this.#pending = at === bytes.length ? [] : [bytes.subarray(at)]
    this.#pendingBytes = bytes.length - at
    return messages
  }

  /** Throws when the stream ended inside a message. */
  end(): void {
    if (this.#pendingBytes > 0) throw new CallError(Code.internal, 'stream ended inside a message')
  }
}

function messageLength(bytes: Buffer, at: number): number {
  if (bytes[at] !== 0) throw new CallError(Code.unimplemented, 'compressed messages are not supported')
  const length = bytes.readUInt32BE(at + 1)
  if (length > MAX_MESSAGE_BYTES) {
    throw new CallError(
      Code.resourceExhausted,
      `message of ${length} bytes is over the limit of ${MAX_MESSAGE_BYTES}`,
    )
  }
  return length
}
