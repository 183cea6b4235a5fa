import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { engineOrSkip } from '../harness/engine.ts'
import { startClassicEngine } from './classic-engine.ts'
import { assertFailure, workspace } from './workspace.ts'

const test = suite('e2e/classic')
const engine = engineOrSkip()
const classic = engine === undefined ? 'no Engine' : await startClassicEngine(engine)

if (engine === undefined || typeof classic === 'string') {
  console.log(`no Engine with the classic image store: ${String(classic)}`)
  test.skip('needs an Engine with the classic image store', () => {})
} else {
  const old = { ...engine, host: classic.host, env: { DOCKER_HOST: classic.host } }
  test.after(() => classic.stop())

  test('an image lands in the classic store, without attestations', async () => {
    const w = workspace(old, {
      f: 'TAG',
      Dockerfile: 'FROM busybox\nCOPY f /\n',
      'docker-bake.hcl': 'target "default" { tags = ["TAG"] }\n',
    })
    const { stderr } = await w.baked()
    assert.match(stderr, /writing image sha256:/)
    assert.not.match(stderr, /attestation/)
    await w.docker('image', 'inspect', w.tag)
  })

  test('the Engine itself pushes, with its steps shown', async () => {
    const w = workspace(old, {
      f: 'TAG',
      Dockerfile: 'FROM busybox\nCOPY f /\n',
      'docker-bake.hcl': `target "default" { tags = ["${engine.registry}/TAG"] }\n`,
    })
    const { stderr } = await w.baked(['--push', '--metadata-file', 'm.json'])
    assert.ok(stderr.includes(`pushing ${engine.registry}/${w.tag} with docker`), stderr)
    const [name = '', tag = ''] = w.tag.split(':')
    const response = await fetch(`http://${engine.registry}/v2/${name}/manifests/${tag}`, {
      headers: { accept: 'application/vnd.docker.distribution.manifest.v2+json' },
    })
    assert.is(response.status, 200)
    const { readFile } = await import('node:fs/promises')
    const metadata = JSON.parse(await readFile(`${w.dir}/m.json`, 'utf8'))
    assert.is(metadata.default['containerimage.digest'], response.headers.get('docker-content-digest'))
  })

  test('a refused push is told with the name', async () => {
    const w = workspace(old, {
      f: 'TAG',
      Dockerfile: 'FROM busybox\nCOPY f /\n',
      'docker-bake.hcl': 'target "default" { tags = ["127.0.0.1:1/TAG"] }\n',
    })
    const result = await w.bake(['--push'])
    assertFailure(result, 1, /connection refused/)
    assert.ok(result.stderr.includes(`pushing 127.0.0.1:1/${w.tag} with docker`))
  })

  for (const [what, fields, message] of [
    [
      'several platforms',
      'platforms = ["linux/amd64", "linux/arm64"]',
      'Multi-platform build is not supported for the docker driver.',
    ],
    [
      'an OCI archive',
      'output = ["type=oci,dest=x.tar"]',
      'OCI exporter is not supported for the docker driver.',
    ],
    [
      'a docker archive',
      'output = ["type=docker,dest=x.tar"]',
      'Docker exporter is not supported for the docker driver.',
    ],
    [
      'a cache export',
      'cache-to = ["type=local,dest=c"]',
      'Cache export is not supported for the docker driver.',
    ],
    ['an attestation', 'attest = ["type=sbom"]', 'Attestation is not supported for the docker driver.'],
  ] as const) {
    test(`${what} is refused with advice`, async () => {
      const w = workspace(old, {
        Dockerfile: 'FROM busybox\n',
        'docker-bake.hcl': `target "default" {\n  ${fields}\n}\n`,
      })
      const result = await w.bake()
      assertFailure(result, 1, message)
      assert.match(
        result.stderr,
        /Switch to a different driver, or turn on the containerd image store, and try again\./,
      )
    })
  }

  test('local and tar outputs work', async () => {
    const w = workspace(old, {
      f: 'TAG',
      Dockerfile: 'FROM scratch\nCOPY f /\n',
      'docker-bake.hcl': 'target "default" { output = ["out", "type=tar,dest=r.tar"] }\n',
    })
    await w.baked()
    const { readdir } = await import('node:fs/promises')
    assert.equal(await readdir(`${w.dir}/out`), ['f'])
    assert.ok((await readdir(w.dir)).includes('r.tar'))
  })
}

test.run()
