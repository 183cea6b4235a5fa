// fsutil packets by hand: one per file and per 32 KiB of contents pass through here. A test compares
// every kind with the generated codec. Field numbers are in spec buildkit 6.
import type { FsPacket, FsStat } from '../fsync/types.ts'
import { FieldReader, varintSize, writeVarint } from '../wire/bytes-message.ts'

const TYPE_REQ = 1
const TYPE_DATA = 2
const TYPE_FIN = 3
const TYPE_ERR = 4

const TAG_TYPE = 0x08
const TAG_STAT = 0x12
const TAG_ID = 0x18
const TAG_DATA = 0x22

const STAT_PATH = 0x0a
const STAT_MODE = 0x10
const STAT_UID = 0x18
const STAT_GID = 0x20
const STAT_SIZE = 0x28
const STAT_MOD_TIME = 0x30
const STAT_LINKNAME = 0x3a
const STAT_DEV_MAJOR = 0x40
const STAT_DEV_MINOR = 0x48
const STAT_XATTRS = 0x52

const EMPTY = new Uint8Array(0)
const END_OF_LISTING: EncodedPacket = { head: EMPTY, tail: EMPTY }
// A type, an id and a length: three tags, a byte and two numbers of 32 bits.
const MAX_HEAD_BYTES = 16

/** The message in two parts, so that file contents are not copied here: `tail` is the packet's own data. */
export interface EncodedPacket {
  readonly head: Uint8Array
  readonly tail: Uint8Array
}

export function encodePacket(packet: FsPacket): EncodedPacket {
  switch (packet.kind) {
    case 'stat':
      // The end of a listing is an empty message: type 0 is not written.
      return packet.stat === undefined ? END_OF_LISTING : { head: encodeStatPacket(packet.stat), tail: EMPTY }
    case 'req':
      return { head: encodeHead(TYPE_REQ, packet.id, 0), tail: EMPTY }
    case 'data':
      return { head: encodeHead(TYPE_DATA, packet.id, packet.data.length), tail: packet.data }
    case 'fin':
      return { head: encodeHead(TYPE_FIN, 0, 0), tail: EMPTY }
    case 'err': {
      const text = Buffer.from(packet.message, 'utf8')
      return { head: encodeHead(TYPE_ERR, 0, text.length), tail: text }
    }
  }
}

/** Throws a `RangeError` on broken input. Data is a view of `message`. */
export function decodePacket(message: Uint8Array): FsPacket {
  let type = 0
  let id = 0
  let stat: FsStat | undefined
  let data = EMPTY as Uint8Array
  const reader = new FieldReader(message)
  for (let tag = reader.tag(); tag !== undefined; tag = reader.tag()) {
    if (tag === TAG_TYPE) type = reader.varint()
    else if (tag === TAG_STAT) stat = decodeStat(reader.bytes())
    else if (tag === TAG_ID) id = reader.varint()
    else if (tag === TAG_DATA) data = reader.bytes()
    else reader.skip(tag)
  }
  switch (type) {
    case 0:
      return stat === undefined ? { kind: 'stat' } : { kind: 'stat', stat }
    case TYPE_REQ:
      return { kind: 'req', id }
    case TYPE_DATA:
      return { kind: 'data', id, data }
    case TYPE_FIN:
      return { kind: 'fin' }
    case TYPE_ERR:
      return { kind: 'err', message: textOf(data) }
    default:
      throw new RangeError(`unknown packet type ${type}`)
  }
}

/** Everything but the data itself, which is the last field. */
function encodeHead(type: number, id: number, dataLength: number): Uint8Array {
  const out = Buffer.allocUnsafe(MAX_HEAD_BYTES)
  out[0] = TAG_TYPE
  out[1] = type
  let at = writeNumber(out, 2, TAG_ID, id)
  at = writeNumber(out, at, TAG_DATA, dataLength)
  return out.subarray(0, at)
}

function encodeStatPacket(stat: FsStat): Uint8Array {
  const bytes = encodeStat(stat)
  const out = Buffer.allocUnsafe(lengthField(bytes))
  writeBytes(out, 0, TAG_STAT, bytes)
  return out
}

function encodeStat(stat: FsStat): Uint8Array {
  const path = Buffer.from(stat.path, 'utf8')
  const link = stat.linkname === '' ? EMPTY : Buffer.from(stat.linkname, 'utf8')
  const xattrs = [...(stat.xattrs ?? [])].map(([key, value]) => encodeXattr(key, value))
  // Nine numbers take ten bytes at most, tags and lengths are included.
  const out = Buffer.allocUnsafe(
    100 + path.length + link.length + xattrs.reduce((sum, x) => sum + x.length + 6, 0),
  )
  let at = 0
  if (path.length > 0) at = writeBytes(out, at, STAT_PATH, path)
  at = writeNumber(out, at, STAT_MODE, stat.mode)
  at = writeNumber(out, at, STAT_UID, stat.uid)
  at = writeNumber(out, at, STAT_GID, stat.gid)
  at = writeNumber(out, at, STAT_SIZE, stat.size)
  at = writeBig(out, at, STAT_MOD_TIME, stat.modTimeNs)
  if (link.length > 0) at = writeBytes(out, at, STAT_LINKNAME, link)
  at = writeNumber(out, at, STAT_DEV_MAJOR, stat.devMajor)
  at = writeNumber(out, at, STAT_DEV_MINOR, stat.devMinor)
  for (const xattr of xattrs) at = writeBytes(out, at, STAT_XATTRS, xattr)
  return out.subarray(0, at)
}

function encodeXattr(key: string, value: Uint8Array): Uint8Array {
  const name = Buffer.from(key, 'utf8')
  const out = Buffer.allocUnsafe(lengthField(name) + lengthField(value))
  writeBytes(out, writeBytes(out, 0, 0x0a, name), 0x12, value)
  return out
}

function decodeStat(message: Uint8Array): FsStat {
  const stat = {
    path: '',
    mode: 0,
    uid: 0,
    gid: 0,
    size: 0,
    modTimeNs: 0n,
    linkname: '',
    devMajor: 0,
    devMinor: 0,
  }
  const xattrs = new Map<string, Uint8Array>()
  const reader = new FieldReader(message)
  for (let tag = reader.tag(); tag !== undefined; tag = reader.tag()) {
    if (tag === STAT_PATH) stat.path = textOf(reader.bytes())
    else if (tag === STAT_MODE) stat.mode = reader.varint()
    else if (tag === STAT_UID) stat.uid = reader.varint()
    else if (tag === STAT_GID) stat.gid = reader.varint()
    else if (tag === STAT_SIZE) stat.size = reader.varint()
    else if (tag === STAT_MOD_TIME) stat.modTimeNs = reader.varint64()
    else if (tag === STAT_LINKNAME) stat.linkname = textOf(reader.bytes())
    else if (tag === STAT_DEV_MAJOR) stat.devMajor = reader.varint()
    else if (tag === STAT_DEV_MINOR) stat.devMinor = reader.varint()
    else if (tag === STAT_XATTRS) decodeXattr(reader.bytes(), xattrs)
    else reader.skip(tag)
  }
  return xattrs.size === 0 ? stat : { ...stat, xattrs }
}

function decodeXattr(entry: Uint8Array, into: Map<string, Uint8Array>): void {
  let key = ''
  let value = EMPTY as Uint8Array
  const reader = new FieldReader(entry)
  for (let tag = reader.tag(); tag !== undefined; tag = reader.tag()) {
    if (tag === 0x0a) key = textOf(reader.bytes())
    else if (tag === 0x12) value = reader.bytes()
    else reader.skip(tag)
  }
  into.set(key, value)
}

function lengthField(bytes: Uint8Array): number {
  return 1 + varintSize(bytes.length) + bytes.length
}

function writeBytes(out: Buffer, at: number, tag: number, bytes: Uint8Array): number {
  out[at] = tag
  const start = writeVarint(out, at + 1, bytes.length)
  out.set(bytes, start)
  return start + bytes.length
}

function writeNumber(out: Buffer, at: number, tag: number, value: number): number {
  if (value === 0) return at
  out[at] = tag
  return writeVarint(out, at + 1, value)
}

function writeBig(out: Buffer, at: number, tag: number, value: bigint): number {
  if (value === 0n) return at
  let rest = BigInt.asUintN(64, value)
  let next = at
  out[next++] = tag
  while (rest >= 0x80n) {
    out[next++] = Number(rest & 0x7fn) | 0x80
    rest >>= 7n
  }
  out[next++] = Number(rest)
  return next
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
}
