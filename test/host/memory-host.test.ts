import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createMemoryHost } from '../../src/host/memory-host.ts'

const test = suite('host/memory-host')
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString()

test('files are found by relative and absolute paths', async () => {
  const host = createMemoryHost({ files: { 'a/b.txt': 'hello' } })
  assert.is(text(await host.readFile('a/b.txt')), 'hello')
  assert.is(text(await host.readFile('/repo/a/../a/b.txt')), 'hello')
  assert.equal(await host.stat('a'), { kind: 'dir', sizeBytes: 0, mode: 0o755, mtimeMs: 0 })
  assert.is(await host.stat('nothing'), undefined)
})

test('Windows paths ignore letter case and accept both slashes', async () => {
  const host = createMemoryHost({
    platform: 'win32',
    files: { 'C:\\src\\App\\Main.js': 'x', 'D:\\other': 'y' },
  })
  assert.is(text(await host.readFile('c:/SRC/app/main.JS')), 'x')
  assert.is(text(await host.readFile('..\\src\\app\\main.js')), 'x')
  assert.equal(await host.list('C:\\SRC\\app'), ['Main.js'])
  assert.is(await host.realPath('c:\\src\\app'), 'C:\\src\\App')
  assert.is(await host.stat('C:\\other'), undefined)
})

const failures: readonly {
  name: string
  act: (host: ReturnType<typeof createMemoryHost>) => Promise<unknown>
  code: string
}[] = [
  { name: 'reading nothing', act: (h) => h.readFile('x'), code: 'ENOENT' },
  { name: 'reading a directory', act: (h) => h.readFile('dir'), code: 'EISDIR' },
  { name: 'listing a file', act: (h) => h.list('dir/f'), code: 'ENOTDIR' },
  { name: 'writing into a missing directory', act: (h) => h.writeFile('no/f', ''), code: 'ENOENT' },
  { name: 'reading a file as a link', act: (h) => h.readLink('dir/f'), code: 'EINVAL' },
  { name: 'a circle of links', act: (h) => h.readFile('loop'), code: 'ELOOP' },
  { name: 'resolving nothing', act: (h) => h.realPath('x/y'), code: 'ENOENT' },
  { name: 'a program that is not installed', act: (h) => h.spawn('git', [], {}), code: 'ENOENT' },
  { name: 'a socket nobody listens on', act: (h) => h.connect({ path: '/s' }), code: 'ENOENT' },
  { name: 'a port nobody listens on', act: (h) => h.connect({ host: 'h', port: 1 }), code: 'ECONNREFUSED' },
]
for (const c of failures) {
  test(`${c.name} fails with ${c.code}`, async () => {
    const host = createMemoryHost({ files: { 'dir/f': '', loop: { link: 'loop' } } })
    const code = await c.act(host).then(
      () => 'none',
      (error) => error.code,
    )
    assert.is(code, c.code)
  })
}

test('links are followed, also in the middle of a path', async () => {
  const host = createMemoryHost({
    files: { 'real/f': '1', l: { link: 'real' }, 'real/up': { link: '../top' }, top: '2' },
  })
  assert.is(text(await host.readFile('l/f')), '1')
  assert.is(text(await host.readFile('l/up')), '2')
  assert.is(await host.realPath('l/f'), '/repo/real/f')
  assert.is((await host.lstat('l'))?.kind, 'link')
  assert.is((await host.stat('l'))?.kind, 'dir')
  assert.is(await host.readLink('real/up'), '../top')
})

test('writing, renaming and removing change the tree', async () => {
  const host = createMemoryHost({ now: 5 })
  await host.makeDir('a/b')
  await host.writeFile('a/b/f', 'one')
  await host.rename('a', 'c')
  assert.equal(await host.list('.'), ['c'])
  assert.is(host.fileText('c/b/f'), 'one')
  assert.is((await host.stat('c/b/f'))?.mtimeMs, 5)
  await host.remove('c')
  assert.equal(await host.list('.'), [])
  await host.remove('c')
})

test('names are listed in byte order', async () => {
  const host = createMemoryHost({ files: { b: '', B: '', '\u{1f600}': '', '\uff5e': '' } })
  assert.equal(await host.list('/repo'), ['B', 'b', '\uff5e', '\u{1f600}'])
})

test('output, input, programs and randomness are in the hands of the test', async () => {
  const host = createMemoryHost({
    stdin: 'in',
    programs: { echo: (args, options) => ({ stdout: `${args.join(' ')}${options.input}` }) },
  })
  host.stdout.write('out')
  host.stderr.write('err')
  assert.is(host.stdoutText(), 'out')
  assert.is(host.stderrText(), 'err')
  assert.equal(await host.spawn('echo', ['a', 'b'], { input: '!' }), { code: 0, stdout: 'a b!', stderr: '' })
  assert.equal([...host.random(3)], [0, 1, 2])
  let read = ''
  for await (const part of host.stdin) read += part
  assert.is(read, 'in')
})

test.run()
