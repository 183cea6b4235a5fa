import * as assert from 'uvu/assert'
import { engineSuite } from '../harness/engine.ts'
import { workspace } from './workspace.ts'

const ACCEPT = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ')

engineSuite('e2e/push', (test, engine) => {
  const manifest = async (
    name: string,
    tag: string,
  ): Promise<{ readonly digest: string; readonly body: string }> => {
    const response = await fetch(`http://${engine.registry}/v2/${name}/manifests/${tag}`, {
      headers: { accept: ACCEPT },
    })
    assert.is(response.status, 200, await response.clone().text())
    return { digest: response.headers.get('docker-content-digest') ?? '', body: await response.text() }
  }

  test('--push sends all tags to the registry', async () => {
    const w = workspace(engine, {
      Dockerfile: 'FROM busybox\nRUN echo TAG > /x\n',
      'docker-bake.hcl': `target "default" { tags = ["${engine.registry}/TAG", "${engine.registry}/TAG-b"] }\n`,
    })
    await w.baked(['--push', '--metadata-file', 'm.json'])
    const [name = '', tag = ''] = w.tag.split(':')
    const first = await manifest(name, tag)
    const second = await manifest(name, `${tag}-b`)
    assert.is(first.digest, second.digest)
    const { readFile } = await import('node:fs/promises')
    const metadata = JSON.parse(await readFile(`${w.dir}/m.json`, 'utf8'))
    assert.is(metadata.default['containerimage.digest'], first.digest)
  })

  test('several platforms are pushed as one index', async () => {
    const w = workspace(engine, {
      f: 'TAG',
      Dockerfile: 'FROM scratch\nCOPY f /\n',
      'docker-bake.hcl': `target "default" {\n  tags = ["${engine.registry}/TAG"]\n  platforms = ["linux/amd64", "linux/arm64"]\n  output = ["type=registry"]\n}\n`,
    })
    await w.baked()
    const [name = '', tag = ''] = w.tag.split(':')
    const index = JSON.parse((await manifest(name, tag)).body)
    const platforms = index.manifests.map(
      (m: { platform: { architecture: string } }) => m.platform.architecture,
    )
    assert.equal(platforms.filter((p: string) => p !== 'unknown').sort(), ['amd64', 'arm64'])
  })

  test('a cache in a registry is exported and imported', async () => {
    const w = workspace(engine, {
      Dockerfile: 'FROM busybox\nRUN echo TAG > /x\n',
      'docker-bake.hcl': `target "default" {\n  output = ["type=cacheonly"]\n  cache-to = ["type=registry,ref=${engine.registry}/TAG,mode=max"]\n  cache-from = ["type=registry,ref=${engine.registry}/TAG"]\n}\n`,
    })
    const first = await w.baked()
    assert.match(first.stderr, /exporting cache to registry/)
    const second = await w.baked()
    assert.match(second.stderr, /importing cache manifest from /)
  })
}).run()
