import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Builder } from '../../src/builder/builder.ts'
import { neededNodes } from '../../src/builder/needed-nodes.ts'
import { remoteDriver } from '../../src/driver/remote/remote-driver.ts'
import { createMemoryHost } from '../../src/host/memory-host.ts'

const test = suite('builder/needed-nodes')

function builder(...platforms: readonly (readonly string[])[]): Builder {
  const driver = remoteDriver.create({ name: 'n', endpoint: 'tcp://a:1', options: {} }, createMemoryHost())
  const nodes = platforms.map((declared, i) => ({ name: `n${i}`, driver, platforms: declared }))
  return { name: 'b', driver: 'remote', nodes, async [Symbol.asyncDispose]() {} }
}

const rows: readonly [
  name: string,
  nodes: readonly (readonly string[])[],
  wanted: readonly (readonly string[])[],
  want: string,
][] = [
  ['the first one without platforms', [[], ['linux/arm64']], [[], []], 'n0'],
  ['the one that declares the platform', [['linux/amd64'], ['linux/arm64']], [['linux/arm64/v8']], 'n1'],
  ['this machine for local', [['linux/arm64'], ['linux/amd64']], [['local']], 'n1'],
  ['those of all targets', [[], ['linux/arm64'], ['linux/s390x']], [[], ['linux/s390x']], 'n0 n2'],
  ['all when nobody declares it', [[], ['linux/arm64']], [['linux/amd64']], 'n0 n1'],
  ['all when a variant is not declared', [['linux/arm64'], []], [['linux/arm/v7']], 'n0 n1'],
]
for (const [name, nodes, wanted, want] of rows) {
  test(`needs ${name}`, () => {
    const needed = neededNodes(builder(...nodes), wanted, 'linux/amd64').nodes
    assert.is(needed.map((node) => node.name).join(' '), want)
  })
}

test.run()
