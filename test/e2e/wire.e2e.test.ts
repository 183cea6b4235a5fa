import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import * as assert from 'uvu/assert'
import type { Attachable } from '../../src/buildkit/session/attachable.ts'
import { auth } from '../../src/buildkit/session/attachables/auth.ts'
import { content } from '../../src/buildkit/session/attachables/content.ts'
import { fileSend } from '../../src/buildkit/session/attachables/file-send.ts'
import { fileSync, type SyncSource } from '../../src/buildkit/session/attachables/file-sync.ts'
import { secrets } from '../../src/buildkit/session/attachables/secrets.ts'
import { upload } from '../../src/buildkit/session/attachables/upload.ts'
import { openSession } from '../../src/buildkit/session/session.ts'
import type { Channel } from '../../src/buildkit/wire/channel.ts'
import { ControlClient } from '../../src/buildkit/wire/control-client.ts'
import { isStatusFailure } from '../../src/buildkit/wire/errors.ts'
import { GatewayClient } from '../../src/buildkit/wire/gateway-client.ts'
import { openChannel } from '../../src/buildkit/wire/grpc-channel.ts'
import { newRef } from '../../src/buildkit/wire/ref.ts'
import type { Headers, SolveResult, StringMap, TypedAttrs } from '../../src/buildkit/wire/types.ts'
import { toEndpoint } from '../../src/docker/endpoint.ts'
import { upgradeToH2c } from '../../src/docker/upgrade.ts'
import { createMemoryHost } from '../../src/host/memory-host.ts'
import { createNodeHost } from '../../src/host/node-host.ts'
import { engineSuite } from '../harness/engine.ts'
import { tempDir } from '../harness/temp.ts'

interface Build {
  readonly attachables: readonly Attachable[]
  readonly attrs?: StringMap
  readonly exporters?: readonly TypedAttrs[]
  readonly cacheImports?: readonly TypedAttrs[]
  readonly cacheExports?: readonly TypedAttrs[]
  /** Through `Control.Session` instead of `/session`. */
  readonly tunnel?: boolean
}

interface Built {
  readonly result: SolveResult
  readonly vertexes: ReadonlySet<string>
  readonly log: string
}

engineSuite('e2e/wire', (test, engine) => {
  const endpoint = toEndpoint({ name: 'test', host: engine.host })
  const signal = new AbortController().signal
  const host = createNodeHost(signal)
  const upgrade = (path: string, headers: Headers = {}): Promise<Duplex> =>
    upgradeToH2c(endpoint, path, headers, host, signal)

  async function withChannel<T>(use: (channel: Channel) => Promise<T>): Promise<T> {
    const channel = openChannel(() => upgrade('/grpc'))
    try {
      return await use(channel)
    } finally {
      await channel.close()
    }
  }

  async function build(channel: Channel, spec: Build): Promise<Built> {
    const control = new ControlClient(channel)
    const session = await openSession({
      id: newRef(randomBytes),
      sharedKey: '',
      attachables: spec.attachables,
      dial: (headers) => (spec.tunnel ? control.session(headers) : upgrade('/session', headers)),
    })
    const attrs = { 'no-cache': '', ...spec.attrs }
    const ref = newRef(randomBytes)
    const vertexes = new Set<string>()
    let log = ''
    try {
      const solving = control.solve({
        ref,
        session: session.id,
        frontendAttrs: attrs,
        exporters: spec.exporters ?? [],
        cacheImports: spec.cacheImports ?? [],
        cacheExports: spec.cacheExports ?? [],
        entitlements: [],
      })
      solving.catch(() => {})
      const following = (async () => {
        for await (const update of control.status(ref)) {
          for (const vertex of update.vertexes) vertexes.add(vertex.name)
          for (const entry of update.logs) log += Buffer.from(entry.data).toString()
        }
      })()
      const gateway = new GatewayClient(channel, ref)
      await gateway.ping()
      try {
        await gateway.return(await gateway.solve({ frontend: 'dockerfile.v0', frontendOpt: attrs }))
      } catch (error) {
        await gateway.fail((error as Error).message, 'error')
        await following
        throw error
      }
      const result = await solving
      await following
      return { result, vertexes, log }
    } finally {
      await session.close()
    }
  }

  const login = auth({ credentials: async () => undefined, now: Date.now })
  const memory = (dockerfile: string): ReadonlyMap<string, SyncSource> => {
    const files = [{ path: 'Dockerfile', data: Buffer.from(dockerfile) }]
    return new Map([
      ['dockerfile', { kind: 'files', files }],
      ['context', { kind: 'files', files: [] }],
    ])
  }

  test('the daemon tells its version, workers, usage and history', () =>
    withChannel(async (channel) => {
      const control = new ControlClient(channel)
      assert.type((await control.info())?.version, 'string')
      const [worker] = await control.listWorkers()
      assert.ok(worker?.platforms.includes('linux/amd64') || worker?.platforms.includes('linux/arm64'))
      assert.ok(Array.isArray(await control.diskUsage([])))
      for await (const event of control.history({ earlyExit: true, limit: 1 }))
        assert.type(event.record.ref, 'string')
    }))

  for (const tunnel of [false, true]) {
    const way = tunnel ? 'through Control.Session' : 'through /session'
    test(`a context is uploaded, and an archive and a directory come back, ${way}`, () =>
      withChannel(async (channel) => {
        const many = Array.from({ length: 300 }, (_, n) => [`many/file-${n}.txt`, `content ${n}`])
        const context = tempDir({
          ...Object.fromEntries(many),
          'big.bin': 'x'.repeat(5_000_000),
          Dockerfile: 'FROM scratch\nCOPY many /many\nCOPY big.bin /\n',
          '.dockerignore': 'many/file-7.txt\n',
        })
        const out = tempDir()
        const sources = new Map<string, SyncSource>([
          ['dockerfile', { kind: 'dir', path: context }],
          ['context', { kind: 'dir', path: context }],
        ])
        await build(channel, {
          tunnel,
          attachables: [
            login,
            fileSync(sources),
            fileSend(
              new Map([
                [0, { kind: 'dir', path: join(out, 'tree') }],
                [1, { kind: 'file', path: join(out, 'sub/result.tar') }],
              ]),
            ),
          ],
          exporters: [
            { type: 'local', attrs: {} },
            { type: 'tar', attrs: {} },
          ],
        })
        assert.is(readdirSync(join(out, 'tree/many')).length, 299)
        assert.is(readFileSync(join(out, 'tree/many/file-42.txt'), 'utf8'), 'content 42')
        assert.is(readFileSync(join(out, 'tree/big.bin')).length, 5_000_000)
        assert.ok(readFileSync(join(out, 'sub/result.tar')).length > 5_000_000)
        assert.equal(readdirSync(join(out, 'sub')), ['result.tar'])
      }))
  }

  test('a secret reaches a step, and an absent one is left out', () =>
    withChannel(async (channel) => {
      const host = createMemoryHost({ env: { TOKEN: 'from env' }, files: { 'key.txt': 'from file' } })
      const dockerfile = [
        'FROM busybox',
        'RUN --mount=type=secret,id=a --mount=type=secret,id=b --mount=type=secret,id=c \\',
        '  echo "[$(cat /run/secrets/a)] [$(cat /run/secrets/b)] [$(ls /run/secrets)]" | tr "\\n" " "',
      ].join('\n')
      const store = secrets(
        [
          { id: 'a', env: 'TOKEN' },
          { id: 'b', file: 'key.txt' },
        ],
        host,
      )
      const built = await build(channel, { attachables: [login, store, fileSync(memory(dockerfile))] })
      assert.match(built.log, '[from env] [from file]')
    }))

  test('an image and its cache are exported into directories, and the image is a named context again', () =>
    withChannel(async (channel) => {
      const layout = tempDir()
      const cache = tempDir()
      const { result } = await build(channel, {
        attachables: [
          login,
          fileSync(memory('FROM busybox\nRUN echo kept > /kept\n')),
          content(
            new Map([
              ['export', { dir: layout, access: 'read-write' }],
              [`local:${cache}`, { dir: cache, access: 'read-write' }],
            ]),
          ),
        ],
        exporters: [{ type: 'oci', attrs: { tar: 'false', name: 'example.com/kept:1' } }],
        cacheExports: [{ type: 'local', attrs: { dest: cache, mode: 'max' } }],
      })
      const digest = result.exporterResponse['containerimage.digest'] ?? ''
      const blob = (dir: string, of: string): string =>
        readFileSync(join(dir, 'blobs', of.replace(':', '/')), 'utf8')
      assert.type(JSON.parse(blob(layout, digest)).mediaType, 'string')
      const cached = JSON.parse(result.exporterResponse['cache.manifest'] ?? '{}')
      assert.type(JSON.parse(blob(cache, cached.digest)).schemaVersion, 'number')

      const again = await build(channel, {
        attachables: [
          login,
          fileSync(memory('FROM kept\nRUN echo "[$(cat /kept)]"\n')),
          content(new Map([['oci:abc', { dir: layout, access: 'read' }]])),
        ],
        attrs: { 'context:kept': `oci-layout://abc@${digest}` },
      })
      assert.match(again.log, '[kept]')
    }))

  test('an archive given as upload is the context', () =>
    withChannel(async (channel) => {
      const archive = tarOf('Dockerfile', 'FROM scratch\nCOPY Dockerfile /\n')
      const pulls = new Map([
        [
          'abc',
          (async function* () {
            yield archive
          })(),
        ],
      ])
      const built = await build(channel, {
        attachables: [login, upload(pulls)],
        attrs: { context: 'http://buildkit-session/abc' },
      })
      assert.ok([...built.vertexes].some((name) => name.includes('COPY Dockerfile /')))
      assert.is(pulls.size, 0)
    }))

  test('a broken Dockerfile fails with the place in it', () =>
    withChannel(async (channel) => {
      try {
        await build(channel, { attachables: [login, fileSync(memory('FROM scratch\nNOPE x\n'))] })
        assert.unreachable()
      } catch (error) {
        assert.ok(isStatusFailure(error))
        assert.match(error.message, /unknown instruction: NOPE/)
        assert.is(error.details.sources[0]?.ranges[0]?.start.line, 2)
        assert.is(error.details.sources[0]?.info.filename, 'Dockerfile')
      }
    }))

  test('a mount the session does not have is refused with its name', () =>
    withChannel(async (channel) => {
      try {
        await build(channel, { attachables: [login, fileSync(new Map())] })
        assert.unreachable()
      } catch (error) {
        assert.match((error as Error).message, /no access allowed to dir "dockerfile"/)
      }
    }))
}).run()

/** A tar archive of one small file. */
function tarOf(name: string, text: string): Buffer {
  const header = Buffer.alloc(512)
  header.write(name)
  header.write('0000644\0', 100)
  header.write('0000000\0', 108)
  header.write('0000000\0', 116)
  header.write(`${text.length.toString(8).padStart(11, '0')}\0`, 124)
  header.write('00000000000\0', 136)
  header.write('        ', 148)
  header.write('0', 156)
  header.write('ustar\x0000', 257)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  const body = Buffer.alloc(Math.ceil(text.length / 512) * 512)
  body.write(text)
  return Buffer.concat([header, body, Buffer.alloc(1024)])
}
