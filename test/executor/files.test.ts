import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { probeDirectory, probeFile } from '../../src/executor/destination.ts'
import { addToIndex, layoutDigest } from '../../src/executor/layout-index.ts'
import { metadataText } from '../../src/executor/metadata-file.ts'
import { echoedOutputFailure, outputFailure } from '../../src/executor/output-failure.ts'
import { StagedDir } from '../../src/executor/staged-dir.ts'
import { createMemoryHost } from '../../src/host/memory-host.ts'
import { tempDir, writeTree } from '../harness/temp.ts'

const test = suite('executor/files')

test('a staged directory appears only at the commit', async () => {
  const root = tempDir()
  const dest = join(root, 'a/out')
  const staged = new StagedDir(dest, 'copy', 'u1')
  await staged.check()
  assert.equal(readdirSync(root), [])
  writeTree(staged.path, { 'bin/x': 'new', top: 't' })
  await staged.commit()
  assert.equal(readdirSync(dest).sort(), ['bin', 'top'])
  assert.is(readFileSync(join(dest, 'bin/x'), 'utf8'), 'new')
})

test('a discarded directory leaves nothing, not even parents', async () => {
  const root = tempDir()
  const staged = new StagedDir(join(root, 'a/out'), 'copy', 'u1')
  await staged.check()
  writeTree(staged.path, { x: '1' })
  await staged.discard()
  assert.equal(readdirSync(root), [])
})

test('copy keeps other files and replaces those of the same name, whatever they were', async () => {
  const dest = tempDir({ 'keep.txt': 'k', 'dir/old': 'o', 'was-dir/x': 'x', 'was-file': 'f' })
  const staged = new StagedDir(dest, 'copy', 'u1')
  await staged.check()
  writeTree(staged.path, { 'dir/new': 'n', 'was-dir': 'file now', 'was-file/y': 'y' })
  await staged.commit()
  assert.equal(readdirSync(dest).sort(), ['dir', 'keep.txt', 'was-dir', 'was-file'])
  assert.equal(readdirSync(join(dest, 'dir')).sort(), ['new', 'old'])
  assert.is(readFileSync(join(dest, 'was-dir'), 'utf8'), 'file now')
})

test('delete removes what the result does not hold', async () => {
  const dest = tempDir({ 'stale.txt': 's', 'dir/old': 'o' })
  const staged = new StagedDir(dest, 'delete', 'u1')
  await staged.check()
  writeTree(staged.path, { 'dir/new': 'n' })
  await staged.commit()
  assert.equal(readdirSync(dest), ['dir'])
  assert.equal(readdirSync(join(dest, 'dir')), ['new'])
})

test('a destination below a file is refused', async () => {
  const root = tempDir({ file: '' })
  const error = await probeDirectory(join(root, 'file')).catch((e: unknown) => e)
  assert.match(String(error), /destination directory .*file is a file/)
  mkdirSync(join(root, 'd'))
  assert.match(
    String(await probeFile(join(root, 'd')).catch((e: unknown) => e)),
    /destination file .*d is a directory/,
  )
  await probeFile(join(root, 'new/dir/x.tar'))
  assert.not(existsSync(join(root, 'new')))
})

test('trouble with an output names the destination and helps', () => {
  const full = outputFailure('out', Object.assign(new Error('ENOSPC: write'), { code: 'ENOSPC' }))
  assert.is(full.message, 'cannot write output to out: no space left on device')
  assert.is(full.hints.length, 1)
  const echoed = echoedOutputFailure(
    'out',
    'error from receiver: write x: no space left on device',
    undefined,
  )
  assert.is(echoed?.code, 'ENOSPC')
  assert.is(echoedOutputFailure('out', 'process "x" did not complete', undefined), undefined)
})

test('an index lists an image under its names and keeps others', async () => {
  const host = createMemoryHost()
  await addToIndex(
    '/lay',
    { digest: 'sha256:1' },
    [{ image: 'docker.io/library/a:x', tag: 'x' }, { tag: 'y' }],
    host,
  )
  await addToIndex('/lay', { digest: 'sha256:2' }, [{ tag: 'y' }], host)
  assert.is(await layoutDigest('/lay', 'x', host), 'sha256:1')
  assert.is(await layoutDigest('/lay', 'y', host), 'sha256:2')
  assert.is(await layoutDigest('/lay', undefined, host), undefined)
  assert.is(await layoutDigest('/none', 'x', host), undefined)
  assert.is(host.fileText('/lay/oci-layout'), '{"imageLayoutVersion":"1.0.0"}')
})

test('the metadata file embeds JSON and sorts targets and keys', () => {
  const base64 = (text: string): string => Buffer.from(text).toString('base64')
  const text = metadataText(
    new Map([
      [
        'b',
        {
          'z.text': 'abcd',
          'containerimage.descriptor': base64('{"size":1}'),
          'a.list': base64('[{"x":1}]'),
        },
      ],
      [
        'a',
        {
          'result.json': '{"warnings":[]}',
          'empty.object': base64('{}'),
          'image.name': 'docker.io/library/x',
        },
      ],
    ]),
  )
  assert.is(
    text,
    JSON.stringify(
      {
        a: {
          'empty.object': base64('{}'),
          'image.name': 'docker.io/library/x',
          'result.json': { warnings: [] },
        },
        b: { 'a.list': [{ x: 1 }], 'containerimage.descriptor': { size: 1 }, 'z.text': 'abcd' },
      },
      null,
      2,
    ),
  )
})

test('staging survives a destination that is there already with read-only files', async () => {
  const dest = tempDir()
  writeFileSync(join(dest, 'x'), 'old', { mode: 0o444 })
  const staged = new StagedDir(dest, 'copy', 'u1')
  await staged.check()
  writeTree(staged.path, { x: 'new' })
  await staged.commit()
  assert.is(readFileSync(join(dest, 'x'), 'utf8'), 'new')
})

test.run()
