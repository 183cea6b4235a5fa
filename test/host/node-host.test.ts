import { symlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { localPlatform } from '../../src/host/local-platform.ts'
import { createNodeHost } from '../../src/host/node-host.ts'
import { tempDir } from '../harness/temp.ts'

const test = suite('host/node-host')
const host = createNodeHost(new AbortController().signal)
const node = process.execPath

test('files can be written, looked at, renamed and removed', async () => {
  const dir = tempDir({ 'b.txt': 'hello', 'A.txt': '' })
  symlinkSync('b.txt', join(dir, 'link'))
  assert.equal(await host.list(dir), ['A.txt', 'b.txt', 'link'])
  assert.is((await host.stat(join(dir, 'link')))?.kind, 'file')
  assert.is((await host.lstat(join(dir, 'link')))?.kind, 'link')
  assert.is(await host.readLink(join(dir, 'link')), 'b.txt')
  assert.is(await host.stat(join(dir, 'b.txt', 'below')), undefined)
  await host.makeDir(join(dir, 'x/y'))
  await host.writeFile(join(dir, 'x/y/f'), 'secret', 0o600)
  assert.is((await host.stat(join(dir, 'x/y/f')))?.mode, 0o600)
  await host.rename(join(dir, 'x'), join(dir, 'z'))
  await host.remove(join(dir, 'z'))
  await host.remove(join(dir, 'z'))
  assert.is(await host.stat(join(dir, 'z')), undefined)
})

test('a program gets its input and environment, and its exit code is a result', async () => {
  const script =
    'process.stdin.on("data", (d) => process.stdout.write(process.env.WHO + d)); process.exitCode = 3'
  const result = await host.spawn(node, ['-e', script], { input: '!', env: { WHO: 'me' } })
  assert.equal(result, { code: 3, stdout: 'me!', stderr: '' })
})

test('a program that does not exist is an error, and an aborted one ends with the reason', async () => {
  const code = await host.spawn('/nonexistent/program', [], {}).catch((e) => e.code)
  assert.is(code, 'ENOENT')
  const abort = new AbortController()
  const running = host.spawn(node, ['-e', 'setInterval(() => {}, 1000)'], { signal: abort.signal })
  abort.abort(new Error('stopped'))
  assert.is(await running.catch((e) => e.message), 'stopped')
})

test('a program can be talked to like a socket', async () => {
  const stream = await host.pipe(node, ['-e', 'process.stdin.pipe(process.stdout)'])
  stream.end('echo')
  let back = ''
  for await (const part of stream) back += part
  assert.is(back, 'echo')
})

test('a program that fails breaks its stream with what it complained about', async () => {
  const stream = await host.pipe(node, ['-e', 'console.error("no route"); process.exitCode = 255'])
  const failure = await new Promise<Error>((resolve) => stream.once('error', resolve).resume())
  assert.match(failure.message, 'no route')
})

test('sockets connect or fail with their code', async () => {
  const path = join(tempDir(), 's')
  const server = createServer((socket) => socket.end('hi')).listen(path)
  await new Promise((resolve) => server.once('listening', resolve))
  let got = ''
  for await (const part of await host.connect({ path })) got += part
  assert.is(got, 'hi')
  server.close()
  assert.is(await host.connect({ path: `${path}-none` }).catch((e) => e.code), 'ENOENT')
})

for (const [platform, arch, want] of [
  ['linux', 'x64', 'linux/amd64'],
  ['darwin', 'arm64', 'darwin/arm64'],
  ['win32', 'x64', 'windows/amd64'],
  ['linux', 'arm', 'linux/arm/v7'],
  ['linux', 's390x', 'linux/s390x'],
] as const) {
  test(`${platform} on ${arch} is ${want}`, () => assert.is(localPlatform(platform, arch), want))
}

test.run()
