import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type NodeChange, removeNode, setNode } from '../../src/builder/edit-instance.ts'
import type { InstanceRecord } from '../../src/builder/instance-record.ts'
import { nameFromBytes } from '../../src/builder/random-name.ts'
import { isInstanceName } from '../../src/builder/store.ts'

const test = suite('builder/edit-instance')
const amd64 = { os: 'linux', architecture: 'amd64' }
const arm64 = { os: 'linux', architecture: 'arm64' }
const EMPTY: InstanceRecord = { name: 'R', driver: 'remote', nodes: [], dynamic: false }
const ONE: InstanceRecord = {
  ...EMPTY,
  nodes: [{ name: 'r0', endpoint: 'tcp://a:1', platforms: [amd64, arm64], options: { key: '/k' } }],
}
const change = (more: Partial<NodeChange>): NodeChange => ({
  name: '',
  endpoint: 'tcp://b:1',
  platforms: [],
  ...more,
})

test('nodes are numbered from 0', () => {
  const first = setNode(EMPTY, change({}), false)
  assert.equal(first.record.nodes, [{ name: 'r0', endpoint: 'tcp://b:1' }])
  assert.is(first.changed, false)
  assert.is(setNode(ONE, change({}), true).record.nodes[1]?.name, 'r1')
})

test('a platform of a new node is taken away from the others', () => {
  const { record } = setNode(ONE, change({ name: 'arm', platforms: [arm64] }), true)
  assert.equal(
    record.nodes.map((node) => node.platforms),
    [[amd64], [arm64]],
  )
})

test('a changed node keeps what is not said again', () => {
  const { record, changed } = setNode(ONE, change({ name: 'r0' }), false)
  assert.ok(changed)
  assert.equal(record.nodes, [
    { name: 'r0', endpoint: 'tcp://b:1', platforms: [amd64, arm64], options: { key: '/k' } },
  ])
})

const refused: readonly [name: string, act: () => unknown, message: string][] = [
  [
    'an unknown node without append',
    () => setNode(ONE, change({ name: 'nope' }), false),
    'node nope not found, did you mean to append?',
  ],
  [
    'an endpoint twice',
    () => setNode(ONE, change({ endpoint: 'tcp://a:1' }), true),
    'invalid duplicate endpoint tcp://a:1',
  ],
  [
    'a bad node name',
    () => setNode(EMPTY, change({ name: 'A!b' }), false),
    'invalid name A!b, name needs to start with a letter and may not contain symbols, except ._-',
  ],
  ['taking away an unknown node', () => removeNode(ONE, 'nope'), 'node "nope" not found for R'],
  [
    'taking away the last node',
    () => removeNode(ONE, 'r0'),
    'can not leave last node, do you want to rm instance instead?',
  ],
]
for (const [name, act, message] of refused) {
  test(`refuses ${name}`, () => {
    assert.throws(act, (error: Error) => error.message === message)
  })
}

test('random names are names', () => {
  for (let byte = 0; byte < 256; byte++)
    assert.ok(isInstanceName(nameFromBytes(Uint8Array.of(byte, 255 - byte))))
  assert.match(nameFromBytes(Uint8Array.of(0, 0)), /^[a-z]+_[a-z]+$/)
})

test.run()
