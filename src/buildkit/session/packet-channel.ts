import type { FsPacket, PacketChannel } from '../fsync/types.ts'
import type { MessageStream } from './attachable.ts'
import { decodePacket, encodePacket } from './packet-codec.ts'

/** A directory transfer on a streaming call. */
export function packetChannel(stream: MessageStream): PacketChannel {
  return {
    async *receive(): AsyncGenerator<FsPacket> {
      for await (const message of stream.receive()) yield decodePacket(message)
    },
    send: (packet) => {
      const { head, tail } = encodePacket(packet)
      return stream.send(head, tail)
    },
  }
}
