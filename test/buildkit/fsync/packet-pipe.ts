import type { FsPacket, PacketChannel } from '../../../src/buildkit/fsync/types.ts'

/** Packets a side may have on the way before the sender must wait. */
const CAPACITY = 8

/** Two connected channels in memory, with back-pressure; a packet's data is copied as on a real wire. */
export function packetPipe(): readonly [End, End] {
  const there = new Direction()
  const back = new Direction()
  return [new End(back, there), new End(there, back)]
}

/** One end; `seen` keeps what it sent. */
export class End implements PacketChannel {
  readonly seen: FsPacket[] = []
  private readonly incoming: Direction
  private readonly outgoing: Direction

  constructor(incoming: Direction, outgoing: Direction) {
    this.incoming = incoming
    this.outgoing = outgoing
  }

  send(packet: FsPacket): Promise<void> | void {
    const copy = packet.kind === 'data' ? { ...packet, data: Uint8Array.from(packet.data) } : packet
    this.seen.push(copy)
    return this.outgoing.put(copy)
  }

  receive(): AsyncIterable<FsPacket> {
    return this.incoming.take()
  }

  /** Half-closes. */
  close(): void {
    this.outgoing.end()
  }
}

class Direction {
  private readonly queue: FsPacket[] = []
  private ended = false
  private arrived: () => void = () => {}
  private room: (() => void)[] = []

  put(packet: FsPacket): Promise<void> | void {
    this.queue.push(packet)
    this.arrived()
    if (this.queue.length > CAPACITY) return new Promise((resolve) => this.room.push(resolve))
  }

  end(): void {
    this.ended = true
    this.arrived()
  }

  async *take(): AsyncGenerator<FsPacket> {
    for (;;) {
      const packet = this.queue.shift()
      if (packet !== undefined) {
        yield packet
        if (this.queue.length <= CAPACITY) for (const go of this.room.splice(0)) go()
      } else if (this.ended) return
      else {
        await new Promise<void>((resolve) => {
          this.arrived = resolve
        })
      }
    }
  }
}
