import { create, toBinary } from '@bufbuild/protobuf'
import * as grpc from '@grpc/grpc-js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { StatusSchema } from '../../../src/buildkit/gen/google_rpc_status_pb.ts'
import { ControlClient } from '../../../src/buildkit/wire/control-client.ts'
import { exitCodeOf, isStatusFailure, type StatusFailure } from '../../../src/buildkit/wire/errors.ts'
import { openChannel } from '../../../src/buildkit/wire/grpc-channel.ts'
import { BuildFailure } from '../../../src/core/failure.ts'
import { FakeControl } from './fake-control.ts'

const test = suite('buildkit/wire/errors')

async function failWith(
  code: number,
  message: string,
  details: readonly [string, unknown][] = [],
): Promise<StatusFailure> {
  const packed = create(StatusSchema, {
    code,
    message,
    details: details.map(([typeUrl, json]) => ({
      typeUrl,
      value: typeof json === 'string' ? Buffer.from(json) : Buffer.from(JSON.stringify(json)),
    })),
  })
  const metadata = new grpc.Metadata()
  metadata.set('grpc-status-details-bin', Buffer.from(toBinary(StatusSchema, packed)))
  const fake = new FakeControl({ Info: (_call, done) => done({ code, details: message, metadata }) })
  const channel = openChannel(fake.dial)
  try {
    await new ControlClient(channel).info()
  } catch (error) {
    assert.ok(isStatusFailure(error))
    return error as StatusFailure
  } finally {
    await channel.close()
    fake.close()
  }
  throw new Error('expected a failure')
}

const codes = [
  { code: 1, kind: 'canceled', name: 'CANCELLED', exit: 130 },
  { code: 2, kind: 'solve', name: 'UNKNOWN', exit: 1 },
  { code: 5, kind: 'solve', name: 'NOT_FOUND', exit: 1 },
  { code: 8, kind: 'solve', name: 'RESOURCE_EXHAUSTED', exit: 102 },
  { code: 13, kind: 'solve', name: 'INTERNAL', exit: 100 },
  { code: 14, kind: 'wire', name: 'UNAVAILABLE', exit: 1 },
]
for (const row of codes) {
  test(`${row.name} is a ${row.kind} failure and ends with ${row.exit}`, async () => {
    const failure = await failWith(row.code, 'bare text')
    assert.equal(
      [failure.kind, failure.code, failure.grpcCode, failure.message, exitCodeOf(failure)],
      [row.kind, row.name, row.code, 'bare text', row.exit],
    )
  })
}

test('details are read from their JSON, bytes from base64', async () => {
  const prefix = 'github.com/moby/buildkit/'
  const source = {
    info: {
      filename: 'Dockerfile',
      data: Buffer.from('FROM x\n').toString('base64'),
      language: 'Dockerfile',
    },
    ranges: [{ start: { line: 1 }, end: { line: 1, character: 6 } }],
  }
  const failure = await failWith(2, 'failed', [
    [`${prefix}stack.Stack+json`, { frames: [] }],
    [`${prefix}errdefs.Vertex+json`, { digest: 'sha256:v' }],
    [`${prefix}errdefs.Source+json`, source],
    [`${prefix}errdefs.Source+json`, { info: { filename: 'inner' } }],
    [`${prefix}errdefs.Solve+json`, { inputIDs: ['i'], mountIDs: ['m'], description: { a: 'b' } }],
    [`${prefix}errdefs.FrontendCap+json`, { name: 'moby.buildkit.frontend.contexts' }],
    [`${prefix}errdefs.Subrequest+json`, { name: 'frontend.outline' }],
    ['example.com/Other+json', { digest: 'no' }],
  ])
  const { sources, ...rest } = failure.details
  assert.equal(rest, {
    vertex: 'sha256:v',
    solve: { inputIds: ['i'], mountIds: ['m'], description: { a: 'b' } },
    frontendCap: 'moby.buildkit.frontend.contexts',
    subrequest: 'frontend.outline',
  })
  assert.equal(
    sources.map((s) => [s.info.filename, Buffer.from(s.info.data).toString(), s.ranges]),
    [
      ['Dockerfile', 'FROM x\n', [{ start: { line: 1, character: 0 }, end: { line: 1, character: 6 } }]],
      ['inner', '', []],
    ],
  )
})

test('details that are no JSON are passed over', async () => {
  const failure = await failWith(2, 'failed', [['github.com/moby/buildkit/errdefs.Vertex+json', 'not json']])
  assert.equal(failure.details, { sources: [] })
})

test('a frontend too old for named contexts gets a hint', async () => {
  const failure = await failWith(12, 'unsupported frontend capability moby.buildkit.frontend.contexts')
  assert.is(failure.hints.length, 1)
})

test('exit codes of other failures', () => {
  assert.is(exitCodeOf(new Error('x')), 1)
  assert.is(exitCodeOf(new BuildFailure('io', 'x')), 1)
  assert.is(exitCodeOf(new BuildFailure('canceled', 'x')), 130)
})

test.run()
