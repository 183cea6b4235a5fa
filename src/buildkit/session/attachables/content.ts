import {
  create,
  type DescMessage,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from '@bufbuild/protobuf'
import { timestampFromMs } from '@bufbuild/protobuf/wkt'
import { Content } from '../../gen/content_pb.ts'
import { methodPath } from '../../wire/call.ts'
import type { Attachable, CallContext, MessageStream, ServedMethod } from '../attachable.ts'
import { CallError, Code } from '../call-error.ts'
import { type BlobInfo, BlobStore } from './blob-store.ts'
import { serveWrite } from './content-write.ts'

/** A directory in OCI layout form that the daemon may use; `dir` is absolute. */
export interface ContentStore {
  readonly dir: string
  readonly access: 'read' | 'read-write'
}

// The daemon's own limit for one piece.
const READ_BYTES = 1024 * 1024

/**
 * Serves blobs of directories by store id: `oci:<id>`, `local:<path>`, `export` (spec buildkit 5.8).
 * `index.json` is the caller's: the daemon moves blobs only.
 */
export function content(stores: ReadonlyMap<string, ContentStore>): Attachable {
  const opened = new Map([...stores].map(([id, store]) => [id, new BlobStore(store.dir, store.access)]))
  const find = (call: CallContext): BlobStore => {
    const id = call.metadata.first('buildkit-attachable-store-id')
    if (id === undefined) throw new CallError(Code.invalidArgument, 'content store id is missing')
    const store = opened.get(id)
    if (store === undefined) throw new CallError(Code.notFound, `unknown store ${id}`)
    return store
  }
  return {
    methods: [
      unary(Content.method.info, async ({ digest }, call) => ({
        info: infoOf(await find(call).info(digest)),
      })),
      unary(Content.method.update, async ({ info }, call) => {
        const known = await find(call).info(info?.digest ?? '')
        return { info: { ...infoOf(known), labels: { ...info?.labels } } }
      }),
      unary(Content.method.status, async ({ ref }, call) => {
        const offset = await find(call).partialSize(ref)
        if (offset === undefined) throw new CallError(Code.notFound, `ingest ${ref} not found`)
        return { status: { ref, offset: BigInt(offset) } }
      }),
      unary(Content.method.abort, async ({ ref }, call) => {
        await find(call).abort(ref)
        return {}
      }),
      {
        kind: 'stream',
        path: methodPath(Content.method.read),
        handle: async (stream, call) => await read(find(call), stream, call),
      },
      {
        kind: 'stream',
        path: methodPath(Content.method.write),
        handle: async (stream, call) => await serveWrite(find(call), stream, call.signal),
      },
    ],
    close: async () => {
      for (const store of opened.values()) await store.close()
    },
  }
}

async function read(store: BlobStore, stream: MessageStream, call: CallContext): Promise<void> {
  const { input, output } = Content.method.read
  for await (const message of stream.receive()) {
    const request = fromBinary(input, message)
    const range = { offset: Number(request.offset), size: Number(request.size) }
    let offset = range.offset
    for await (const data of store.read(request.digest, range, READ_BYTES)) {
      call.signal.throwIfAborted()
      await stream.send(toBinary(output, create(output, { offset: BigInt(offset), data })))
      offset += data.length
    }
    return
  }
}

function infoOf(info: BlobInfo): {
  digest: string
  size: bigint
  createdAt: ReturnType<typeof timestampFromMs>
  updatedAt: ReturnType<typeof timestampFromMs>
} {
  return {
    digest: info.digest,
    size: BigInt(info.sizeBytes),
    createdAt: timestampFromMs(Math.trunc(info.modifiedMs)),
    updatedAt: timestampFromMs(Math.trunc(info.modifiedMs)),
  }
}

function unary<I extends DescMessage, O extends DescMessage>(
  method: {
    readonly name: string
    readonly parent: { readonly typeName: string }
    readonly input: I
    readonly output: O
  },
  handle: (request: MessageShape<I>, call: CallContext) => Promise<MessageInitShape<O>>,
): ServedMethod {
  return {
    kind: 'unary',
    path: methodPath(method),
    handle: async (request, call) =>
      toBinary(method.output, create(method.output, await handle(fromBinary(method.input, request), call))),
  }
}
