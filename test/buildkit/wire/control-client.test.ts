import { timestampFromMs } from '@bufbuild/protobuf/wkt'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { BuildHistoryEventType, type SolveRequest } from '../../../src/buildkit/gen/control_pb.ts'
import { PolicyAction } from '../../../src/buildkit/gen/policy_pb.ts'
import { ControlClient } from '../../../src/buildkit/wire/control-client.ts'
import { openChannel } from '../../../src/buildkit/wire/grpc-channel.ts'
import { parseSourcePolicy } from '../../../src/buildkit/wire/source-policy.ts'
import type { SolveSpec } from '../../../src/buildkit/wire/types.ts'
import { FakeControl, type Handler } from './fake-control.ts'

const test = suite('buildkit/wire/control-client')

async function withControl(
  handlers: Readonly<Record<string, Handler>>,
  use: (control: ControlClient) => Promise<void>,
): Promise<void> {
  const fake = new FakeControl(handlers)
  const channel = openChannel(fake.dial)
  try {
    await use(new ControlClient(channel))
  } finally {
    await channel.close()
    fake.close()
  }
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

const spec: SolveSpec = {
  ref: 'ref',
  session: 'session',
  frontendAttrs: { target: 'app', 'build-arg:A': 'ä' },
  exporters: [
    { type: 'image', attrs: { name: 'a' } },
    { type: 'local', attrs: {} },
  ],
  cacheImports: [{ type: 'registry', attrs: { ref: 'r' } }],
  cacheExports: [{ type: 'inline', attrs: {} }],
  entitlements: ['network.host'],
}

test('a solve carries everything, the first exporter also in its old place', async () => {
  let seen: SolveRequest | undefined
  const answer: Handler = (call, done) => {
    seen = call.request as SolveRequest
    done(null, { exporterResponse: { 'containerimage.digest': 'sha256:1' } })
  }
  const sourcePolicy = parseSourcePolicy(
    Buffer.from(
      '{"version":"1","rules":[{"action":"DENY","selector":{"identifier":"docker-image://x","match_type":"EXACT"}}]}',
    ),
    'policy.json',
  )
  await withControl({ Solve: answer }, async (control) => {
    assert.equal(await control.solve({ ...spec, sourcePolicy }), {
      exporterResponse: { 'containerimage.digest': 'sha256:1' },
    })
  })
  assert.is(seen?.ref, 'ref')
  assert.is(seen?.frontend, '')
  assert.is(seen?.definition, undefined)
  assert.equal(seen?.frontendAttrs, { target: 'app', 'build-arg:A': 'ä' })
  assert.equal(
    seen?.exporters.map((e) => [e.type, e.attrs]),
    [
      ['image', { name: 'a' }],
      ['local', {}],
    ],
  )
  assert.is(seen?.exporterDeprecated, 'image')
  assert.equal(seen?.exporterAttrsDeprecated, { name: 'a' })
  assert.equal(
    seen?.cache?.imports.map((e) => e.type),
    ['registry'],
  )
  assert.equal(
    seen?.cache?.exports.map((e) => e.type),
    ['inline'],
  )
  assert.equal(seen?.entitlements, ['network.host'])
  assert.is(seen?.sourcePolicy?.rules[0]?.action, PolicyAction.DENY)
})

test('a source policy that is nothing known names the file', () => {
  assert.throws(
    () => parseSourcePolicy(Uint8Array.of(0xff, 0xff), 'p.json'),
    /source policy p\.json is neither/,
  )
})

test('progress keeps the order within one millisecond, and absent stays absent', async () => {
  const answer: Handler = (call) => {
    call.write({
      vertexes: [
        {
          digest: 'sha256:a',
          name: '[1/2] FROM x',
          inputs: ['sha256:b'],
          started: { seconds: 1_700_000_000n, nanos: 123_456_000 },
          progressGroup: { id: 'g', name: 'group', weak: true },
        },
        { digest: 'sha256:b', error: 'boom', cached: true },
      ],
      statuses: [
        { id: 's', vertex: 'sha256:a', current: 3n, total: 5_000_000_000n, timestamp: { seconds: 1n } },
      ],
      logs: [{ vertex: 'sha256:a', stream: 2n, msg: Buffer.from('hi') }],
      warnings: [
        {
          vertex: 'sha256:a',
          level: 1n,
          short: Buffer.from('short'),
          detail: [Buffer.from('d')],
          url: 'u',
          info: { filename: 'Dockerfile', data: Buffer.from('FROM x'), language: 'Dockerfile' },
          ranges: [{ start: { line: 3, character: 1 }, end: { line: 3 } }],
        },
      ],
    })
    call.write({})
    call.end()
  }
  await withControl({ Status: answer }, async (control) => {
    const [first, second] = await collect(control.status('ref'))
    assert.equal(first?.vertexes, [
      {
        digest: 'sha256:a',
        name: '[1/2] FROM x',
        inputs: ['sha256:b'],
        cached: false,
        startedMs: 1_700_000_000_123.456,
        progressGroup: { id: 'g', name: 'group', weak: true },
      },
      { digest: 'sha256:b', name: '', inputs: [], cached: true, error: 'boom' },
    ])
    assert.equal(first?.statuses, [
      { id: 's', vertex: 'sha256:a', name: '', current: 3, total: 5_000_000_000, timestampMs: 1000 },
    ])
    assert.is(Buffer.from(first?.logs[0]?.data ?? []).toString(), 'hi')
    assert.is(first?.logs[0]?.stream, 2)
    const warning = first?.warnings[0]
    assert.equal([warning?.short, warning?.detail, warning?.source?.filename], ['short', ['d'], 'Dockerfile'])
    assert.equal(warning?.ranges, [{ start: { line: 3, character: 1 }, end: { line: 3, character: 0 } }])
    assert.equal(second, { vertexes: [], statuses: [], logs: [], warnings: [] })
  })
})

test('leaving the progress loop cancels the call', async () => {
  let canceled = (): void => {}
  const ended = new Promise<void>((resolve) => {
    canceled = resolve
  })
  const answer: Handler = (call) => {
    call.on('cancelled', canceled)
    call.write({})
  }
  await withControl({ Status: answer }, async (control) => {
    for await (const _update of control.status('ref')) break
    await ended
  })
})

test('workers tell labels, platforms and policies', async () => {
  const answer: Handler = (_call, done) =>
    done(null, {
      record: [
        {
          id: 'w',
          labels: { a: 'b' },
          platforms: [
            { os: 'linux', architecture: 'amd64' },
            { os: 'linux', architecture: 'arm', variant: 'v7' },
          ],
          gcPolicy: [{ keepDuration: 3_000_000_000n, maxUsedSpace: 7n }],
          buildkitVersion: { package: 'p', version: 'v0.25.0', revision: 'r' },
        },
      ],
    })
  await withControl({ ListWorkers: answer }, async (control) => {
    assert.equal(await control.listWorkers(), [
      {
        id: 'w',
        labels: { a: 'b' },
        platforms: ['linux/amd64', 'linux/arm/v7'],
        gcPolicies: [
          {
            all: false,
            filters: [],
            keepDurationMs: 3000,
            reservedBytes: 0,
            maxUsedBytes: 7,
            minFreeBytes: 0,
          },
        ],
        version: { package: 'p', version: 'v0.25.0', revision: 'r' },
      },
    ])
  })
})

test('disk usage is sorted by size, then id', async () => {
  const answer: Handler = (_call, done) =>
    done(null, {
      record: [
        { id: 'b', size: 2n },
        { id: 'a', size: 2n, parent: 'old', createdAt: timestampFromMs(5) },
        { id: 'c', size: 1n },
      ],
    })
  await withControl({ DiskUsage: answer }, async (control) => {
    const records = await control.diskUsage([])
    assert.equal(
      records.map((r) => [r.id, r.parents, r.createdMs, r.lastUsedMs]),
      [
        ['c', [], undefined, undefined],
        ['a', ['old'], 5, undefined],
        ['b', [], undefined, undefined],
      ],
    )
  })
})

test('history events are named and keep results by platform and exporter', async () => {
  const descriptor = { mediaType: 'm', digest: 'sha256:d', size: 4n, annotations: { k: 'v' } }
  const answer: Handler = (call) => {
    call.write({
      type: BuildHistoryEventType.COMPLETE,
      record: {
        ref: 'r',
        error: { code: 2, message: 'bad' },
        results: { 'linux/amd64': { attestations: [descriptor], results: { 0: descriptor } } },
      },
    })
    call.write({ type: BuildHistoryEventType.DELETED, record: { ref: 'q' } })
    call.end()
  }
  await withControl({ ListenBuildHistory: answer }, async (control) => {
    const [complete, deleted] = await collect(control.history({ earlyExit: true }))
    const own = { mediaType: 'm', digest: 'sha256:d', sizeBytes: 4, annotations: { k: 'v' } }
    assert.is(complete?.kind, 'complete')
    assert.equal(complete?.record.error, { code: 2, message: 'bad' })
    const result = complete?.record.results.get('linux/amd64')
    assert.equal(result?.attestations, [own])
    assert.equal(result?.results.get(0), own)
    assert.equal([deleted?.kind, deleted?.record.ref], ['deleted', 'q'])
  })
})

test.run()
