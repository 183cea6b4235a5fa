import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import {
  WriteAction,
  type WriteContentRequest,
  WriteContentRequestSchema,
  WriteContentResponseSchema,
} from '../../gen/content_pb.ts'
import type { MessageStream } from '../attachable.ts'
import { CallError, Code } from '../call-error.ts'
import type { BlobStore, PartialBlob } from './blob-store.ts'

/** One conversation stores one blob; every message is answered with the offset reached (spec buildkit 5.8). */
export async function serveWrite(
  store: BlobStore,
  stream: MessageStream,
  signal: AbortSignal,
): Promise<void> {
  const conversation = new Conversation(store)
  try {
    for await (const message of stream.receive()) {
      signal.throwIfAborted()
      const request = fromBinary(WriteContentRequestSchema, message)
      const reply = await conversation.take(request)
      const answer = {
        ...reply,
        action: request.action,
        offset: BigInt(reply.offset),
        total: BigInt(reply.total),
      }
      await stream.send(toBinary(WriteContentResponseSchema, create(WriteContentResponseSchema, answer)))
    }
  } finally {
    await conversation.close()
  }
}

class Conversation {
  readonly #store: BlobStore
  #blob: PartialBlob | undefined
  // Named by the first message only.
  #ref = ''
  #total = 0
  #expected = ''

  constructor(store: BlobStore) {
    this.#store = store
  }

  async take(request: WriteContentRequest): Promise<{ offset: number; total: number; digest: string }> {
    this.#ref ||= request.ref
    this.#expected = request.expected || this.#expected
    this.#total = Number(request.total) || this.#total
    if (this.#ref === '') throw new CallError(Code.invalidArgument, 'first message must have a reference')
    if (
      request.action !== WriteAction.WRITE &&
      this.#expected !== '' &&
      (await this.#store.has(this.#expected))
    ) {
      throw new CallError(Code.alreadyExists, `content ${this.#expected} exists already`)
    }
    this.#blob ??= await this.#store.begin(this.#ref)
    const blob = this.#blob
    if (request.action !== WriteAction.STAT && request.data.length > 0) {
      await blob.write(Number(request.offset), request.data)
    }
    let digest = ''
    if (request.action === WriteAction.COMMIT) {
      digest = await blob.commit({ expected: this.#expected, sizeBytes: this.#total })
    }
    return { offset: blob.sizeBytes, total: this.#total, digest }
  }

  async close(): Promise<void> {
    await this.#blob?.close()
  }
}
