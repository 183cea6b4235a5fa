import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { create, fromBinary, type MessageInitShape, toBinary } from '@bufbuild/protobuf'
import * as grpc from '@grpc/grpc-js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  Content,
  ReadContentRequestSchema,
  ReadContentResponseSchema,
  WriteAction,
  WriteContentRequestSchema,
  type WriteContentResponse,
  WriteContentResponseSchema,
} from '../../../../src/buildkit/gen/content_pb.ts'
import { content } from '../../../../src/buildkit/session/attachables/content.ts'
import { tempDir } from '../../../harness/temp.ts'
import { Daemon, finish } from '../daemon.ts'

const test = suite('buildkit/session/attachables/content')
const READ = '/containerd.services.content.v1.Content/Read'
const WRITE = '/containerd.services.content.v1.Content/Write'
const digestOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`
const blobPath = (digest: string): string => `blobs/${digest.replace(':', '/')}`

async function withStore<T>(
  dir: string,
  access: 'read' | 'read-write',
  use: (daemon: Daemon) => Promise<T>,
): Promise<T> {
  const daemon = await Daemon.open([content(new Map([['export', { dir, access }]]))])
  try {
    return await use(daemon)
  } finally {
    await daemon.close()
  }
}

type WriteStep = MessageInitShape<typeof WriteContentRequestSchema>

async function write(
  daemon: Daemon,
  steps: readonly WriteStep[],
): Promise<{ replies: WriteContentResponse[]; code: number; details: string }> {
  const call = daemon.stream(WRITE, { 'buildkit-attachable-store-id': ['export'] })
  for (const step of steps) {
    call.write(Buffer.from(toBinary(WriteContentRequestSchema, create(WriteContentRequestSchema, step))))
  }
  call.end()
  const { messages, code, details } = await finish(call)
  return {
    replies: messages.map((message) => fromBinary(WriteContentResponseSchema, message)),
    code,
    details,
  }
}

async function read(daemon: Daemon, digest: string, offset = 0, size = 0): Promise<string> {
  const call = daemon.stream(READ, { 'buildkit-attachable-store-id': ['export'] })
  const request = create(ReadContentRequestSchema, { digest, offset: BigInt(offset), size: BigInt(size) })
  call.write(Buffer.from(toBinary(ReadContentRequestSchema, request)))
  call.end()
  const { messages, code, details } = await finish(call)
  if (code !== 0) return `${code} ${details}`
  return messages
    .map((message) => Buffer.from(fromBinary(ReadContentResponseSchema, message).data).toString())
    .join('')
}

const text = 'hello blob'
const digest = digestOf(text)
const whole: readonly WriteStep[] = [
  { action: WriteAction.STAT, ref: 'layer-1', total: 10n, expected: digest },
  { action: WriteAction.WRITE, data: Buffer.from('hello ') },
  { action: WriteAction.WRITE, offset: 6n, data: Buffer.from('blob') },
  { action: WriteAction.COMMIT, offset: 10n, total: 10n, expected: digest },
]

test('a blob is written step by step, each answered with the offset', async () => {
  const dir = tempDir()
  await withStore(dir, 'read-write', async (daemon) => {
    const { replies, code } = await write(daemon, whole)
    assert.is(code, 0)
    assert.equal(
      replies.map((reply) => [reply.action, reply.offset, reply.digest]),
      [
        [0, 0n, ''],
        [1, 6n, ''],
        [1, 10n, ''],
        [2, 10n, digest],
      ],
    )
    assert.is(readFileSync(join(dir, blobPath(digest)), 'utf8'), text)
    assert.is(await read(daemon, digest), text)
    assert.is(await read(daemon, digest, 6, 2), 'bl')
    assert.equal((await write(daemon, whole)).code, 6)
  })
  assert.equal(readdirSync(dir), ['blobs'])
})

test('a blob that broke off goes on where it stopped', async () => {
  const dir = tempDir()
  await withStore(dir, 'read-write', async (daemon) => {
    await write(daemon, whole.slice(0, 2))
    const { replies } = await write(daemon, [whole[0] as WriteStep, ...whole.slice(2)])
    assert.equal(
      replies.map((reply) => reply.offset),
      [6n, 10n, 10n],
    )
    assert.is(await read(daemon, digest), text)
  })
})

const refused = [
  {
    name: 'a wrong digest',
    steps: [
      { action: WriteAction.WRITE, ref: 'r', data: Buffer.from('other') },
      { action: WriteAction.COMMIT, expected: digest },
    ],
    want: [9, /unexpected commit digest/],
  },
  {
    name: 'a wrong size',
    steps: [
      { action: WriteAction.WRITE, ref: 'r', data: Buffer.from('other') },
      { action: WriteAction.COMMIT, total: 9n },
    ],
    want: [9, /unexpected commit size 5, expected 9/],
  },
  {
    name: 'a gap',
    steps: [{ action: WriteAction.WRITE, ref: 'r', offset: 3n, data: Buffer.from('x') }],
    want: [11, /past the end/],
  },
  { name: 'no reference', steps: [{ action: WriteAction.STAT }], want: [3, /must have a reference/] },
  {
    name: 'a digest that is a path',
    steps: [{ action: WriteAction.STAT, ref: 'r', expected: 'sha256:../../x' }],
    want: [3, /invalid digest/],
  },
] as const
for (const row of refused) {
  test(`${row.name} is refused and leaves no blob`, async () => {
    const dir = tempDir()
    await withStore(dir, 'read-write', async (daemon) => {
      const { code, details } = await write(daemon, row.steps)
      assert.is(code, row.want[0])
      assert.match(details, row.want[1])
    })
    assert.not(existsSync(join(dir, 'blobs')))
  })
}

test('a layout is read, not written', async () => {
  const dir = tempDir({ [blobPath(digest)]: text })
  await withStore(dir, 'read', async (daemon) => {
    assert.is(await read(daemon, digest), text)
    assert.is(await read(daemon, digestOf('absent')), `5 content ${digestOf('absent')} not found`)
    const { code, details } = await write(daemon, [{ action: WriteAction.STAT, ref: 'r' }])
    assert.equal([code, details], [7, 'content store is read-only'])
  })
})

const stores = [
  { name: 'no store id', metadata: {}, want: [3, 'content store id is missing'] },
  {
    name: 'an unknown store',
    metadata: { 'buildkit-attachable-store-id': ['x'] },
    want: [5, 'unknown store x'],
  },
]
for (const row of stores) {
  test(`${row.name} is refused`, () =>
    withStore(tempDir(), 'read', async (daemon) => {
      const { code, details } = await finish(daemon.stream(READ, row.metadata))
      assert.equal([code, details], row.want)
    }))
}

test('info tells the size', () => {
  const dir = tempDir({ [blobPath(digest)]: text })
  return withStore(dir, 'read', async (daemon) => {
    const metadata = new grpc.Metadata()
    metadata.set('buildkit-attachable-store-id', 'export')
    const reply = await daemon.unary(Content.method.info, { digest }, metadata)
    assert.equal([reply.info?.digest, reply.info?.size], [digest, 10n])
  })
})

test.run()
