import type { Writable } from 'node:stream'
import { receiveDir } from '../../fsync/receive-dir.ts'
import { FileSend } from '../../gen/filesync_pb.ts'
import { decodeBytesMessage } from '../../wire/bytes-message.ts'
import { methodPath } from '../../wire/call.ts'
import type { StringMap } from '../../wire/types.ts'
import type { Attachable, CallContext, MessageStream } from '../attachable.ts'
import { CallError, Code } from '../call-error.ts'
import type { CallMetadata } from '../metadata.ts'
import { packetChannel } from '../packet-channel.ts'
import { writeFileWhole, writeToStream } from './byte-sinks.ts'

const METADATA_PREFIX = 'exporter-md-'

/** Takes the bytes of an archive; the build waits for it and fails with its error. */
export type ConsumeBytes = (
  bytes: AsyncIterable<Uint8Array>,
  metadata: StringMap,
  signal: AbortSignal,
) => Promise<void>

/** Where the result of one exporter goes. */
export type FileSink =
  /** `copy` (default) never deletes; `delete` removes what the result does not name. */
  | { readonly kind: 'dir'; readonly path: string; readonly mode?: 'copy' | 'delete' }
  /** Written under a temporary name and renamed when complete; nothing appears when no byte arrives. */
  | { readonly kind: 'file'; readonly path: string }
  /** Not closed afterwards. */
  | { readonly kind: 'stdout'; readonly stream: Writable }
  | { readonly kind: 'consume'; readonly consume: ConsumeBytes }

/** Learns why an output could not be taken; the daemon may report no more than that the stream ended. */
export type OutputFailed = (exporter: number, error: unknown) => void

/** Receives results by exporter index (spec buildkit 5.2, 5.3). */
export function fileSend(sinks: ReadonlyMap<number, FileSink>, failed?: OutputFailed): Attachable {
  return {
    methods: [
      {
        kind: 'stream',
        path: methodPath(FileSend.method.diffCopy),
        handle: async (stream, call) => await receive(sinks, failed, stream, call),
      },
    ],
  }
}

async function receive(
  sinks: ReadonlyMap<number, FileSink>,
  failed: OutputFailed | undefined,
  stream: MessageStream,
  call: CallContext,
): Promise<void> {
  // Daemons with a single exporter send no id.
  const id = call.metadata.first('buildkit-attachable-exporter-id') ?? '0'
  const sink = sinks.get(Number(id))
  if (sink === undefined) throw new CallError(Code.notFound, `exporter ${id} not found`)
  try {
    await receiveInto(sink, stream, call)
  } catch (error) {
    if (!call.signal.aborted) failed?.(Number(id), error)
    throw error
  }
}

async function receiveInto(sink: FileSink, stream: MessageStream, call: CallContext): Promise<void> {
  switch (sink.kind) {
    case 'dir':
      return await receiveTree(sink, stream, call)
    case 'file':
      return await writeFileWhole(sink.path, dataOf(stream), call.signal)
    case 'stdout':
      return await writeToStream(sink.stream, dataOf(stream), call.signal)
    case 'consume':
      return await sink.consume(dataOf(stream), exporterMetadata(call.metadata), call.signal)
  }
}

async function receiveTree(
  sink: Extract<FileSink, { kind: 'dir' }>,
  stream: MessageStream,
  call: CallContext,
): Promise<void> {
  const mode = sink.mode ?? 'copy'
  if (mode === 'delete' && call.metadata.first('buildkit-exporter-multi-platform') !== '1') {
    // A stream per platform would make each one delete the others' files.
    throw new CallError(
      Code.unknown,
      'local exporter mode=delete requires a BuildKit daemon with multi-platform local export support',
    )
  }
  await receiveDir({ dir: sink.path, mode }, packetChannel(stream), call.signal)
}

async function* dataOf(stream: MessageStream): AsyncGenerator<Uint8Array> {
  for await (const message of stream.receive()) {
    const data = decodeBytesMessage(message)
    if (data.length > 0) yield data
  }
}

function exporterMetadata(metadata: CallMetadata): StringMap {
  const names = metadata.names().filter((name) => name.startsWith(METADATA_PREFIX))
  return Object.fromEntries(
    names.map((name) => [name.slice(METADATA_PREFIX.length), metadata.all(name).join(',')]),
  )
}
