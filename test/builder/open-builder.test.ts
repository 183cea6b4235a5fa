import { createHash } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openBuilder } from '../../src/builder/open-builder.ts'
import { createMemoryHost, type MemoryEntry } from '../../src/host/memory-host.ts'

const test = suite('builder/open-builder')
const docker = '/home/me/.docker'
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

function contextFile(name: string, address: string): Record<string, MemoryEntry> {
  const meta = JSON.stringify({ Name: name, Endpoints: { docker: { Host: address } } })
  return { [`${docker}/contexts/meta/${sha256(name)}/meta.json`]: meta }
}
const far = contextFile('far', 'tcp://far:2375')
const instance = (name: string, driver: string): Record<string, MemoryEntry> => ({
  [`${docker}/buildx/instances/${name}`]: JSON.stringify({ Name: name, Driver: driver, Nodes: [] }),
})

const chosen: readonly {
  name: string
  ask?: string
  env?: Record<string, string>
  files?: Record<string, MemoryEntry>
  want: { name: string; endpoint: string } | { error: string }
}[] = [
  {
    name: 'the default context by default',
    want: { name: 'default', endpoint: 'unix:///var/run/docker.sock' },
  },
  {
    name: 'the current context',
    env: { DOCKER_CONTEXT: 'far' },
    files: far,
    want: { name: 'far', endpoint: 'tcp://far:2375' },
  },
  {
    name: 'DOCKER_HOST as the default context',
    env: { DOCKER_HOST: 'unix:///x.sock' },
    want: { name: 'default', endpoint: 'unix:///x.sock' },
  },
  {
    name: 'the name asked for rather than BUILDX_BUILDER',
    ask: 'default',
    env: { BUILDX_BUILDER: 'other' },
    want: { name: 'default', endpoint: 'unix:///var/run/docker.sock' },
  },
  { name: 'BUILDX_BUILDER', env: { BUILDX_BUILDER: 'other' }, want: { error: 'no builder "other" found' } },
  { name: 'nothing that does not exist', ask: 'nope', want: { error: 'no builder "nope" found' } },
  {
    name: 'no context but the current one',
    ask: 'far',
    files: far,
    want: { error: 'use `docker --context=far buildx` to switch to context "far"' },
  },
  {
    name: 'a recorded builder only when its driver is supported',
    ask: 'Mine',
    files: instance('mine', 'docker-container'),
    want: { error: 'the docker-container driver is not supported yet' },
  },
  {
    name: 'the builder in use for this engine',
    files: {
      ...instance('mine', 'kubernetes'),
      [`${docker}/buildx/current`]: '{"Key":"unix:///var/run/docker.sock","Name":"mine","Global":false}',
    },
    want: { error: 'the kubernetes driver is not supported yet' },
  },
  {
    name: 'not the builder in use for another engine',
    files: {
      ...instance('mine', 'kubernetes'),
      [`${docker}/buildx/current`]: '{"Key":"tcp://elsewhere","Name":"mine","Global":false}',
    },
    want: { name: 'default', endpoint: 'unix:///var/run/docker.sock' },
  },
  {
    name: 'the default builder of this engine',
    files: {
      ...instance('mine', 'remote'),
      [`${docker}/buildx/defaults/${sha256('unix:///var/run/docker.sock').slice(0, 20)}`]: 'mine',
    },
    want: { error: 'builder "mine" has no nodes' },
  },
  {
    name: 'a recorded builder in any letter case',
    ask: 'FAR',
    files: {
      [`${docker}/buildx/instances/far`]: JSON.stringify({
        Name: 'Far',
        Driver: 'remote',
        Nodes: [{ Name: 'far0', Endpoint: 'tcp://far:1234', Platforms: null, DriverOpts: null, Files: null }],
      }),
    },
    want: { name: 'Far', endpoint: 'tcp://far:1234' },
  },
  {
    name: 'no builder whose record is damaged',
    ask: 'torn',
    files: { [`${docker}/buildx/instances/torn`]: '{' },
    want: {
      error:
        'the record of builder "torn" in /home/me/.docker/buildx/instances/torn is damaged: not valid JSON',
    },
  },
  {
    name: 'the context again when the builder in use has vanished',
    files: { [`${docker}/buildx/current`]: '{"Key":"","Name":"gone","Global":true}' },
    want: { name: 'default', endpoint: 'unix:///var/run/docker.sock' },
  },
  {
    name: 'a name that leads elsewhere is no builder',
    ask: '../x',
    want: { error: 'no builder "../x" found' },
  },
  {
    name: 'an address nobody understands is named',
    env: { DOCKER_HOST: 'foo://bar' },
    want: { error: 'unable to parse docker host "foo://bar": unknown scheme "foo"' },
  },
]
for (const c of chosen) {
  test(`opens ${c.name}`, async () => {
    const host = createMemoryHost({ env: c.env ?? {}, files: c.files ?? {} })
    const opened = await openBuilder(c.ask, host).then(
      (builder) => ({ name: builder.name, endpoint: builder.nodes[0]?.driver.endpoint }),
      (error) => ({ error: error.message }),
    )
    assert.equal(opened, c.want)
  })
}

test.run()
