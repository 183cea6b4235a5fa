import { Upload } from '../../gen/upload_pb.ts'
import { encodeBytesMessage } from '../../wire/bytes-message.ts'
import { methodPath } from '../../wire/call.ts'
import type { Attachable, CallContext, MessageStream } from '../attachable.ts'
import { CallError, Code } from '../call-error.ts'

// The daemon's own chunk size is 3 MiB at most; smaller ones keep memory low.
const CHUNK_BYTES = 256 * 1024

/**
 * Serves archives under `http://buildkit-session/<id>`, each once (spec buildkit 5.7).
 * An entry leaves `pulls` when the daemon asks for it.
 */
export function upload(pulls: Map<string, AsyncIterable<Uint8Array>>): Attachable {
  return {
    methods: [
      {
        kind: 'stream',
        path: methodPath(Upload.method.pull),
        handle: async (stream, call) => await pull(pulls, stream, call),
      },
    ],
  }
}

async function pull(
  pulls: Map<string, AsyncIterable<Uint8Array>>,
  stream: MessageStream,
  call: CallContext,
): Promise<void> {
  const id = (call.metadata.first('urlpath') ?? '').replace(/^\//, '')
  const bytes = pulls.get(id)
  if (bytes === undefined) throw new CallError(Code.unknown, `no http response from session for ${id}`)
  pulls.delete(id)
  for await (const chunk of bytes) {
    for (let at = 0; at < chunk.length; at += CHUNK_BYTES) {
      call.signal.throwIfAborted()
      await stream.send(encodeBytesMessage([chunk.subarray(at, at + CHUNK_BYTES)]))
    }
  }
}
