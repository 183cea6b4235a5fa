import { Duplex } from 'node:stream'
import type { ClientDuplexStream } from '@grpc/grpc-js'
import { decodeBytesMessage, encodeBytesMessage } from './bytes-message.ts'

// Well below the 16 MiB message limit, and large enough to make framing cheap.
const MAX_SLICE_BYTES = 1024 * 1024

/** Carries bytes in the BytesMessages of a bidirectional call, with back-pressure both ways. */
export function callDuplex(
  call: ClientDuplexStream<Uint8Array, Uint8Array>,
  toFailure: (error: unknown) => Error,
  signal: AbortSignal | undefined,
): Duplex {
  const send = (message: Buffer, done: (error?: Error | null) => void): void => {
    if (call.write(message)) done()
    else waitForDrain(call, done)
  }
  const duplex = new Duplex({
    allowHalfOpen: false,
    read: () => call.resume(),
    write: (chunk: Buffer, _encoding, done) => sendSlices(slices([chunk]), send, done),
    writev: (chunks, done) => sendSlices(slices(chunks.map((c) => c.chunk as Buffer)), send, done),
    final: (done) => {
      call.end()
      done()
    },
    destroy: (error, done) => {
      signal?.removeEventListener('abort', abort)
      call.cancel()
      done(error)
    },
  })
  const abort = (): void => {
    duplex.destroy(toFailure(signal?.reason))
  }
  signal?.addEventListener('abort', abort, { once: true })
  call.on('data', (message: Uint8Array) => {
    const data = decodeBytesMessage(message)
    if (data.length > 0 && !duplex.push(data)) call.pause()
  })
  call.on('end', () => duplex.push(null))
  call.on('error', (error) => duplex.destroy(toFailure(error)))
  call.pause()
  return duplex
}

function waitForDrain(call: ClientDuplexStream<Uint8Array, Uint8Array>, done: () => void): void {
  const settle = (): void => {
    call.off('drain', settle).off('close', settle).off('error', settle)
    done()
  }
  call.on('drain', settle).on('close', settle).on('error', settle)
}

function slices(chunks: readonly Buffer[]): Buffer[] {
  const messages: Buffer[] = []
  let group: Uint8Array[] = []
  let size = 0
  const flush = (): void => {
    if (size > 0) messages.push(encodeBytesMessage(group))
    group = []
    size = 0
  }
  for (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += MAX_SLICE_BYTES) {
      const part = chunk.subarray(at, at + MAX_SLICE_BYTES)
      if (size + part.length > MAX_SLICE_BYTES) flush()
      group.push(part)
      size += part.length
    }
  }
  flush()
  return messages
}

function sendSlices(
  messages: readonly Buffer[],
  send: (message: Buffer, done: (error?: Error | null) => void) => void,
  done: (error?: Error | null) => void,
): void {
  const next = (index: number): void => {
    const message = messages[index]
    if (message === undefined) done()
    else send(message, () => next(index + 1))
  }
  next(0)
}
