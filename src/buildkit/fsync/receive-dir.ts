import { setImmediate as nextTurn } from 'node:timers/promises'
import { BuildFailure, isBuildFailure } from '../../core/failure.ts'
import { DirWriter, type PartialFile } from './dir-writer.ts'
import { isHardLink, ListingCheck } from './listing.ts'
import { isDirectory, isRegular, isSymlink } from './mode.ts'
import type { FsPacket, FsStat, PacketChannel } from './types.ts'

export interface ReceiveDirOptions {
  /** Absolute path of the destination; made (0700) when missing. */
  readonly dir: string
  /** `copy` never deletes; `delete` removes what the other side did not name. */
  readonly mode: 'copy' | 'delete'
}

/**
 * Receives a directory into `dir`, asking for every file. Several transfers may run into one directory at a time.
 * Files appear under their names only when they are complete. Returns when the other side has closed.
 * Fails with `BuildFailure` (`io`, `wire`) or the signal's reason.
 */
export async function receiveDir(
  options: ReceiveDirOptions,
  channel: PacketChannel,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted()
  const receiver = new TreeReceiver(options, channel)
  try {
    let turnEnds = performance.now() + PORTION_MS
    for await (const packet of channel.receive()) {
      signal.throwIfAborted()
      receiver.take(packet)
      if (performance.now() < turnEnds) continue
      await nextTurn()
      turnEnds = performance.now() + PORTION_MS
    }
    receiver.assertComplete()
  } catch (error) {
    receiver.discard()
    signal.throwIfAborted()
    if (isBuildFailure(error) && error.kind === 'io')
      await channel.send({ kind: 'err', message: error.message })
    throw error
  }
}

/** Work done in one go before others get their turn. */
const PORTION_MS = 6

class TreeReceiver {
  private readonly options: ReceiveDirOptions
  private readonly channel: PacketChannel
  private readonly writer: DirWriter
  private readonly check = new ListingCheck()
  /** Asked for and not complete, by id. */
  private readonly wanted = new Map<number, FsStat>()
  private readonly open = new Map<number, PartialFile>()
  private readonly directories: FsStat[] = []
  private readonly hardLinks: FsStat[] = []
  private readonly named = new Set<string>()
  private nextId = 0
  private listed = false
  private finished = false

  constructor(options: ReceiveDirOptions, channel: PacketChannel) {
    this.options = options
    this.channel = channel
    this.writer = new DirWriter(options.dir)
  }

  take(packet: FsPacket): void {
    switch (packet.kind) {
      case 'stat':
        if (packet.stat === undefined) this.listed = true
        else this.entry(packet.stat, this.nextId++)
        break
      case 'data':
        this.data(packet.id, packet.data)
        break
      case 'err':
        throw new BuildFailure('wire', `error from sender: ${packet.message}`, { code: 'SENDER_FAILED' })
      case 'fin':
      case 'req':
        break
    }
    if (this.listed && this.wanted.size === 0 && !this.finished) this.finish()
  }

  assertComplete(): void {
    if (this.finished) return
    throw new BuildFailure('wire', 'directory transfer: the sender closed before it was complete', {
      code: 'CLOSED',
    })
  }

  /** Takes back unfinished files. */
  discard(): void {
    for (const file of this.open.values()) this.writer.discard(file)
    this.open.clear()
  }

  private entry(stat: FsStat, id: number): void {
    this.check.accept(stat)
    if (this.options.mode === 'delete') this.named.add(stat.path)
    if (isDirectory(stat.mode)) {
      this.writer.directory(stat)
      this.directories.push(stat)
    } else if (isSymlink(stat.mode)) this.writer.symlink(stat)
    else if (isHardLink(stat)) this.hardLinks.push(stat)
    else if (isRegular(stat.mode)) {
      this.wanted.set(id, stat)
      this.say({ kind: 'req', id })
    } else this.writer.refuse(stat)
  }

  private data(id: number, data: Uint8Array): void {
    const stat = this.wanted.get(id)
    if (stat === undefined) throw new BuildFailure('wire', `invalid file id ${id}`, { code: 'BAD_FILE_ID' })
    let file = this.open.get(id)
    if (file === undefined) {
      file = this.writer.begin(stat)
      this.open.set(id, file)
    }
    if (data.length > 0) {
      this.writer.write(file, data)
      return
    }
    this.writer.complete(file)
    this.open.delete(id)
    this.wanted.delete(id)
  }

  /** Links need their files, and a directory's time changes with everything put into it, so both come last. */
  private finish(): void {
    this.finished = true
    for (const stat of this.hardLinks) this.writer.hardLink(stat)
    if (this.options.mode === 'delete') this.writer.removeOthers(this.named)
    for (const stat of this.directories.reverse()) this.writer.finishDirectory(stat)
    this.say({ kind: 'fin' })
  }

  /**
   * Requests are few bytes each. Waiting for room to send them would stop us from reading, and two sides that
   * both wait never go on.
   */
  private say(packet: FsPacket): void {
    const sent = this.channel.send(packet)
    // A broken channel shows in reading it.
    if (sent !== undefined) sent.catch(() => {})
  }
}
