/** One entry of a directory tree as both sides describe it (spec buildkit 6, 6.3). */
export interface FsStat {
  /** Slash-separated and relative to the tree's root, which itself has no entry. */
  readonly path: string
  /** Go file mode bits (spec buildkit 6.2), not `st_mode`; unsigned 32 bit. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly size: number
  /** Nanoseconds since the epoch. */
  readonly modTimeNs: bigint
  /** Target of a symbolic link, or path of the entry sent first that this one is a hard link to; else ''. */
  readonly linkname: string
  readonly devMajor: number
  readonly devMinor: number
  /** Absent when there are none. */
  readonly xattrs?: ReadonlyMap<string, Uint8Array>
}

/** One message of a directory transfer. A `stat` packet without a stat ends the listing. */
export type FsPacket =
  | { readonly kind: 'stat'; readonly stat?: FsStat }
  | { readonly kind: 'req'; readonly id: number }
  | { readonly kind: 'data'; readonly id: number; readonly data: Uint8Array }
  | { readonly kind: 'fin' }
  | { readonly kind: 'err'; readonly message: string }

/** Both directions of one transfer, whatever carries it. */
export interface PacketChannel {
  /** Packets of the other side until it half-closes. May be iterated once. */
  receive(): AsyncIterable<FsPacket>
  /**
   * Sends one packet, in call order. A promise means "wait before you send more" (back-pressure).
   * The data of a packet is the caller's again as soon as the call has returned: copy or encode it first.
   */
  send(packet: FsPacket): Promise<void> | void
}
