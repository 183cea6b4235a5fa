import { openDirSource, type TreeFilter } from './dir-source.ts'
import { type MemoryFile, openMemorySource } from './memory-source.ts'
import { sendTree } from './send-tree.ts'
import type { PacketChannel } from './types.ts'

export interface SendDirOptions extends TreeFilter {
  /** Absolute path of the root; links in it are followed, links below it are sent as links. */
  readonly dir: string
}

/**
 * Sends a directory: lists it, answers the other side's requests for files, and returns once both sides have said
 * that they are done. Owners are sent as 0; extended attributes are not sent, Node cannot read them.
 * Fails with `BuildFailure` (`io`, `wire`) or the signal's reason.
 */
export async function sendDir(
  options: SendDirOptions,
  channel: PacketChannel,
  signal: AbortSignal,
): Promise<void> {
  await sendTree(() => openDirSource(options.dir, options), channel, signal)
}

/** Like `sendDir` for files in memory, for instance an inline Dockerfile. */
export async function sendFiles(
  files: readonly MemoryFile[],
  channel: PacketChannel,
  signal: AbortSignal,
): Promise<void> {
  await sendTree(() => openMemorySource(files), channel, signal)
}
