import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { receiveDir } from '../../../src/buildkit/fsync/receive-dir.ts'
import { type SendDirOptions, sendDir, sendFiles } from '../../../src/buildkit/fsync/send-dir.ts'
import type { FsPacket, FsStat } from '../../../src/buildkit/fsync/types.ts'
import { tempDir } from '../../harness/temp.ts'
import { type End, packetPipe } from './packet-pipe.ts'

const test = suite('buildkit/fsync/transfer')
const never = new AbortController().signal

/** Sends one directory into another and returns what the sender said. */
async function copy(
  from: Omit<SendDirOptions, 'dir'> & { dir: string },
  to: string,
  mode: 'copy' | 'delete' = 'copy',
) {
  const [sender, receiver] = packetPipe()
  await Promise.all([
    sendDir(from, sender, never).finally(() => sender.close()),
    receiveDir({ dir: to, mode }, receiver, never).finally(() => receiver.close()),
  ])
  return sender.seen
}

/** The listing a sender gives, when nobody asks for files. */
async function list(options: SendDirOptions): Promise<FsStat[]> {
  const [sender, receiver] = packetPipe()
  const listed: FsStat[] = []
  const reading = (async () => {
    for await (const packet of receiver.receive()) {
      if (packet.kind === 'stat' && packet.stat !== undefined) listed.push(packet.stat)
      if (packet.kind === 'stat' && packet.stat === undefined) receiver.send({ kind: 'fin' })
    }
  })()
  await sendDir(options, sender, never).finally(() => sender.close())
  await reading
  return listed
}

const paths = (stats: readonly FsStat[]): string[] => stats.map((s) => s.path)
const tree = (dir: string, below = ''): string[] =>
  readdirSync(join(dir, below), { withFileTypes: true }).flatMap((e) => {
    const path = below === '' ? e.name : `${below}/${e.name}`
    return e.isDirectory() ? [path, ...tree(dir, path)] : [path]
  })

test('files, directories and links arrive with contents, permissions and times', async () => {
  const from = tempDir({ 'a.txt': 'alpha', 'sub/b.txt': 'beta', 'sub/empty': '' })
  chmodSync(join(from, 'a.txt'), 0o754)
  chmodSync(join(from, 'sub/b.txt'), 0o444)
  chmodSync(join(from, 'sub'), 0o555)
  symlinkSync('sub/b.txt', join(from, 'link'))
  utimesSync(join(from, 'sub/b.txt'), 1234567890.25, 1234567890.25)
  utimesSync(join(from, 'sub'), 1000000000, 1000000000)
  const to = join(tempDir(), 'new', 'out')
  await copy({ dir: from }, to)
  assert.equal(readFileSync(join(to, 'a.txt'), 'utf8'), 'alpha')
  assert.equal(readFileSync(join(to, 'sub/b.txt'), 'utf8'), 'beta')
  assert.is(statSync(join(to, 'sub/empty')).size, 0)
  assert.is(readlinkSync(join(to, 'link')), 'sub/b.txt')
  assert.is(statSync(join(to, 'a.txt')).mode & 0o777, 0o754)
  assert.is(statSync(join(to, 'sub/b.txt')).mode & 0o777, 0o444)
  assert.is(statSync(join(to, 'sub/b.txt')).mtimeMs, 1234567890250)
  assert.is(statSync(join(to, 'sub')).mode & 0o777, 0o555)
  assert.is(statSync(join(to, 'sub')).mtimeMs, 1000000000000)
  chmodSync(join(from, 'sub'), 0o755)
  chmodSync(join(to, 'sub'), 0o755)
})

test('a file larger than all buffers arrives whole', async () => {
  const from = tempDir()
  const big = Buffer.alloc(3 * 1024 * 1024 + 17, 'bakekit ')
  writeFileSync(join(from, 'big'), big)
  writeFileSync(join(from, 'edge'), big.subarray(0, 65536))
  writeFileSync(join(from, 'past'), big.subarray(0, 65537))
  const to = tempDir()
  await copy({ dir: from }, to)
  for (const name of ['big', 'edge', 'past']) {
    assert.ok(readFileSync(join(to, name)).equals(readFileSync(join(from, name))), name)
  }
})

test('the names of one file stay one file, and the later ones carry its real size', async () => {
  const from = tempDir({ 'b/first': 'shared' })
  linkSync(join(from, 'b/first'), join(from, 'c'))
  const stats = await list({ dir: from })
  const c = stats.find((s) => s.path === 'c')
  assert.is(c?.linkname, 'b/first')
  assert.is(c?.size, 6)
  const to = tempDir()
  await copy({ dir: from }, to)
  assert.is(statSync(join(to, 'c')).ino, statSync(join(to, 'b/first')).ino)
})

test('a hard link whose first name is left out is sent as a file', async () => {
  const from = tempDir({ 'a/first': 'shared' })
  linkSync(join(from, 'a/first'), join(from, 'b'))
  const stats = await list({ dir: from, excludePatterns: ['a'] })
  assert.equal(
    stats.map((s) => [s.path, s.linkname]),
    [['b', '']],
  )
})

test('entries come directory by directory in byte order, owned by root, with Go mode bits', async () => {
  const from = tempDir({ 'a/x': '1', 'a-b': '2', 'a.b': '3', '\u{1f600}': '4', '\uff5e': '5', Z: '6' })
  symlinkSync('a', join(from, 'l'))
  chmodSync(join(from, 'Z'), 0o4755)
  const stats = await list({ dir: from })
  assert.equal(paths(stats), ['Z', 'a', 'a/x', 'a-b', 'a.b', 'l', '\uff5e', '\u{1f600}'])
  assert.ok(stats.every((s) => s.uid === 0 && s.gid === 0))
  const mode = (path: string): number => stats.find((s) => s.path === path)?.mode ?? 0
  assert.is(mode('Z'), 0x00800000 + 0o755)
  assert.is(mode('a') >>> 28, 8)
  assert.is(mode('l'), 0x08000000 + 0o777)
  assert.is(stats.find((s) => s.path === 'a')?.size, 0)
})

test('the root may be a link; links below it are not followed', async () => {
  const real = tempDir({ 'dir/f': '1' })
  symlinkSync('dir', join(real, 'alias'))
  const link = join(tempDir(), 'root')
  symlinkSync(real, link)
  assert.equal(paths(await list({ dir: link })), ['alias', 'dir', 'dir/f'])
})

const files = { 'app/main.go': '', 'app/vendor/v.go': '', 'docs/a.md': '', 'docs/keep/b.md': '', 'x.log': '' }
const filters: readonly { name: string; options: Omit<SendDirOptions, 'dir'>; want: string[] }[] = [
  {
    name: 'an excluded directory takes everything below it along',
    options: { excludePatterns: ['docs', '*.log'] },
    want: ['app', 'app/main.go', 'app/vendor', 'app/vendor/v.go'],
  },
  {
    name: 'an exception brings back a file and the directories above it',
    options: { excludePatterns: ['docs', '!docs/keep/b.md', 'app', 'x.log'] },
    want: ['docs', 'docs/keep', 'docs/keep/b.md'],
  },
  {
    name: 'the last match decides',
    options: { excludePatterns: ['**', '!docs', 'docs/keep'] },
    want: ['docs', 'docs/a.md'],
  },
  {
    name: 'an include pattern brings the directories above what it names',
    options: { includePatterns: ['app/vendor'] },
    want: ['app', 'app/vendor', 'app/vendor/v.go'],
  },
  {
    name: 'a wildcard include finds files at any depth',
    options: { includePatterns: ['**/*.md'] },
    want: ['docs', 'docs/a.md', 'docs/keep', 'docs/keep/b.md'],
  },
  {
    name: 'excludes apply to what includes name',
    options: { includePatterns: ['docs'], excludePatterns: ['**/keep'] },
    want: ['docs', 'docs/a.md'],
  },
  { name: 'followed paths act as includes', options: { followPaths: ['x.log', 'missing'] }, want: ['x.log'] },
  {
    name: 'following the root means everything',
    options: { followPaths: ['.', 'x.log'], excludePatterns: ['app', 'docs'] },
    want: ['x.log'],
  },
]
for (const c of filters) {
  test(c.name, async () => assert.equal(paths(await list({ dir: tempDir(files), ...c.options })), c.want))
}

test('ids count every entry, and a file that has gone is sent empty', async () => {
  const from = tempDir({ 'd/one': '1', two: '22' })
  const [sender, receiver] = packetPipe()
  const got = new Map<number, string>()
  const reading = (async () => {
    let open = 2
    for await (const packet of receiver.receive()) {
      if (packet.kind === 'stat' && packet.stat === undefined) {
        writeFileSync(join(from, 'd/new'), '')
        chmodSync(join(from, 'two'), 0o600)
        rmSync(join(from, 'd/one'))
        receiver.send({ kind: 'req', id: 1 })
        receiver.send({ kind: 'req', id: 2 })
      }
      if (packet.kind === 'data') {
        got.set(packet.id, (got.get(packet.id) ?? '') + Buffer.from(packet.data))
        if (packet.data.length === 0 && --open === 0) receiver.send({ kind: 'fin' })
      }
    }
  })()
  await sendDir({ dir: from }, sender, never).finally(() => sender.close())
  await reading
  assert.equal(
    [...got],
    [
      [1, ''],
      [2, '22'],
    ],
  )
})

for (const [name, id] of [
  ['a directory', 0],
  ['a number that was never listed', 9],
] as const) {
  test(`asking for ${name} fails`, async () => {
    const from = tempDir({ 'd/f': '1' })
    const [sender, receiver] = packetPipe()
    receiver.send({ kind: 'req', id })
    drain(receiver)
    await rejects(sendDir({ dir: from }, sender, never), `invalid file id ${id}`)
  })
}

test('a problem of the receiver ends sending with its words', async () => {
  const [sender, receiver] = packetPipe()
  receiver.send({ kind: 'err', message: 'disk full' })
  drain(receiver)
  await rejects(sendDir({ dir: tempDir({ f: '' }) }, sender, never), 'error from receiver: disk full')
})

test('a missing root is reported to both sides', async () => {
  const [sender, receiver] = packetPipe()
  drain(receiver)
  await rejects(sendDir({ dir: '/nonexistent/context' }, sender, never), 'no such file or directory')
  assert.match((sender.seen[0] as { message?: string }).message ?? '', 'no such file')
})

test('an aborted transfer fails with the reason', async () => {
  const abort = new AbortController()
  const [sender, receiver] = packetPipe()
  drain(receiver)
  const sending = sendDir({ dir: tempDir({ f: '' }) }, sender, abort.signal)
  setImmediate(() => abort.abort(new Error('context canceled')))
  await rejects(sending, 'context canceled')
})

test('files in memory are sent with their directories', async () => {
  const to = tempDir()
  const [sender, receiver] = packetPipe()
  await Promise.all([
    sendFiles([{ path: 'x/Dockerfile', data: Buffer.from('FROM scratch') }], sender, never).finally(() =>
      sender.close(),
    ),
    receiveDir({ dir: to, mode: 'copy' }, receiver, never),
  ])
  assert.is(readFileSync(join(to, 'x/Dockerfile'), 'utf8'), 'FROM scratch')
})

test('receiving replaces what is in the way and keeps the rest', async () => {
  const outside = tempDir({ secret: 'safe' })
  const from = tempDir({ 'dir/f': 'new', file: 'new' })
  const to = tempDir({ 'file/was-a-dir': '', kept: 'old' })
  symlinkSync(outside, join(to, 'dir'))
  await copy({ dir: from }, to)
  assert.equal(tree(to).sort(), ['dir', 'dir/f', 'file', 'kept'])
  assert.ok(lstatSync(join(to, 'dir')).isDirectory())
  assert.equal(readdirSync(outside), ['secret'])
})

test('delete mode removes what was not named', async () => {
  const to = tempDir({ 'gone/x': '', 'dir/gone': '', 'dir/f': 'old' })
  await copy({ dir: tempDir({ 'dir/f': 'new' }) }, to, 'delete')
  assert.equal(tree(to), ['dir', 'dir/f'])
  assert.is(readFileSync(join(to, 'dir/f'), 'utf8'), 'new')
})

const stat = (path: string, more: Partial<FsStat> = {}): FsPacket => ({
  kind: 'stat',
  stat: {
    path,
    mode: 0o644,
    uid: 0,
    gid: 0,
    size: 0,
    modTimeNs: 0n,
    linkname: '',
    devMajor: 0,
    devMinor: 0,
    ...more,
  },
})
const dir = { mode: 0x80000000 + 0o755 }
const evil: readonly { name: string; packets: FsPacket[]; want: string }[] = [
  { name: 'an absolute path', packets: [stat('/etc/passwd')], want: 'invalid path' },
  { name: 'a path upwards', packets: [stat('../x')], want: 'invalid path' },
  {
    name: 'a path upwards in the middle',
    packets: [stat('a', dir), stat('a/../../x')],
    want: 'invalid path',
  },
  { name: 'an unclean path', packets: [stat('a', dir), stat('a//x')], want: 'invalid path' },
  { name: 'a file without its directory', packets: [stat('a/x')], want: 'no parent' },
  {
    name: 'a file below a link',
    packets: [stat('a', { mode: 0x08000000 + 0o777, linkname: '/' }), stat('a/x')],
    want: 'no parent',
  },
  { name: 'the wrong order', packets: [stat('b'), stat('a')], want: 'out of order' },
  { name: 'a path twice', packets: [stat('a'), stat('a')], want: 'out of order' },
  {
    name: 'a hard link to nothing',
    packets: [stat('a', { linkname: '../../etc/passwd' })],
    want: 'link to unknown',
  },
  {
    name: 'data nobody asked for',
    packets: [{ kind: 'data', id: 3, data: Buffer.from('x') }],
    want: 'invalid file id',
  },
  { name: 'a device', packets: [stat('null', { mode: 0x04200000 + 0o666 })], want: 'devices and pipes' },
  {
    name: "the sender's own failure",
    packets: [{ kind: 'err', message: 'oops' }],
    want: 'error from sender: oops',
  },
  { name: 'an early end', packets: [stat('a')], want: 'closed before it was complete' },
]
for (const c of evil) {
  test(`receiving refuses ${c.name} and leaves nothing unfinished`, async () => {
    const to = tempDir()
    const [sender, receiver] = packetPipe()
    for (const packet of c.packets) sender.send(packet)
    sender.close()
    await rejects(receiveDir({ dir: to, mode: 'copy' }, receiver, never), c.want)
    assert.ok(!tree(to).some((path) => path.includes('.tmp.')))
  })
}

test('a broken transfer takes its unfinished file away', async () => {
  const to = tempDir({ f: 'old' })
  const [sender, receiver] = packetPipe()
  sender.send(stat('f'))
  sender.send({ kind: 'data', id: 0, data: Buffer.from('half') })
  sender.close()
  await rejects(receiveDir({ dir: to, mode: 'copy' }, receiver, never), 'closed before')
  assert.equal(readdirSync(to), ['f'])
  assert.is(readFileSync(join(to, 'f'), 'utf8'), 'old')
  assert.ok(existsSync(to))
})

function drain(end: End): void {
  void (async () => {
    for await (const _ of end.receive());
  })()
}

async function rejects(promise: Promise<unknown>, text: string): Promise<void> {
  try {
    await promise
  } catch (error) {
    assert.match((error as Error).message, text)
    return
  }
  assert.unreachable(`must fail with ${text}`)
}

test.run()
