import { setImmediate as nextTurn } from 'node:timers/promises'
import { BuildFailure, isBuildFailure } from '../../core/failure.ts'
import { isRegular } from './mode.ts'
import { RequestQueue } from './request-queue.ts'
import type { OpenFile, TreeSource } from './tree-source.ts'
import type { FsStat, PacketChannel } from './types.ts'

/** Files up to this size are read at once; larger ones by threads, so that a slow disk holds up nobody. */
const SMALL_FILE_BYTES = 64 * 1024
/** One read, and one packet, of a large file. */
const LARGE_READ_BYTES = 256 * 1024
/** Work done in one go before others get their turn. */
const PORTION_MS = 6

/** The sending side of spec buildkit 6.1, for any source of files. */
export async function sendTree(
  open: () => TreeSource,
  channel: PacketChannel,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted()
  try {
    await new TreeSender(open(), channel, signal).run()
  } catch (error) {
    signal.throwIfAborted()
    // Only a problem of our own is news to the other side.
    if (isBuildFailure(error) && error.kind === 'io')
      await channel.send({ kind: 'err', message: error.message })
    throw error
  }
}

class TreeSender {
  private readonly source: TreeSource
  private readonly channel: PacketChannel
  private readonly signal: AbortSignal
  private readonly requests: RequestQueue
  /** By id: what may still be asked for. */
  private readonly files: (FsStat | undefined)[] = []
  private readonly smallBuffer: Uint8Array = Buffer.allocUnsafeSlow(SMALL_FILE_BYTES + 1)
  private largeBuffers: readonly [Uint8Array, Uint8Array] | undefined

  constructor(source: TreeSource, channel: PacketChannel, signal: AbortSignal) {
    this.source = source
    this.channel = channel
    this.signal = signal
    this.requests = new RequestQueue(channel, signal)
  }

  /** Listing and answering take turns, so that the other side can begin before it knows everything. */
  async run(): Promise<void> {
    let listing = true
    for (;;) {
      if (listing) listing = await this.listSome()
      await this.answerSome()
      if (listing || this.requests.hasWaiting()) await nextTurn()
      else if (!(await this.requests.arrival())) break
      this.signal.throwIfAborted()
    }
    await this.channel.send({ kind: 'fin' })
  }

  private async listSome(): Promise<boolean> {
    const stats = this.source.next()
    if (stats === undefined) {
      await this.channel.send({ kind: 'stat' })
      return false
    }
    for (const stat of stats) {
      this.files.push(isRegular(stat.mode) ? stat : undefined)
      const full = this.channel.send({ kind: 'stat', stat })
      if (full !== undefined) await full
    }
    return true
  }

  private async answerSome(): Promise<void> {
    const until = performance.now() + PORTION_MS
    for (let id = this.requests.take(); id !== undefined; id = this.requests.take()) {
      const stat = this.files[id]
      if (stat === undefined) throw new BuildFailure('wire', `invalid file id ${id}`, { code: 'BAD_FILE_ID' })
      this.files[id] = undefined
      const full = this.answer(id, stat)
      if (full !== undefined) await full
      if (performance.now() > until) return
    }
  }

  /** Small files take no promise at all. A file that has gone is sent empty, as the reference does. */
  private answer(id: number, stat: FsStat): Promise<void> | void {
    const file = this.source.open(stat.path)
    if (file === undefined) return this.channel.send({ kind: 'data', id, data: NOTHING })
    if (stat.size > SMALL_FILE_BYTES) return this.sendLarge(id, file)
    let complete = true
    try {
      complete = this.sendSmall(id, file)
    } finally {
      if (complete) file.close()
    }
    return complete ? this.channel.send({ kind: 'data', id, data: NOTHING }) : this.sendLarge(id, file)
  }

  /** Sends what one read gives; false when there may be more, as the file has grown. */
  private sendSmall(id: number, file: OpenFile): boolean {
    const bytes = file.readSync(this.smallBuffer)
    if (bytes > 0) void this.channel.send({ kind: 'data', id, data: this.smallBuffer.subarray(0, bytes) })
    return bytes < this.smallBuffer.length
  }

  private async sendLarge(id: number, file: OpenFile): Promise<void> {
    try {
      await this.sendRest(id, file)
    } finally {
      file.close()
    }
    await this.channel.send({ kind: 'data', id, data: NOTHING })
  }

  /** The next part is read while the one before is sent. */
  private async sendRest(id: number, file: OpenFile): Promise<void> {
    this.largeBuffers ??= [Buffer.allocUnsafeSlow(LARGE_READ_BYTES), Buffer.allocUnsafeSlow(LARGE_READ_BYTES)]
    let [current, other] = this.largeBuffers
    let bytes = await file.read(current)
    while (bytes > 0) {
      const reading = file.read(other)
      try {
        await this.channel.send({ kind: 'data', id, data: current.subarray(0, bytes) })
        this.signal.throwIfAborted()
      } catch (error) {
        // The file may be closed only when nobody reads it any more.
        await reading.catch(() => {})
        throw error
      }
      bytes = await reading
      ;[current, other] = [other, current]
    }
  }
}

const NOTHING = new Uint8Array(0)
