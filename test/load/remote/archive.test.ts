import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isArchive } from '../../../src/load/remote/archive.ts'

const test = suite('load/remote/archive')

/** A tar header block of a file, as the format has it. */
function tarHeader(name: string): Uint8Array {
  const block = Buffer.alloc(512)
  block.write(name, 0)
  block.write('0000644\0', 100)
  block.write('00000000012\0', 124)
  block.write('ustar\x0000', 257)
  block.fill(' ', 148, 156)
  const sum = block.reduce((all, byte) => all + byte, 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return block
}

const broken = tarHeader('a')
broken[0] = 0x62

const cases = [
  { name: 'gzip', header: Uint8Array.of(0x1f, 0x8b, 0x08, 0), want: true },
  { name: 'bzip2', header: Buffer.from('BZh91AY'), want: true },
  { name: 'xz', header: Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0), want: true },
  { name: 'a tar header', header: tarHeader('docker-bake.hcl'), want: true },
  { name: 'a tar header with a wrong checksum', header: broken, want: false },
  { name: 'half a tar header', header: tarHeader('a').subarray(0, 300), want: false },
  { name: 'zeros', header: new Uint8Array(1024), want: false },
  { name: 'text', header: Buffer.from('target "a" {}\n'.repeat(80)), want: false },
  { name: 'nothing', header: new Uint8Array(), want: false },
]
for (const { name, header, want } of cases) {
  test(`${name} is ${want ? 'an' : 'no'} archive`, () => assert.is(isArchive(header), want))
}

test.run()
