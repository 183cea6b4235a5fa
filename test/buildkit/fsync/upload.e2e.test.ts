import {
  chmodSync,
  linkSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { openBuilder } from '../../../src/builder/open-builder.ts'
import { type FileSink, fileSend } from '../../../src/buildkit/session/attachables/file-send.ts'
import { fileSync, type SyncSource } from '../../../src/buildkit/session/attachables/file-sync.ts'
import { openSession } from '../../../src/buildkit/session/session.ts'
import { ControlClient } from '../../../src/buildkit/wire/control-client.ts'
import { openChannel } from '../../../src/buildkit/wire/grpc-channel.ts'
import { newRef } from '../../../src/buildkit/wire/ref.ts'
import { createNodeHost } from '../../../src/host/node-host.ts'
import { engineSuite } from '../../harness/engine.ts'
import { tempDir } from '../../harness/temp.ts'

const never = new AbortController().signal

/** Builds `dockerfile` on a context and exports the result into a directory. */
async function build(address: string, dockerfile: string, context: string, out: string): Promise<void> {
  const host = { ...createNodeHost(never), env: { DOCKER_HOST: address } }
  await using builder = await openBuilder(undefined, host)
  const driver = builder.nodes[0]?.driver
  const dialSession = driver?.dialSession
  if (driver === undefined || dialSession === undefined) throw new Error('no driver')
  const ref = (): string => newRef((bytes) => host.random(bytes))
  const sources = new Map<string, SyncSource>([
    ['context', { kind: 'dir', path: context }],
    ['dockerfile', { kind: 'files', files: [{ path: 'Dockerfile', data: Buffer.from(dockerfile) }] }],
  ])
  const sinks = new Map<number, FileSink>([[0, { kind: 'dir', path: out }]])
  const channel = openChannel(() => driver.dial(never))
  const id = ref()
  const session = await openSession({
    id,
    sharedKey: `e2e:${context}`,
    attachables: [fileSync(sources), fileSend(sinks)],
    dial: (headers) => dialSession(headers, never),
  })
  try {
    await new ControlClient(channel).solve(
      {
        ref: ref(),
        session: id,
        frontend: 'dockerfile.v0',
        frontendAttrs: {},
        exporters: [{ type: 'local', attrs: {} }],
        cacheImports: [],
        cacheExports: [],
        entitlements: [],
      },
      never,
    )
  } finally {
    await session.close()
    await channel.close()
  }
}

engineSuite('buildkit/fsync/upload (Engine)', (test, engine) => {
  test('a context goes to the daemon and comes back the same, twice', async () => {
    const context = tempDir({
      'a/one': '1',
      'a-b': '2',
      'z/\u{1f600}': '3',
      'z/\uff5e': '4',
      'z/empty': '',
      '.dockerignore': 'skip*',
    })
    const big = Buffer.alloc(700_000, 'bakekit ')
    writeFileSync(join(context, 'big'), big)
    writeFileSync(join(context, 'skipped'), 'x')
    chmodSync(join(context, 'a/one'), 0o4755)
    linkSync(join(context, 'a/one'), join(context, 'z/two'))
    symlinkSync('a/one', join(context, 'link'))
    utimesSync(join(context, 'a-b'), 1_500_000_000, 1_500_000_000)
    for (const round of ['first', 'second']) {
      const out = tempDir()
      await build(engine.host, 'FROM scratch\nCOPY . /copy/\n', context, out)
      const copy = join(out, 'copy')
      assert.equal(readdirSync(copy).sort(), ['.dockerignore', 'a', 'a-b', 'big', 'link', 'z'], round)
      assert.equal(readdirSync(join(copy, 'z')).length, 4)
      assert.ok(readFileSync(join(copy, 'big')).equals(big))
      assert.is(readFileSync(join(copy, 'z/\u{1f600}'), 'utf8'), '3')
      assert.is(statSync(join(copy, 'a/one')).mode & 0o7777, 0o4755)
      assert.is(statSync(join(copy, 'z/two')).ino, statSync(join(copy, 'a/one')).ino)
      assert.is(readlinkSync(join(copy, 'link')), 'a/one')
      assert.is(statSync(join(copy, 'a-b')).mtimeMs, 1_500_000_000_000)
    }
  })

  test('only what a Dockerfile copies is needed, links on the way included', async () => {
    const context = tempDir({ 'real/f': 'yes', 'other/g': 'no' })
    symlinkSync('real', join(context, 'alias'))
    const out = tempDir()
    await build(engine.host, 'FROM scratch\nCOPY alias/f /f\n', context, out)
    assert.equal(readdirSync(out), ['f'])
    assert.is(readFileSync(join(out, 'f'), 'utf8'), 'yes')
  })

  test('a context that does not exist fails the build with its path', async () => {
    const error = await build(engine.host, 'FROM scratch\nCOPY . /\n', '/nonexistent/dir', tempDir()).catch(
      (e) => e,
    )
    assert.match(error.message, '/nonexistent')
    assert.match(error.message, 'no such file or directory')
  })
}).run()
