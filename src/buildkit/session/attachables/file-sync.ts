import { isAbsolute } from 'node:path'
import type { MemoryFile } from '../../fsync/memory-source.ts'
import { sendDir, sendFiles } from '../../fsync/send-dir.ts'
import { FileSync } from '../../gen/filesync_pb.ts'
import { methodPath } from '../../wire/call.ts'
import type { Attachable, CallContext, MessageStream } from '../attachable.ts'
import { CallError, Code } from '../call-error.ts'
import { packetChannel } from '../packet-channel.ts'

/** What stands behind one mount name. */
export type SyncSource =
  | { readonly kind: 'dir'; readonly path: string }
  | { readonly kind: 'files'; readonly files: readonly MemoryFile[] }

/** Lets the daemon read directories by mount name (spec buildkit 5.1). Directory paths must be absolute. */
export function fileSync(sources: ReadonlyMap<string, SyncSource>): Attachable {
  const diffCopy = (stream: MessageStream, call: CallContext): Promise<void> => {
    const name = call.metadata.decoded('dir-name')[0] ?? ''
    const source = sources.get(name)
    if (source === undefined) throw new CallError(Code.notFound, `no access allowed to dir "${name}"`)
    return sendSource(source, stream, call)
  }
  return {
    methods: [
      {
        kind: 'stream',
        path: methodPath(FileSync.method.diffCopy),
        handle: async (stream, call) => await diffCopy(stream, call),
      },
    ],
  }
}

async function sendSource(source: SyncSource, stream: MessageStream, call: CallContext): Promise<void> {
  const channel = packetChannel(stream)
  if (source.kind === 'files') return await sendFiles(source.files, channel, call.signal)
  if (!isAbsolute(source.path))
    throw new CallError(Code.internal, `mount path ${source.path} is not absolute`)
  const options = {
    dir: source.path,
    includePatterns: call.metadata.decoded('include-patterns'),
    excludePatterns: call.metadata.decoded('exclude-patterns'),
    followPaths: call.metadata.decoded('followpaths'),
  }
  await sendDir(options, channel, call.signal)
}
