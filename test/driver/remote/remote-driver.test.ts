import { createServer as createHttp2 } from 'node:http2'
import { createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { BootEvent, Driver } from '../../../src/driver/driver.ts'
import { createRemoteDriver, remoteDriver } from '../../../src/driver/remote/remote-driver.ts'
import type { Host } from '../../../src/host/host.ts'
import { createNodeHost } from '../../../src/host/node-host.ts'
import { tempDir } from '../../harness/temp.ts'
import { type DriverUnderTest, driverContract } from '../contract.ts'

const test = suite('driver/remote')
const host = createNodeHost(new AbortController().signal)
const IMPATIENT = { everyMs: 100, totalMs: 500 }
const closers: (() => Promise<void>)[] = []

/** Answers gRPC calls as a daemon that knows none of them, and echoes everything else. */
function daemon(path: string): Promise<Server> {
  const grpc = createHttp2()
  grpc.on('stream', (stream) => {
    stream.respond(
      { ':status': 200, 'content-type': 'application/grpc', 'grpc-status': '12', 'grpc-message': 'unknown' },
      { endStream: true },
    )
  })
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.once('data', (head) => {
      socket.pause()
      socket.unshift(head)
      if (head.toString().startsWith('PRI ')) grpc.emit('connection', socket)
      else socket.pipe(socket)
    })
  })
  closers.push(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  return new Promise((resolve) => server.listen(path, () => resolve(server)))
}

function driverAt(path: string, using: Host = host): Driver {
  return createRemoteDriver({ name: 'r0', endpoint: `unix://${path}`, options: {} }, using, IMPATIENT)
}

async function running(): Promise<DriverUnderTest> {
  const path = join(tempDir(), 'bk.sock')
  await daemon(path)
  return { driver: driverAt(path), breakDown: closers.at(-1) as () => Promise<void> }
}

test.after(async () => {
  await Promise.all(closers.map((close) => close()))
})

driverContract(test, running)

async function boot(driver: Driver, seen: BootEvent[], onEvent?: () => Promise<unknown>): Promise<void> {
  for await (const event of driver.boot(new AbortController().signal)) {
    seen.push(event)
    await onEvent?.()
  }
}

test('a daemon that answers at once is not waited for', async () => {
  const seen: BootEvent[] = []
  await boot((await running()).driver, seen)
  assert.equal(seen, [])
})

test('a daemon that comes up late is waited for', async () => {
  const path = join(tempDir(), 'bk.sock')
  const seen: BootEvent[] = []
  await boot(driverAt(path), seen, async () => seen.length === 1 && daemon(path))
  const name = '[internal] waiting for connection'
  assert.equal(seen, [
    { kind: 'step', name, state: 'started' },
    { kind: 'step', name, state: 'done' },
  ])
})

test('a daemon that stays away ends the waiting, and the reason is told', async () => {
  const seen: BootEvent[] = []
  const error = await boot(driverAt(join(tempDir(), 'none.sock')), seen).catch((e) => e)
  assert.is(error.message, 'context deadline exceeded')
  assert.match(error.hints[0], /cannot connect to BuildKit at unix:.*none\.sock: connect ENOENT/)
  assert.equal(
    seen.map((event) => event.kind === 'step' && event.state),
    ['started', 'failed'],
  )
})

test('a program that cannot be run is not waited for', async () => {
  const without: Host = Object.create(host, {
    pipe: { value: () => Promise.reject(Object.assign(new Error('spawn ssh ENOENT'), { code: 'ENOENT' })) },
  })
  const driver = createRemoteDriver({ name: 'r0', endpoint: 'ssh://far', options: {} }, without, IMPATIENT)
  const seen: BootEvent[] = []
  const error = await boot(driver, seen).catch((e) => e)
  assert.is(error.message, 'cannot run ssh for ssh://far: spawn ssh ENOENT')
  assert.equal(seen, [])
})

test('images are loaded by default where the option says so', () => {
  const features = (options: Record<string, string>): ReadonlySet<string> =>
    remoteDriver.create({ name: 'r0', endpoint: 'tcp://a:1', options }, host).features({})
  assert.not.ok(features({}).has('default-load'))
  assert.ok(features({ 'default-load': 'true' }).has('default-load'))
  assert.ok(features({}).has('multi-platform'))
})

const refused: readonly [name: string, node: object, message: string][] = [
  ['an unknown option', { options: { foo: 'bar' } }, 'invalid driver option foo for remote driver'],
  ['a relative path', { options: { cacert: 'x.pem' } }, "non-absolute path 'x.pem' provided for cacert"],
  ['a name without certificates', { options: { servername: 'x' } }, 'tls enabled, but missing keys cacert'],
  [
    'a key without its certificate',
    { options: { cacert: '/ca', key: '/k' } },
    'tls enabled, but missing keys cert',
  ],
  [
    'a switch that is none',
    { options: { 'default-load': 'x' } },
    'strconv.ParseBool: parsing "x": invalid syntax',
  ],
  [
    'flags of the daemon',
    { options: {}, flags: ['--debug'] },
    'setting buildkit flags is not supported for remote driver',
  ],
  [
    'config files of the daemon',
    { options: {}, files: { 'buildkitd.toml': '' } },
    'setting config file is not supported for remote driver',
  ],
]
for (const [name, node, message] of refused) {
  test(`refuses ${name}`, () => {
    assert.throws(
      () => remoteDriver.create({ name: 'r0', endpoint: 'tcp://a:1', options: {}, ...node }, host),
      (error: Error) => error.message === message,
    )
  })
}

test.run()
