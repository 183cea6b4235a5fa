import { setImmediate as turn } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Health, HealthCheckResponse_ServingStatus } from '../../../src/buildkit/gen/health_pb.ts'
import type { Attachable, CallContext, MessageStream } from '../../../src/buildkit/session/attachable.ts'
import { CallError, Code } from '../../../src/buildkit/session/call-error.ts'
import { BuildFailure } from '../../../src/core/failure.ts'
import { Daemon, finish } from './daemon.ts'

const test = suite('buildkit/session/server')

type Handle = (stream: MessageStream, call: CallContext) => Promise<void>
const streaming = (handle: Handle): Attachable => ({
  methods: [{ kind: 'stream', path: '/t.T/Run', handle }],
})

async function withDaemon(attachable: Attachable, use: (daemon: Daemon) => Promise<void>): Promise<void> {
  const daemon = await Daemon.open([attachable])
  try {
    await use(daemon)
  } finally {
    await daemon.close()
  }
}

const echo: Handle = async (stream) => {
  for await (const message of stream.receive()) await stream.send(message)
}

test('health is always served', () =>
  withDaemon({ methods: [] }, async (daemon) => {
    const reply = await daemon.unary(Health.method.check, {})
    assert.is(reply.status, HealthCheckResponse_ServingStatus.SERVING)
  }))

test('the session headers name every method once', () =>
  withDaemon(streaming(echo), async (daemon) => {
    assert.equal(daemon.headers, {
      'x-docker-expose-session-uuid': 'session-1',
      'x-docker-expose-session-sharedkey': 'key',
      'x-docker-expose-session-name': '',
      'x-docker-expose-session-grpc-method': ['/grpc.health.v1.Health/Check', '/t.T/Run'],
    })
  }))

test('messages of all sizes come back whole, empty ones too', () =>
  withDaemon(streaming(echo), async (daemon) => {
    const sizes = [0, 1, 5, 65_530, 65_531, 65_536, 200_000, 0, 3_000_000, 7]
    const call = daemon.stream('/t.T/Run')
    for (const [index, size] of sizes.entries()) call.write(Buffer.alloc(size, index))
    call.end()
    const { messages, code } = await finish(call)
    assert.is(code, 0)
    assert.equal(
      messages.map((message) => message.length),
      sizes,
    )
    assert.ok(messages.every((message, index) => message.every((byte) => byte === index)))
  }))

test('thousands of small messages arrive in order', () =>
  withDaemon(
    streaming(async (stream) => {
      for (let n = 0; n < 20_000; n++) {
        const wait = stream.send(Buffer.from(String(n)))
        if (wait !== undefined) await wait
      }
    }),
    async (daemon) => {
      const call = daemon.stream('/t.T/Run')
      call.end()
      const { messages } = await finish(call)
      assert.is(messages.length, 20_000)
      assert.ok(messages.every((message, index) => message.toString() === String(index)))
    },
  ))

test('repeated metadata stays apart, commas in values too', () =>
  withDaemon(
    streaming(async (stream, call) => {
      await stream.send(
        Buffer.from(JSON.stringify([call.metadata.all('followpaths'), call.metadata.decoded('names')])),
      )
    }),
    async (daemon) => {
      const metadata = { followpaths: ['a, b', 'c'], names: ['%C3%A4+x', 'y'], 'names-encoded': ['1'] }
      const call = daemon.stream('/t.T/Run', metadata)
      call.end()
      const { messages } = await finish(call)
      assert.equal(JSON.parse(String(messages[0])), [
        ['a, b', 'c'],
        ['ä x', 'y'],
      ])
    },
  ))

test('a thousand header pairs are taken', () =>
  withDaemon(
    streaming(async (stream, call) => {
      await stream.send(Buffer.from(String(call.metadata.all('exclude-patterns').length)))
    }),
    async (daemon) => {
      const patterns = Array.from({ length: 1000 }, (_, n) => `some/longer/path/to/ignore/number-${n}`)
      const call = daemon.stream('/t.T/Run', { 'exclude-patterns': patterns })
      call.end()
      assert.equal((await finish(call)).messages.map(String), ['1000'])
    },
  ))

const failures = [
  {
    name: 'a call error keeps its code and text',
    thrown: new CallError(Code.notFound, 'no dir "ä" 100%'),
    want: { code: 5, details: 'no dir "ä" 100%' },
  },
  {
    name: 'another error is UNKNOWN',
    thrown: new Error('disk full'),
    want: { code: 2, details: 'disk full' },
  },
  {
    name: 'a canceled failure is CANCELLED',
    thrown: new BuildFailure('canceled', 'stopped'),
    want: { code: 1, details: 'stopped' },
  },
]
for (const row of failures) {
  test(row.name, () =>
    withDaemon(
      streaming(async () => {
        throw row.thrown
      }),
      async (daemon) => {
        const { code, details } = await finish(daemon.stream('/t.T/Run'))
        assert.equal({ code, details }, row.want)
      },
    ),
  )
}

test('an unknown method is UNIMPLEMENTED', () =>
  withDaemon(streaming(echo), async (daemon) => {
    const { code, details } = await finish(daemon.stream('/t.T/Other'))
    assert.equal({ code, details }, { code: 12, details: 'unknown method /t.T/Other' })
  }))

test('an error after messages arrives behind them', () =>
  withDaemon(
    streaming(async (stream) => {
      await stream.send(Buffer.from('one'))
      throw new CallError(Code.permissionDenied, 'enough')
    }),
    async (daemon) => {
      const { messages, code } = await finish(daemon.stream('/t.T/Run'))
      assert.is(code, 7)
      assert.equal(messages.map(String), ['one'])
    },
  ))

test('a call whose connection breaks aborts the handler and ends its reading', async () => {
  let ended = (_why: unknown): void => {}
  const why = new Promise<unknown>((resolve) => {
    ended = resolve
  })
  await withDaemon(
    streaming(async (stream, call) => {
      try {
        for await (const _message of stream.receive()) await stream.send(Buffer.from('ready'))
        ended('no error')
      } catch (error) {
        ended([(error as CallError).code, call.signal.aborted])
      }
    }),
    async (daemon) => {
      const call = daemon.stream('/t.T/Run')
      call.on('error', () => {})
      call.once('data', () => daemon.connection.destroy())
      call.write(Buffer.from('go'))
      assert.equal(await why, [Code.cancelled, true])
    },
  )
})

test('a sender that does not wait for a slow daemon is told to', () =>
  withDaemon(
    streaming(async (stream) => {
      let waits = 0
      for (let n = 0; n < 100; n++) {
        const wait = stream.send(Buffer.alloc(100_000))
        if (wait === undefined) continue
        waits++
        await wait
      }
      await stream.send(Buffer.from(String(waits > 0)))
    }),
    async (daemon) => {
      const call = daemon.stream('/t.T/Run')
      const { messages } = await finish(call)
      assert.is(messages.length, 101)
      assert.is(String(messages.at(-1)), 'true')
    },
  ))

test('closing says so once, and closes what the attachables hold', async () => {
  let closed = 0
  const daemon = await Daemon.open([{ methods: [], close: () => void closed++ }])
  await daemon.close()
  await daemon.close()
  assert.is(await daemon.session.ended, undefined)
  assert.is(closed, 1)
})

test('a connection the daemon closes ends the session with a failure', async () => {
  const daemon = await Daemon.open([])
  await daemon.unary(Health.method.check, {})
  daemon.connection.destroy()
  const failure = await daemon.session.ended
  assert.is(failure?.code, 'SESSION_LOST')
  await turn()
  await daemon.close()
})

test.run()
