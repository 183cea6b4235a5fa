import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { ReturnRequest, SolveRequest } from '../../../src/buildkit/gen/gateway_pb.ts'
import { GatewayClient } from '../../../src/buildkit/wire/gateway-client.ts'
import { openChannel } from '../../../src/buildkit/wire/grpc-channel.ts'
import type { Definition, GatewayResult } from '../../../src/buildkit/wire/types.ts'
import { type Call, FakeControl, type Handler } from './fake-control.ts'

const test = suite('buildkit/wire/gateway-client')

async function withGateway(
  handlers: Readonly<Record<string, Handler>>,
  use: (gateway: GatewayClient) => Promise<void>,
): Promise<void> {
  const fake = new FakeControl(handlers)
  const channel = openChannel(fake.dial)
  try {
    await use(new GatewayClient(channel, 'build-1'))
  } finally {
    await channel.close()
    fake.close()
  }
}

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values)
const buildId = (call: Call): unknown => call.metadata.get('buildkit-controlapi-buildid')

test('a ping tells enabled capabilities only, and every call names the build', async () => {
  let id: unknown
  const answer: Handler = (call, done) => {
    id = buildId(call)
    done(null, {
      frontendApiCaps: [{ id: 'return', enabled: true }],
      llbCaps: [
        { id: 'exporter.multiple', enabled: true },
        { id: 'cache.s3', enabled: false },
      ],
      workers: [{ id: 'w' }],
    })
  }
  await withGateway({ Ping: answer }, async (gateway) => {
    const info = await gateway.ping()
    assert.equal([...info.frontendCaps], ['return'])
    assert.equal([...info.llbCaps], ['exporter.multiple'])
    assert.is(info.workers[0]?.id, 'w')
  })
  assert.equal(id, ['build-1'])
})

const definition = bytes(0x0a, 2, 1, 2)
const results = [
  {
    name: 'a single ref',
    wire: { case: 'ref', value: { id: 'r1', def: definition } },
    want: { kind: 'single', ref: { id: 'r1', definition } },
  },
  {
    name: 'refs by platform',
    wire: { case: 'refs', value: { refs: { 'linux/amd64': { id: 'a' }, 'linux/arm64': { id: '' } } } },
    want: {
      kind: 'map',
      refs: new Map([
        ['linux/amd64', { id: 'a' }],
        ['linux/arm64', { id: '' }],
      ]),
    },
  },
  {
    name: 'a ref of an old daemon',
    wire: { case: 'refDeprecated', value: 'r' },
    want: { kind: 'single', ref: { id: 'r' } },
  },
  { name: 'no ref', wire: { case: undefined }, want: { kind: 'none' } },
] as const
for (const row of results) {
  test(`${row.name} is read, and goes back with all that came with it`, async () => {
    let returned: ReturnRequest | undefined
    const attestations = { 'linux/amd64': bytes(0x0a, 0) }
    const metadata = { 'containerimage.config': bytes(0x7b, 0x7d) }
    await withGateway(
      {
        Solve: (_call, done) => done(null, { result: { result: row.wire, metadata, attestations } }),
        Return: (call, done) => {
          returned = call.request as ReturnRequest
          done(null, {})
        },
      },
      async (gateway) => {
        const result = await gateway.solve({ frontend: 'dockerfile.v0', frontendOpt: {} })
        assert.equal(plain(result.refs), plain(row.want as GatewayResult['refs']))
        assert.equal([...result.metadata.keys()], ['containerimage.config'])
        await gateway.return(result)
      },
    )
    const isOld = row.wire.case === 'refDeprecated'
    assert.is(returned?.result?.result.case, isOld ? 'ref' : row.wire.case)
    assert.equal(Object.values(returned?.result?.attestations ?? {}).map(hex), ['0a00'])
    assert.equal(Object.values(returned?.result?.metadata ?? {}).map(hex), ['7b7d'])
  })
}

test('inputs and attributes of a frontend are sent as they are', async () => {
  let seen: SolveRequest | undefined
  await withGateway(
    {
      Solve: (call, done) => {
        seen = call.request as SolveRequest
        done(null, {})
      },
    },
    async (gateway) => {
      await gateway.solve({
        frontend: 'dockerfile.v0',
        frontendOpt: { 'context:base': 'input:0-base' },
        frontendInputs: new Map([['0-base', definition as Definition]]),
        cacheImports: [{ type: 'registry', attrs: { ref: 'x' } }],
        evaluate: true,
      })
    },
  )
  assert.equal(seen?.frontendOpt, { 'context:base': 'input:0-base' })
  assert.equal(
    Object.entries(seen?.frontendInputs ?? {}).map(([key, value]) => [key, hex(value)]),
    [['0-base', '0a020102']],
  )
  assert.ok(seen?.allowResultReturn && seen.allowResultArrayRef && seen.evaluate)
  assert.is(seen?.cacheImports[0]?.attrs['ref'], 'x')
})

test('a failure goes back as a status', async () => {
  const seen: unknown[] = []
  await withGateway(
    {
      Return: (call, done) => {
        const { error } = call.request as ReturnRequest
        seen.push([error?.code, error?.message])
        done(null, {})
      },
    },
    async (gateway) => {
      await gateway.fail('broken', 'error')
      await gateway.fail('stop', 'canceled')
    },
  )
  assert.equal(seen, [
    [2, 'broken'],
    [1, 'stop'],
  ])
})

test('an empty ref is never evaluated', async () => {
  await withGateway({ Evaluate: (_call, done) => done(new Error('asked')) }, async (gateway) => {
    await gateway.evaluate({ id: '' })
  })
})

function hex(data: Uint8Array): string {
  return Buffer.from(data).toString('hex')
}

function plain(refs: GatewayResult['refs']): unknown {
  if (refs.kind === 'none') return refs
  if (refs.kind === 'map') return [...refs.refs]
  return [refs.ref.id, refs.ref.definition === undefined ? '' : hex(refs.ref.definition)]
}

test.run()
