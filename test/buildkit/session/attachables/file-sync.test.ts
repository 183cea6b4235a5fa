import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { fileSync, type SyncSource } from '../../../../src/buildkit/session/attachables/file-sync.ts'
import { decodePacket, encodePacket } from '../../../../src/buildkit/session/packet-codec.ts'
import { tempDir } from '../../../harness/temp.ts'
import { Daemon, finish } from '../daemon.ts'

const test = suite('buildkit/session/attachables/file-sync')
const PATH = '/moby.filesync.v1.FileSync/DiffCopy'

/** Asks for the listing, requests every file and returns what came, by path. */
async function sync(
  source: SyncSource,
  metadata: Readonly<Record<string, readonly string[]>>,
): Promise<Map<string, string>> {
  const daemon = await Daemon.open([fileSync(new Map([['context', source]]))])
  const paths: string[] = []
  const files = new Map<string, string>()
  try {
    const call = daemon.stream(PATH, { 'dir-name': ['context'], ...metadata })
    const say = (packet: Parameters<typeof encodePacket>[0]): void => {
      const { head, tail } = encodePacket(packet)
      call.write(Buffer.concat([head, tail]))
    }
    let listed = false
    let open = 0
    call.on('data', (message: Buffer) => {
      const packet = decodePacket(message)
      if (packet.kind === 'stat' && packet.stat !== undefined) {
        const id = paths.push(packet.stat.path) - 1
        if ((packet.stat.mode & 0x80000000) === 0) {
          open++
          say({ kind: 'req', id })
        } else files.set(packet.stat.path, '/')
      } else if (packet.kind === 'stat') listed = true
      else if (packet.kind === 'data') {
        const path = paths[packet.id] as string
        files.set(path, (files.get(path) ?? '') + Buffer.from(packet.data).toString())
        if (packet.data.length === 0) open--
      } else if (packet.kind === 'fin') call.end()
      if (listed && open === 0 && packet.kind !== 'fin') say({ kind: 'fin' })
    })
    assert.is((await finish(call)).code, 0)
  } finally {
    await daemon.close()
  }
  return files
}

test('a directory is listed and its files are sent', async () => {
  const path = tempDir({ 'a.txt': 'A', 'sub/b.txt': 'B'.repeat(200_000) })
  const files = await sync({ kind: 'dir', path }, {})
  assert.equal([...files].map(([name, text]) => [name, text.length]).sort(), [
    ['a.txt', 1],
    ['sub', 1],
    ['sub/b.txt', 200_000],
  ])
})

test('patterns of the call choose the files, escaped ones too', async () => {
  const path = tempDir({ 'a.txt': 'A', 'ä b.txt': 'Ä', 'c.txt': 'C' })
  const followed = await sync(
    { kind: 'dir', path },
    { followpaths: ['%C3%A4+b.txt', 'c.txt'], 'followpaths-encoded': ['1'] },
  )
  assert.equal([...followed.keys()].sort(), ['c.txt', 'ä b.txt'])
  const excluded = await sync({ kind: 'dir', path }, { 'exclude-patterns': ['*.txt', '!c.txt'] })
  assert.equal([...excluded.keys()], ['c.txt'])
})

test('files in memory are served like a directory', async () => {
  const files = [{ path: 'Dockerfile', data: Buffer.from('FROM scratch\n') }]
  assert.equal([...(await sync({ kind: 'files', files }, {}))], [['Dockerfile', 'FROM scratch\n']])
})

test('an unknown mount is refused with its name', async () => {
  const daemon = await Daemon.open([fileSync(new Map())])
  const { code, details } = await finish(daemon.stream(PATH, { 'dir-name': ['other'] }))
  await daemon.close()
  assert.equal([code, details], [5, 'no access allowed to dir "other"'])
})

test.run()
