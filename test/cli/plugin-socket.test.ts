import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cancelledByDocker } from '../../src/cli/plugin-socket.ts'
import { createMemoryHost } from '../../src/host/memory-host.ts'

const test = suite('cli/plugin-socket')

test('without a socket the host stays as it is', () => {
  const host = createMemoryHost()
  assert.is(cancelledByDocker(host), host)
})

test('the socket is joined when the signal is asked for, and its end cancels', async () => {
  const socket = new PassThrough()
  const joined: unknown[] = []
  const host = cancelledByDocker(
    createMemoryHost({
      env: { DOCKER_CLI_PLUGIN_SOCKET: '/run/docker-cli.sock' },
      connect: async (to) => {
        joined.push(to)
        return socket
      },
    }),
  )
  assert.equal(joined, [])
  const { signal } = host
  assert.equal(joined, [{ path: '/run/docker-cli.sock' }])
  assert.is(signal.aborted, false)
  const aborted = once(signal, 'abort')
  setImmediate(() => socket.destroy())
  await aborted
  assert.is(host.signal, signal)
  assert.is(signal.reason.message, 'context canceled')
})

test('a socket that nobody listens on cancels nothing', async () => {
  const host = cancelledByDocker(createMemoryHost({ env: { DOCKER_CLI_PLUGIN_SOCKET: '/gone' } }))
  const { signal } = host
  await new Promise((resolve) => setImmediate(resolve))
  assert.is(signal.aborted, false)
})

test('an abstract socket that leaves the list of sockets cancels', async () => {
  const memory = createMemoryHost({
    env: { DOCKER_CLI_PLUGIN_SOCKET: '@docker_cli_1' },
    files: { '/proc/net/unix': '0: 2 0 10000 1 1 7 @docker_cli_1\n' },
  })
  let looks = 0
  const readFile: typeof memory.readFile = async (path) => {
    looks++
    return looks === 1 ? await memory.readFile(path) : new Uint8Array()
  }
  const { signal } = cancelledByDocker({ ...memory, readFile })
  const awake = setTimeout(() => {}, 60_000)
  await once(signal, 'abort')
  clearTimeout(awake)
  assert.is(looks, 2)
})

test.run()
