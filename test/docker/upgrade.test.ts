import { createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { Duplex } from 'node:stream'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { BuildFailure } from '../../src/core/failure.ts'
import type { EngineEndpoint } from '../../src/docker/endpoint.ts'
import { upgradeToH2c } from '../../src/docker/upgrade.ts'
import type { Host } from '../../src/host/host.ts'
import { createMemoryHost } from '../../src/host/memory-host.ts'
import { createNodeHost } from '../../src/host/node-host.ts'
import { tempDir } from '../harness/temp.ts'

const test = suite('docker/upgrade')
const never = new AbortController().signal
const nodeHost = createNodeHost(never)
const SWITCH = 'HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n'
const servers: Server[] = []
const sockets = new Set<Socket>()

/** An engine that answers every request head with `reply`, and then echoes. Gives the heads it saw. */
async function engine(
  reply: string | ((socket: Socket) => void),
): Promise<{ endpoint: EngineEndpoint; heads: string[] }> {
  const path = join(tempDir(), 'engine.sock')
  const heads: string[] = []
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    let head = ''
    socket.on('data', function first(part) {
      head += part
      if (!head.includes('\r\n\r\n')) return
      heads.push(head)
      socket.off('data', first)
      if (typeof reply !== 'string') return reply(socket)
      socket.write(reply)
      socket.pipe(socket)
    })
  }).listen(path)
  servers.push(server)
  await new Promise((resolve) => server.once('listening', resolve))
  return { endpoint: { address: 'unix:///engine', basePath: '', transport: { kind: 'socket', path } }, heads }
}

test.after(() => {
  for (const socket of sockets) socket.destroy()
  for (const server of servers) server.close()
})

async function failure(promise: Promise<unknown>): Promise<BuildFailure> {
  try {
    await promise
  } catch (error) {
    return error as BuildFailure
  }
  throw new Error('must fail')
}

/** Reads until `text` has come. */
function until(stream: Duplex, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let got = ''
    stream.on('data', (part) => {
      got += part
      if (got.includes(text)) resolve(got)
    })
    stream.on('error', reject)
    stream.on('end', () => reject(new Error(`ended after ${got}`)))
  })
}

test('the request asks for h2c and carries repeated headers', async () => {
  const { endpoint, heads } = await engine(SWITCH)
  const stream = await upgradeToH2c(
    { ...endpoint, basePath: '/base' },
    '/session',
    { 'X-Docker-Expose-Session-Grpc-Method': ['/a/B', '/c/D'], 'X-Docker-Expose-Session-Uuid': 'id' },
    nodeHost,
    never,
  )
  const lines = (heads[0] as string).toLowerCase().split('\r\n')
  assert.is(lines[0], 'post /base/session http/1.1')
  for (const line of [
    'connection: upgrade',
    'upgrade: h2c',
    'x-docker-expose-session-grpc-method: /a/b',
    'x-docker-expose-session-grpc-method: /c/d',
    'x-docker-expose-session-uuid: id',
  ]) {
    assert.ok(lines.includes(line), line)
  }
  assert.not(lines.some((line) => line.startsWith('transfer-encoding')))
  stream.destroy()
})

test('bytes that come with the answer are read first', async () => {
  const { endpoint } = await engine(`${SWITCH}PRI * HTTP/2.0`)
  const stream = await upgradeToH2c(endpoint, '/session', {}, nodeHost, never)
  stream.write(' and more')
  assert.is(await until(stream, 'more'), 'PRI * HTTP/2.0 and more')
  stream.destroy()
})

test('an answer in pieces works as well', async () => {
  const { endpoint } = await engine((socket) => {
    socket.write(SWITCH.slice(0, 20))
    setImmediate(() => {
      socket.write(SWITCH.slice(20))
      socket.pipe(socket)
    })
  })
  const stream = await upgradeToH2c(endpoint, '/grpc', {}, nodeHost, never)
  stream.write('echo')
  assert.is(await until(stream, 'echo'), 'echo')
  stream.destroy()
})

test('any duplex stream can carry the upgrade', async () => {
  const { endpoint } = await engine(`${SWITCH}head`)
  const path = (endpoint.transport as { path: string }).path
  const host: Host = createMemoryHost({
    pipe: async () => {
      const socket = await nodeHost.connect({ path })
      return Duplex.from({ readable: socket, writable: socket })
    },
  })
  const ssh: EngineEndpoint = {
    address: 'ssh://far',
    basePath: '',
    transport: { kind: 'ssh', args: ['far'] },
  }
  const stream = await upgradeToH2c(ssh, '/grpc', {}, host, never)
  stream.write('-tail')
  assert.is(await until(stream, 'tail'), 'head-tail')
  stream.destroy()
})

const refusals: readonly { name: string; reply: string; code: string; message: string }[] = [
  {
    name: 'an engine without BuildKit is too old',
    reply: 'HTTP/1.1 404 Not Found\r\nContent-Length: 29\r\n\r\n{"message":"page not found"}\n\n',
    code: 'ENGINE_TOO_OLD',
    message: 'page not found',
  },
  {
    name: "a refusal is told in the engine's words",
    reply: 'HTTP/1.1 500 Oops\r\nContent-Length: 23\r\n\r\n{"message":"disk full"}',
    code: 'ENGINE_REFUSED',
    message: 'disk full',
  },
  {
    name: 'a refusal that is not JSON is told as it is',
    reply: 'HTTP/1.1 403 Forbidden\r\nContent-Length: 8\r\n\r\nno entry',
    code: 'ENGINE_REFUSED',
    message: 'no entry',
  },
  {
    name: 'an empty refusal shows its status',
    reply: 'HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n',
    code: 'ENGINE_REFUSED',
    message: 'HTTP status 502',
  },
  {
    name: 'something else than HTTP is refused',
    reply: 'SSH-2.0-x\r\n\r\n',
    code: 'ENGINE_UNREACHABLE',
    message: 'Parse',
  },
]
for (const c of refusals) {
  test(c.name, async () => {
    const { endpoint } = await engine(c.reply)
    const error = await failure(upgradeToH2c(endpoint, '/grpc', {}, nodeHost, never))
    assert.is(error.kind, 'driver')
    assert.is(error.code, c.code)
    assert.match(error.message, c.message)
  })
}

test('an engine that hangs up says so', async () => {
  const { endpoint } = await engine((socket) => socket.end())
  const error = await failure(upgradeToH2c(endpoint, '/grpc', {}, nodeHost, never))
  assert.is(error.code, 'ENGINE_UNREACHABLE')
})

test('an engine that does not run says how to go on', async () => {
  const { endpoint } = await engine(SWITCH)
  const gone = { ...endpoint, transport: { kind: 'socket', path: '/nonexistent/engine.sock' } } as const
  const error = await failure(upgradeToH2c(gone, '/grpc', {}, nodeHost, never))
  assert.is(error.code, 'ENGINE_NOT_RUNNING')
  assert.is(
    error.message,
    'Cannot connect to the Docker daemon at unix:///engine. Is the docker daemon running?',
  )
  assert.is(error.hints.length, 1)
})

test('a hanging engine is left when the caller aborts', async () => {
  let hungUp: () => void = () => {}
  const closed = new Promise<void>((resolve) => {
    hungUp = resolve
  })
  const abort = new AbortController()
  const { endpoint } = await engine((socket) => {
    socket.once('close', hungUp)
    abort.abort(new Error('context canceled'))
  })
  const error = await failure(upgradeToH2c(endpoint, '/grpc', {}, nodeHost, abort.signal))
  assert.is(error.message, 'context canceled')
  await closed
})

test('an aborted signal connects to nothing', async () => {
  const { endpoint, heads } = await engine(SWITCH)
  const error = await failure(
    upgradeToH2c(endpoint, '/grpc', {}, nodeHost, AbortSignal.abort(new Error('no'))),
  )
  assert.is(error.message, 'no')
  assert.equal(heads, [])
})

test('the signal has no say over a stream that was handed over', async () => {
  const abort = new AbortController()
  const { endpoint } = await engine(SWITCH)
  const stream = await upgradeToH2c(endpoint, '/grpc', {}, nodeHost, abort.signal)
  abort.abort()
  stream.write('still here')
  assert.is(await until(stream, 'here'), 'still here')
  stream.destroy()
})

test.run()
