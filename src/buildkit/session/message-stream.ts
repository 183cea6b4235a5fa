import type { ServerHttp2Stream } from 'node:http2'
import { setImmediate as turn } from 'node:timers/promises'
import type { MessageStream } from './attachable.ts'
import { CallError, Code } from './call-error.ts'
import { FRAME_HEADER_BYTES, FrameReader, writeFrameHeader } from './frame.ts'

// Small messages (a file list) are gathered up to this size into one write.
const GATHER_BYTES = 64 * 1024
const NOTHING = new Uint8Array(0)

/** Messages on one HTTP/2 stream, with back-pressure both ways. */
export class Http2MessageStream implements MessageStream {
  readonly #stream: ServerHttp2Stream
  #gathered: Buffer = Buffer.allocUnsafe(GATHER_BYTES)
  #gatheredBytes = 0
  #flushTimer: NodeJS.Immediate | undefined
  #drained: Promise<void> | undefined

  constructor(stream: ServerHttp2Stream) {
    this.#stream = stream
  }

  async *receive(): AsyncGenerator<Uint8Array> {
    const reader = new FrameReader()
    // The stream must outlive a receiver that leaves early: the status is still to be sent on it.
    const chunks = this.#stream.iterator({ destroyOnReturn: false })[Symbol.asyncIterator]()
    for (;;) {
      const next = await this.#next(chunks)
      if (next === undefined) break
      yield* reader.push(next)
    }
    reader.end()
  }

  async #next(chunks: AsyncIterator<Buffer>): Promise<Buffer | undefined> {
    let cause: unknown
    try {
      const next = await chunks.next()
      if (!next.done) return next.value
      // A reset looks like an end of input, and may be right behind one: only the stream itself tells.
      await turn()
      if (!this.#stream.aborted && !this.#stream.closed && !this.#stream.destroyed) return undefined
    } catch (error) {
      cause = error
    }
    const why = cause instanceof Error ? `: ${cause.message}` : ''
    throw new CallError(Code.cancelled, `the daemon ended the call${why}`)
  }

  send(head: Uint8Array, tail: Uint8Array = NOTHING): Promise<void> | void {
    const size = FRAME_HEADER_BYTES + head.length + tail.length
    if (this.#gatheredBytes + size > GATHER_BYTES) this.#flush()
    if (size > GATHER_BYTES) {
      const frame = Buffer.allocUnsafe(size)
      fill(frame, 0, head, tail)
      this.#write(frame)
      return this.#drained
    }
    fill(this.#gathered, this.#gatheredBytes, head, tail)
    this.#gatheredBytes += size
    this.#flushTimer ??= setImmediate(() => this.#flush())
    return this.#drained
  }

  /** Hands over what is gathered; to be called before the status is sent. */
  finish(): void {
    this.#flush()
  }

  #flush(): void {
    clearImmediate(this.#flushTimer)
    this.#flushTimer = undefined
    if (this.#gatheredBytes === 0) return
    const full = this.#gathered.subarray(0, this.#gatheredBytes)
    // The stream keeps the written buffer until it is sent, so the next messages need a new one.
    if (this.#gatheredBytes * 2 > GATHER_BYTES) {
      this.#gathered = Buffer.allocUnsafe(GATHER_BYTES)
      this.#write(full)
    } else {
      this.#write(Buffer.from(full))
    }
    this.#gatheredBytes = 0
  }

  #write(bytes: Buffer): void {
    if (this.#stream.destroyed || this.#stream.writableEnded) return
    if (this.#stream.write(bytes) || this.#drained !== undefined) return
    this.#drained = new Promise((resolve) => {
      const settle = (): void => {
        this.#stream.off('drain', settle).off('close', settle)
        this.#drained = undefined
        resolve()
      }
      this.#stream.on('drain', settle).on('close', settle)
    })
  }
}

function fill(target: Buffer, offset: number, head: Uint8Array, tail: Uint8Array): void {
  writeFrameHeader(target, offset, head.length + tail.length)
  target.set(head, offset + FRAME_HEADER_BYTES)
  target.set(tail, offset + FRAME_HEADER_BYTES + head.length)
}
