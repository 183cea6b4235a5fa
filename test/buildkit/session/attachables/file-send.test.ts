import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type FileSink, fileSend } from '../../../../src/buildkit/session/attachables/file-send.ts'
import { CallError, Code } from '../../../../src/buildkit/session/call-error.ts'
import { encodeBytesMessage } from '../../../../src/buildkit/wire/bytes-message.ts'
import { tempDir } from '../../../harness/temp.ts'
import { Daemon, finish, type StreamEnd } from '../daemon.ts'

const test = suite('buildkit/session/attachables/file-send')
const PATH = '/moby.filesync.v1.FileSend/DiffCopy'

interface Sending {
  readonly sink: FileSink
  readonly chunks: readonly string[]
  readonly metadata?: Readonly<Record<string, readonly string[]>>
}

async function send({ sink, chunks, metadata }: Sending): Promise<StreamEnd> {
  const daemon = await Daemon.open([fileSend(new Map([[1, sink]]))])
  try {
    const call = daemon.stream(PATH, { 'buildkit-attachable-exporter-id': ['1'], ...metadata })
    for (const chunk of chunks) call.write(encodeBytesMessage([Buffer.from(chunk)]))
    call.end()
    return await finish(call)
  } finally {
    await daemon.close()
  }
}

test('a file appears complete, with its parent directories', async () => {
  const dir = tempDir()
  const path = join(dir, 'a/b/out.tar')
  assert.is((await send({ sink: { kind: 'file', path }, chunks: ['one ', 'two'] })).code, 0)
  assert.is(readFileSync(path, 'utf8'), 'one two')
  assert.equal(readdirSync(join(dir, 'a/b')), ['out.tar'])
})

test('no bytes leave no file', async () => {
  const dir = tempDir()
  assert.is((await send({ sink: { kind: 'file', path: join(dir, 'out.tar') }, chunks: [] })).code, 0)
  assert.equal(readdirSync(dir), [])
})

test('a connection that breaks off leaves the older file and nothing beside it', async () => {
  const dir = tempDir()
  const path = join(dir, 'out.tar')
  writeFileSync(path, 'older')
  const daemon = await Daemon.open([fileSend(new Map([[0, { kind: 'file', path }]]))])
  const call = daemon.stream(PATH)
  const ended = finish(call)
  call.write(encodeBytesMessage([Buffer.from('newer')]))
  await until(() => readdirSync(dir).length === 2)
  daemon.connection.destroy()
  assert.is((await ended).code, 14)
  await until(() => readdirSync(dir).length === 1)
  assert.is(readFileSync(path, 'utf8'), 'older')
  await daemon.close()
})

test('a file that cannot be written fails the export and says why', async () => {
  const dir = tempDir({ file: '' })
  const { code, details } = await send({
    sink: { kind: 'file', path: join(dir, 'file/out.tar') },
    chunks: ['x'],
  })
  assert.is(code, Code.unknown)
  assert.match(details, /^cannot write .*file\/out\.tar: /)
})

test('standard output gets the bytes and stays open', async () => {
  const stream = new PassThrough({ highWaterMark: 4 })
  const text = collect(stream)
  assert.is((await send({ sink: { kind: 'stdout', stream }, chunks: ['abcdef', 'ghi'] })).code, 0)
  assert.not(stream.writableEnded)
  stream.end('!')
  assert.is(await text, 'abcdefghi!')
})

test('a consumer gets the bytes and what the exporter says about them', async () => {
  let seen: unknown
  const sink: FileSink = {
    kind: 'consume',
    consume: async (bytes, metadata) => {
      seen = [await collect(bytes), metadata]
    },
  }
  const metadata = { 'exporter-md-image.name': ['a', 'b'], 'exporter-md-containerimage.digest': ['sha256:1'] }
  assert.is((await send({ sink, chunks: ['x', 'y'], metadata })).code, 0)
  assert.equal(seen, ['xy', { 'image.name': 'a,b', 'containerimage.digest': 'sha256:1' }])
})

test("a consumer's status fails the export", async () => {
  const sink: FileSink = {
    kind: 'consume',
    consume: async () => {
      throw new CallError(Code.alreadyExists, 'there already')
    },
  }
  const { code, details } = await send({ sink, chunks: ['x'] })
  assert.equal([code, details], [6, 'there already'])
})

test('an exporter nobody receives is named', async () => {
  const metadata = { 'buildkit-attachable-exporter-id': ['7'] }
  const { details } = await send({ sink: { kind: 'file', path: 'x' }, chunks: [], metadata })
  assert.match(details, 'exporter 7 not found')
})

test('deleting needs a daemon that sends all platforms in one stream', async () => {
  const dir = tempDir({ keep: 'x' })
  const { details } = await send({ sink: { kind: 'dir', path: dir, mode: 'delete' }, chunks: [] })
  assert.match(details, 'mode=delete requires')
  assert.ok(existsSync(join(dir, 'keep')))
})

async function collect(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  let text = ''
  for await (const chunk of bytes) text += Buffer.from(chunk).toString()
  return text
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5))
}

test.run()
