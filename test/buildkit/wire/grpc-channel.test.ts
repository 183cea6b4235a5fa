import type { Duplex } from 'node:stream'
import * as grpc from '@grpc/grpc-js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ControlClient } from '../../../src/buildkit/wire/control-client.ts'
import { openChannel } from '../../../src/buildkit/wire/grpc-channel.ts'
import { BuildFailure } from '../../../src/core/failure.ts'
import { FakeControl } from './fake-control.ts'

const test = suite('buildkit/wire/grpc-channel')

async function failureOf(action: Promise<unknown>): Promise<BuildFailure> {
  try {
    await action
  } catch (error) {
    assert.instance(error, BuildFailure)
    return error as BuildFailure
  }
  throw new Error('expected a failure')
}

test('the pinned grpc-js still has the hook that the channel needs', () => {
  assert.type(grpc.ChannelCredentials.createInsecure()._createSecureConnector, 'function')
})

test('calls run over the stream that was dialled, and only one is dialled', async () => {
  const fake = new FakeControl({
    Info: (_call, done) => done(null, { buildkitVersion: { package: 'p', version: 'v1', revision: 'r' } }),
  })
  await using channel = openChannel(fake.dial)
  const client = new ControlClient(channel)
  assert.is(fake.dialled.length, 0)
  assert.equal(await Promise.all([client.info(), client.info()]), [
    { package: 'p', version: 'v1', revision: 'r' },
    { package: 'p', version: 'v1', revision: 'r' },
  ])
  assert.is(fake.dialled.length, 1)
  fake.close()
})

test("a driver's own failure to dial reaches the caller unchanged", async () => {
  const down = new BuildFailure('driver', 'the engine is asleep', { code: 'ENGINE_NOT_RUNNING' })
  await using channel = openChannel(async () => {
    throw down
  })
  assert.is(await failureOf(new ControlClient(channel).info()), down)
})

test('another error while dialling is told as being unreachable', async () => {
  await using channel = openChannel(async () => {
    throw new Error('ENOENT /nowhere')
  })
  const failure = await failureOf(new ControlClient(channel).info())
  assert.is(failure.code, 'UNREACHABLE')
  assert.is(failure.message, 'failed to connect to BuildKit: ENOENT /nowhere')
})

test('a lost connection fails the running call and is not dialled again', async () => {
  let reached = (): void => {}
  const waiting = new Promise<void>((resolve) => {
    reached = resolve
  })
  const fake = new FakeControl({ Solve: () => reached(), Info: (_call, done) => done(null, {}) })
  await using channel = openChannel(fake.dial)
  const client = new ControlClient(channel)
  const solving = failureOf(client.solve(emptySolve))
  await waiting
  ;(fake.dialled[0] as Duplex).destroy()
  assert.is((await solving).code, 'UNAVAILABLE')
  const later = await failureOf(client.info())
  assert.is(later.kind, 'wire')
  assert.is(fake.dialled.length, 1)
  fake.close()
})

test('an aborted call fails as canceled and keeps the reason', async () => {
  const abort = new AbortController()
  const fake = new FakeControl({ Solve: () => abort.abort('enough') })
  await using channel = openChannel(fake.dial)
  const failure = await failureOf(new ControlClient(channel).solve(emptySolve, abort.signal))
  assert.is(failure.kind, 'canceled')
  assert.is(failure.cause, 'enough')
  fake.close()
})

test('a call on an already aborted signal does not dial', async () => {
  const fake = new FakeControl({})
  await using channel = openChannel(fake.dial)
  const failure = await failureOf(new ControlClient(channel).info(AbortSignal.abort('before')))
  assert.is(failure.kind, 'canceled')
  assert.is(fake.dialled.length, 0)
  fake.close()
})

test('a closed channel refuses calls', async () => {
  const fake = new FakeControl({ Info: (_call, done) => done(null, {}) })
  const channel = openChannel(fake.dial)
  await new ControlClient(channel).info()
  await channel.close()
  assert.is((await failureOf(new ControlClient(channel).info())).code, 'UNREACHABLE')
  fake.close()
})

test('bytes cross a bidirectional call whole and in order, 12 MB at a time', async () => {
  const fake = new FakeControl({
    Session: (call) => {
      call.on('data', (message) => {
        if (!call.write(message)) {
          call.pause()
          call.once('drain', () => call.resume())
        }
      })
      call.on('end', () => call.end())
    },
  })
  await using channel = openChannel(fake.dial)
  const duplex = await new ControlClient(channel).session({ 'x-name': ['a', 'b'] })
  const sent = Buffer.alloc(12_000_000)
  for (let at = 0; at < sent.length; at += 4) sent.writeUInt32LE(at, at)
  const received: Buffer[] = []
  const done = (async () => {
    for await (const chunk of duplex) received.push(chunk as Buffer)
  })()
  duplex.write(sent.subarray(0, 5))
  duplex.write(sent.subarray(5, 9_000_000))
  duplex.end(sent.subarray(9_000_000))
  await done
  assert.ok(Buffer.concat(received).equals(sent))
  fake.close()
})

const emptySolve = {
  ref: 'r',
  session: 's',
  frontendAttrs: {},
  exporters: [],
  cacheImports: [],
  cacheExports: [],
  entitlements: [],
}

test.run()
