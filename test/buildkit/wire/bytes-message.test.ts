import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { BytesMessageSchema } from '../../../src/buildkit/gen/control_pb.ts'
import { decodeBytesMessage, encodeBytesMessage } from '../../../src/buildkit/wire/bytes-message.ts'

const test = suite('buildkit/wire/bytes-message')

for (const length of [0, 1, 127, 128, 16_383, 16_384, 3_000_000]) {
  test(`${length} bytes read and write as the generated codec does`, () => {
    const data = new Uint8Array(length).fill(7)
    const generated = toBinary(BytesMessageSchema, create(BytesMessageSchema, { data }))
    const written = encodeBytesMessage([data.subarray(0, length >> 1), data.subarray(length >> 1)])
    assert.ok(Buffer.from(generated).equals(written))
    assert.is(fromBinary(BytesMessageSchema, written).data.length, length)
    assert.ok(Buffer.from(decodeBytesMessage(generated)).equals(Buffer.from(data)))
  })
}

const broken = [
  { name: 'a length past the end', bytes: [0x0a, 5, 1] },
  { name: 'a length that never ends', bytes: [0x0a, 0x80] },
  { name: 'an unknown wire type', bytes: [0x0f] },
]
for (const row of broken) {
  test(`${row.name} is refused`, () => {
    assert.throws(
      () => decodeBytesMessage(Uint8Array.from(row.bytes)),
      (e: unknown) => e instanceof RangeError,
    )
  })
}

test('unknown fields are skipped', () => {
  const message = Uint8Array.from([0x10, 0x96, 0x01, 0x1a, 2, 9, 9, 0x25, 0, 0, 0, 0, 0x0a, 1, 42])
  assert.equal([...decodeBytesMessage(message)], [42])
})

test.run()
