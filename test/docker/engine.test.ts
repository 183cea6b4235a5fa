import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createEngine, type Engine } from '../../src/docker/engine.ts'
import type { EngineMessage } from '../../src/docker/engine-message.ts'
import { createNodeHost } from '../../src/host/node-host.ts'
import { tempDir } from '../harness/temp.ts'

const test = suite('docker/engine')
const never = new AbortController().signal
const closers: (() => void)[] = []

/** An engine whose API is `answer`. */
async function engineOf(
  answer: (request: IncomingMessage, body: string, response: ServerResponse) => void,
): Promise<{ engine: Engine; seen: string[] }> {
  const path = join(tempDir(), 's')
  const seen: string[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += part
    seen.push(`${request.method} ${request.url}`)
    answer(request, body, response)
  }).listen(path)
  await new Promise((resolve) => server.once('listening', resolve))
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const endpoint = { address: 'unix:///s', basePath: '', transport: { kind: 'socket', path } } as const
  const login = { username: 'me', password: 'pw', identityToken: '', registryToken: '' }
  const logins = { lookup: async (registry: string) => (registry === 'reg.io' ? login : undefined) }
  return { engine: createEngine(endpoint, logins, createNodeHost(never)), seen }
}

test.after(() => {
  for (const close of closers) close()
})

const collect = async (lines: AsyncIterable<EngineMessage>): Promise<EngineMessage[]> => {
  const all: EngineMessage[] = []
  for await (const line of lines) all.push(line)
  return all
}
const auth = (request: IncomingMessage): unknown =>
  JSON.parse(Buffer.from(String(request.headers['x-registry-auth']), 'base64url').toString())

test('the image store is told from the driver status', async () => {
  for (const [status, want] of [
    [[['driver-type', 'io.containerd.snapshotter.v1']], true],
    [[['Backing Filesystem', 'extfs']], false],
    [null, false],
  ] as const) {
    const { engine } = await engineOf((_q, _b, response) =>
      response.end(JSON.stringify({ DriverStatus: status })),
    )
    assert.is(await engine.usesContainerdStore(never), want)
  }
})

test('loading sends the archive and yields the progress', async () => {
  let got = ''
  const { engine, seen } = await engineOf((_request, body, response) => {
    got = body
    response.write('{"id":"abc","status":"Loading layer","progressDetail":{"current":5,"total":9}}\r\n{"str')
    response.end('eam":"Loaded image: app:latest\\n"}\n')
  })
  async function* archive(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('tar ')
    yield Buffer.from('bytes')
  }
  assert.equal(await collect(engine.load(archive(), never)), [
    { id: 'abc', status: 'Loading layer', current: 5, total: 9 },
    { id: '', status: 'Loaded image: app:latest\n', current: 0, total: 0 },
  ])
  assert.is(got, 'tar bytes')
  assert.match(seen[0] ?? '', /^POST \/images\/load/)
})

test('an error in the progress is a failure', async () => {
  const { engine } = await engineOf((_q, _b, response) =>
    response.end('{"errorDetail":{"message":"denied"},"error":"denied"}'),
  )
  const error = await collect(engine.push('reg.io/app:1', never)).catch((e) => e)
  assert.is(error.kind, 'driver')
  assert.is(error.message, 'denied')
})

test('a push names the tag and carries the login of its registry', async () => {
  const auths: unknown[] = []
  const { engine, seen } = await engineOf((request, _b, response) => {
    auths.push(auth(request))
    response.end('{"status":"done"}')
  })
  await collect(engine.push('reg.io/team/app:1', never))
  await collect(engine.push('localhost:5000/app', never))
  assert.equal(seen, [
    'POST /images/reg.io/team/app/push?tag=1',
    'POST /images/localhost:5000/app/push?tag=latest',
  ])
  assert.equal(auths, [
    { username: 'me', password: 'pw', serveraddress: 'reg.io' },
    { serveraddress: 'localhost:5000' },
  ])
})

test('the digest at the registry is optional', async () => {
  const { engine } = await engineOf((request, _b, response) => {
    response.statusCode = request.url?.includes('good') ? 200 : 404
    response.end(JSON.stringify({ Descriptor: { digest: 'sha256:1' }, message: 'not found' }))
  })
  assert.is(await engine.remoteDigest('reg.io/good:1', never), 'sha256:1')
  assert.is(await engine.remoteDigest('reg.io/bad:1', never), undefined)
})

test('a refusal has the words of the engine', async () => {
  const { engine } = await engineOf((_q, _b, response) => {
    response.statusCode = 404
    response.end('{"message":"No such image: x"}')
  })
  const error = await engine.tag('x', 'y:1', never).catch((e) => e)
  assert.is(error.message, 'No such image: x')
  assert.is(error.code, 'NOT_FOUND')
})

test('an engine that does not run is told as such', async () => {
  const transport = { kind: 'socket', path: '/nonexistent.sock' } as const
  const nobody = { lookup: async () => undefined }
  const engine = createEngine(
    { address: 'unix:///n', basePath: '', transport },
    nobody,
    createNodeHost(never),
  )
  const error = await engine.ping(never).catch((e) => e)
  assert.is(error.code, 'ENGINE_NOT_RUNNING')
})

test('a caller who aborts gets the reason, before and during an answer', async () => {
  const abort = new AbortController()
  const { engine } = await engineOf((_q, _b, response) => response.write('{"status":"one"}\n'))
  const reading = (async () => {
    for await (const _ of engine.push('reg.io/app:1', abort.signal))
      abort.abort(new Error('context canceled'))
  })()
  assert.is(await reading.catch((e) => e.message), 'context canceled')
  assert.is(await engine.ping(abort.signal).catch((e) => e.message), 'context canceled')
})

test.run()
