import type { Duplex } from 'node:stream'
import { CallError, Code } from '../call-error.ts'

const REQUEST_IDENTITIES = 11
const SIGN_REQUEST = 13
const LENGTH_BYTES = 4
// OpenSSH's own limit for one agent message.
const MAX_MESSAGE_BYTES = 256 * 1024
const FAILURE_REPLY = Uint8Array.of(0, 0, 0, 1, 5)

/**
 * Passes list and sign requests to an agent and refuses everything else: a build must not add, remove or lock
 * keys (spec buildkit 5.6). Requests are answered one by one, in order. Ends when the requests do.
 */
export async function* answerAgentRequests(
  requests: AsyncIterable<Uint8Array>,
  agent: Duplex,
): AsyncGenerator<Uint8Array> {
  const replies = messages(agent)
  for await (const request of messages(requests)) {
    const type = request[LENGTH_BYTES]
    if (type !== REQUEST_IDENTITIES && type !== SIGN_REQUEST) {
      yield FAILURE_REPLY
      continue
    }
    agent.write(request)
    const reply = await replies.next()
    if (reply.done) throw new CallError(Code.unknown, 'the ssh agent closed the connection')
    yield reply.value
  }
}

/** Whole agent messages, length included. */
async function* messages(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, undefined> {
  let pending: Uint8Array = new Uint8Array(0)
  for await (const chunk of chunks) {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk])
    while (pending.length >= LENGTH_BYTES) {
      const length = Buffer.from(pending.buffer, pending.byteOffset, LENGTH_BYTES).readUInt32BE(0)
      if (length > MAX_MESSAGE_BYTES) throw new CallError(Code.unknown, 'ssh agent message is too large')
      if (pending.length < LENGTH_BYTES + length) break
      yield pending.subarray(0, LENGTH_BYTES + length)
      pending = pending.subarray(LENGTH_BYTES + length)
    }
  }
  return undefined
}
