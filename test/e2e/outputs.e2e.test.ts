import { existsSync } from 'node:fs'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { engineSuite } from '../harness/engine.ts'
import { runProgram } from '../harness/run.ts'
import { workspace } from './workspace.ts'

const dockerfile = 'FROM scratch\nCOPY run.sh /bin/run.sh\nCOPY a.txt /a.txt\n'
const files = { Dockerfile: dockerfile, 'run.sh': '#!/bin/sh\n', 'a.txt': 'TAG\n' }

engineSuite('e2e/outputs', (test, engine) => {
  test('a local output holds the files and only them', async () => {
    const w = workspace(engine, {
      ...files,
      'docker-bake.hcl': 'target "default" { output = ["deep/er/out"] }\n',
    })
    await w.baked()
    assert.equal((await readdir(join(w.dir, 'deep/er/out'))).sort(), ['a.txt', 'bin'])
    assert.is(await readFile(join(w.dir, 'deep/er/out/a.txt'), 'utf8'), `${w.tag}\n`)
  })

  test('a local output leaves other files alone and replaces its own', async () => {
    const w = workspace(engine, {
      ...files,
      'out/mine.txt': 'mine',
      'out/a.txt': 'old',
      'docker-bake.hcl': 'target "default" { output = ["out"] }\n',
    })
    await w.baked()
    assert.equal((await readdir(join(w.dir, 'out'))).sort(), ['a.txt', 'bin', 'mine.txt'])
    assert.is(await readFile(join(w.dir, 'out/a.txt'), 'utf8'), `${w.tag}\n`)
  })

  test('several platforms get a directory each', async () => {
    const w = workspace(engine, {
      ...files,
      'docker-bake.hcl':
        'target "default" {\n  platforms = ["linux/amd64", "linux/arm64"]\n  output = ["out"]\n}\n',
    })
    await w.baked()
    assert.equal(await readdir(join(w.dir, 'out')), ['linux_amd64', 'linux_arm64'])
  })

  test('tar, oci and docker archives are written whole', async () => {
    const w = workspace(engine, {
      ...files,
      'docker-bake.hcl':
        'target "default" {\n  tags = ["TAG"]\n  output = ["type=tar,dest=r.tar", "type=oci,dest=x/i.tar", "type=docker,dest=d.tar"]\n}\n',
    })
    await w.baked()
    const list = async (name: string): Promise<string> =>
      (await runProgram('tar', ['-tf', join(w.dir, name)])).stdout
    assert.match(await list('r.tar'), /^a\.txt$/m)
    assert.match(await list('x/i.tar'), /^oci-layout$/m)
    assert.match(await list('d.tar'), /^manifest\.json$/m)
    assert.equal(
      (await readdir(w.dir)).filter((n) => n.includes('partial')),
      [],
    )
  })

  test('a tar goes to standard output when it is no terminal', async () => {
    const w = workspace(engine, {
      ...files,
      'docker-bake.hcl': 'target "default" { output = ["type=tar"] }\n',
    })
    const { stdout } = await w.baked()
    assert.match(stdout, /a\.txt\0/)
  })

  test('an unpacked image is a layout with an index, and serves as a context', async () => {
    const w = workspace(engine, {
      ...files,
      'docker-bake.hcl': `
target "default" {
  tags = ["TAG"]
  output = ["type=oci,dest=lay,tar=false"]
}
target "again" {
  contexts = { base = "oci-layout://lay" }
  dockerfile-inline = "FROM base\\n"
  output = ["again"]
}
`,
    })
    await w.baked()
    const index = JSON.parse(await readFile(join(w.dir, 'lay/index.json'), 'utf8'))
    assert.is(index.manifests[0].annotations['org.opencontainers.image.ref.name'], w.tag.split(':')[1])
    assert.ok(existsSync(join(w.dir, 'lay/oci-layout')))
    await w.baked(['again', '--set', `again.contexts.base=oci-layout://lay:${w.tag.split(':')[1]}`])
    assert.is(await readFile(join(w.dir, 'again/a.txt'), 'utf8'), `${w.tag}\n`)
  })

  test('a local cache is written and read again', async () => {
    const w = workspace(engine, {
      ...files,
      'docker-bake.hcl':
        'target "default" {\n  output = ["type=cacheonly"]\n  cache-to = ["type=local,dest=cache,mode=max"]\n  cache-from = ["type=local,src=cache"]\n}\n',
    })
    const first = await w.baked()
    assert.match(first.stderr, /local cache import at cache not found/)
    assert.is((await stat(join(w.dir, 'cache/index.json'))).isFile(), true)
    const second = await w.baked()
    assert.match(second.stderr, /importing cache manifest from local/)
  })

  test('docker without dest loads into the engine', async () => {
    const w = workspace(engine, {
      ...files,
      'docker-bake.hcl': 'target "default" {\n  tags = ["TAG"]\n  output = ["type=docker"]\n}\n',
    })
    await w.baked()
    await w.docker('image', 'inspect', w.tag)
    await w.docker('rmi', w.tag)
  })

  test('a file that stands in the way of a directory is refused by name', async () => {
    const w = workspace(engine, { ...files, 'docker-bake.hcl': 'target "default" { output = ["out"] }\n' })
    await writeFile(join(w.dir, 'out'), '')
    const result = await w.bake()
    assert.is(result.code, 1)
    assert.match(result.stderr, /destination directory \S*out is a file/)
  })
}).run()
