import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { upload } from '../../../../src/buildkit/session/attachables/upload.ts'
import { decodeBytesMessage } from '../../../../src/buildkit/wire/bytes-message.ts'
import { Daemon, finish } from '../daemon.ts'

const test = suite('buildkit/session/attachables/upload')
const PATH = '/moby.upload.v1.Upload/Pull'

async function* chunks(...sizes: number[]): AsyncGenerator<Uint8Array> {
  for (const size of sizes) yield new Uint8Array(size).fill(size % 251)
}

test('an archive is sent once, in order', async () => {
  const daemon = await Daemon.open([upload(new Map([['id-1', chunks(3, 1_000_000, 7)]]))])
  const first = await finish(daemon.stream(PATH, { urlpath: ['/id-1'], urlhost: ['buildkit-session'] }))
  const second = await finish(daemon.stream(PATH, { urlpath: ['/id-1'] }))
  await daemon.close()
  assert.is(first.code, 0)
  const bytes = Buffer.concat(first.messages.map((message) => decodeBytesMessage(message)))
  const want = [Buffer.alloc(3, 3), Buffer.alloc(1_000_000, 1_000_000 % 251), Buffer.alloc(7, 7)]
  assert.ok(bytes.equals(Buffer.concat(want)))
  assert.equal([second.code, second.details], [2, 'no http response from session for id-1'])
})

test.run()
