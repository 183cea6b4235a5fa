import { create, fromBinary, type MessageInitShape, toBinary } from '@bufbuild/protobuf'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { FsPacket, FsStat } from '../../../src/buildkit/fsync/types.ts'
import { Packet_PacketType, PacketSchema } from '../../../src/buildkit/gen/fsutil_pb.ts'
import { decodePacket, encodePacket } from '../../../src/buildkit/session/packet-codec.ts'

const test = suite('buildkit/session/packet-codec')

const file: FsStat = {
  path: 'dir/ä.txt',
  mode: 0o644,
  uid: 0,
  gid: 0,
  size: 5_000_000_000,
  modTimeNs: 1_795_236_286_660_164_321n,
  linkname: '',
  devMajor: 0,
  devMinor: 0,
}
const device: FsStat = {
  ...file,
  mode: 0x8c200000 >>> 0,
  uid: 4_294_967_295,
  gid: 1000,
  size: 0,
  modTimeNs: -1n,
  linkname: '../other',
  devMajor: 8,
  devMinor: 1_048_575,
  xattrs: new Map([
    ['user.a', Uint8Array.of(1, 2)],
    ['user.empty', new Uint8Array(0)],
  ]),
}
const { PACKET_DATA, PACKET_ERR, PACKET_FIN, PACKET_REQ } = Packet_PacketType

const cases: readonly { name: string; packet: FsPacket; wire: MessageInitShape<typeof PacketSchema> }[] = [
  { name: 'a file', packet: { kind: 'stat', stat: file }, wire: { stat: wireStat(file) } },
  {
    name: 'a device with attributes',
    packet: { kind: 'stat', stat: device },
    wire: { stat: wireStat(device) },
  },
  { name: 'the end of a listing', packet: { kind: 'stat' }, wire: {} },
  { name: 'a request for file 0', packet: { kind: 'req', id: 0 }, wire: { type: PACKET_REQ } },
  {
    name: 'a request for the last id',
    packet: { kind: 'req', id: 4_294_967_295 },
    wire: { type: PACKET_REQ, id: 4_294_967_295 },
  },
  {
    name: 'data',
    packet: { kind: 'data', id: 300, data: Buffer.alloc(300, 5) },
    wire: { type: PACKET_DATA, id: 300, data: new Uint8Array(300).fill(5) },
  },
  {
    name: 'the end of a file',
    packet: { kind: 'data', id: 2, data: Buffer.alloc(0) },
    wire: { type: PACKET_DATA, id: 2 },
  },
  { name: 'fin', packet: { kind: 'fin' }, wire: { type: PACKET_FIN } },
  {
    name: 'an error',
    packet: { kind: 'err', message: 'no ä' },
    wire: { type: PACKET_ERR, data: new TextEncoder().encode('no ä') },
  },
]

for (const row of cases) {
  test(`${row.name} is written as the generated codec does`, () => {
    assert.equal(fromBinary(PacketSchema, whole(row.packet)), create(PacketSchema, row.wire))
  })
  test(`${row.name} is read as the generated codec writes it`, () => {
    const read = decodePacket(toBinary(PacketSchema, create(PacketSchema, row.wire)))
    assert.equal(plain(read), plain(row.packet))
  })
}

test('the end of a listing takes no bytes', () => {
  assert.is(whole({ kind: 'stat' }).length, 0)
})

test('an unknown kind is refused', () => {
  assert.throws(() => decodePacket(Uint8Array.of(0x08, 9)), /unknown packet type 9/)
})

function whole(packet: FsPacket): Uint8Array {
  const { head, tail } = encodePacket(packet)
  return Uint8Array.from([...head, ...tail])
}

function wireStat(stat: FsStat): NonNullable<MessageInitShape<typeof PacketSchema>['stat']> {
  return {
    path: stat.path,
    mode: stat.mode,
    uid: stat.uid,
    gid: stat.gid,
    size: BigInt(stat.size),
    modTime: stat.modTimeNs,
    linkname: stat.linkname,
    devmajor: BigInt(stat.devMajor),
    devminor: BigInt(stat.devMinor),
    xattrs: Object.fromEntries([...(stat.xattrs ?? [])].map(([key, value]) => [key, Uint8Array.from(value)])),
  }
}

function plain(packet: FsPacket): unknown {
  if (packet.kind === 'data') return { ...packet, data: [...packet.data] }
  if (packet.kind === 'stat' && packet.stat !== undefined) {
    return {
      ...packet.stat,
      xattrs: [...(packet.stat.xattrs ?? [])].map(([key, value]) => [key, [...value]]),
    }
  }
  return packet
}

test.run()
