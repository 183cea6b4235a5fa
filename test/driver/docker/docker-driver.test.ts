import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { dockerDriver } from '../../../src/driver/docker/docker-driver.ts'
import { driverFactory } from '../../../src/driver/table.ts'
import { createNodeHost } from '../../../src/host/node-host.ts'
import { type DriverUnderTest, driverContract } from '../contract.ts'

const test = suite('driver/docker')
const host = createNodeHost(new AbortController().signal)
const closers: (() => Promise<void>)[] = []

/** A driver on an engine that answers pings and turns every upgrade into an echo. */
async function fakeEngine(): Promise<DriverUnderTest & { readonly paths: string[] }> {
  const paths: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer((_request, answer) => answer.end('OK'))
  server.on('connection', (socket) => sockets.add(socket))
  server.on('upgrade', (request, socket) => {
    paths.push(`${request.method} ${request.url}`)
    socket.on('error', () => {})
    socket.write('HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n')
    socket.pipe(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const breakDown = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  }
  closers.push(breakDown)
  const engine = {
    address: `tcp://127.0.0.1:${port}`,
    basePath: '',
    transport: { kind: 'tcp', host: '127.0.0.1', port },
  } as const
  return {
    driver: dockerDriver.create({ name: 'n', endpoint: 'default', engine, options: {} }, host),
    breakDown,
    paths,
  }
}

test.after(async () => {
  await Promise.all(closers.map((close) => close()))
})

driverContract(test, fakeEngine)

test('control and sessions have their own paths', async () => {
  const { driver, paths } = await fakeEngine()
  const { signal } = new AbortController()
  const streams = [
    await driver.dial(signal),
    await driver.dialSession?.({ 'X-Docker-Expose-Session-Uuid': 'u' }, signal),
  ]
  assert.equal(paths, ['POST /grpc', 'POST /session'])
  for (const stream of streams) stream?.destroy()
})

test('an engine that keeps images in containerd can do what others can', async () => {
  const { driver } = await fakeEngine()
  assert.equal([...driver.features({})].sort(), ['default-load', 'engine-store'])
  const modern = driver.features({ 'org.mobyproject.buildkit.worker.snapshotter': 'overlayfs' })
  assert.ok(modern.has('multi-platform') && modern.has('direct-push') && modern.has('default-load'))
})

test('a node without an engine is refused', () => {
  assert.throws(
    () => dockerDriver.create({ name: 'n', endpoint: 'nope', options: {} }, host),
    /docker endpoint for "nope" not found/,
  )
})

test('drivers are found by name', () => {
  assert.is(driverFactory('docker'), dockerDriver)
  assert.throws(() => driverFactory('kubernetes'), /the kubernetes driver is not supported yet/)
  assert.throws(() => driverFactory('toString'), /failed to find driver "toString"/)
})

test.run()
