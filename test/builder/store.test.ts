import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parseInstance, renderInstance } from '../../src/builder/instance-record.ts'
import {
  lastActivity,
  listInstances,
  readChoice,
  readDefault,
  readInstance,
  recordActivity,
  removeInstance,
  saveChoice,
  saveInstance,
} from '../../src/builder/store.ts'
import { withStoreLock } from '../../src/builder/store-files.ts'
import { createMemoryHost } from '../../src/host/memory-host.ts'
import { createNodeHost } from '../../src/host/node-host.ts'
import { tempDir } from '../harness/temp.ts'

const test = suite('builder/store')
const dir = '/home/me/.docker/buildx'

/** As docker-buildx 0.29.1 wrote it. */
const WRITTEN_BY_REFERENCE =
  '{"Name":"R1","Driver":"remote","Nodes":[{"Name":"r10","Endpoint":"unix:///bk.sock","Platforms":[],"DriverOpts":null,"Flags":null,"Files":null},{"Name":"arm","Endpoint":"tcp://h:1","Platforms":[{"architecture":"arm64","os":"linux"},{"architecture":"arm","os":"linux","variant":"v7"}],"DriverOpts":{"default-load":"true"},"Flags":["--debug"],"Files":{"buildkitd.toml":"YQ=="}}],"Dynamic":false}'

test('a record of the reference is read and written without a change', () => {
  const record = parseInstance(WRITTEN_BY_REFERENCE, 'r1')
  assert.is(renderInstance(record), WRITTEN_BY_REFERENCE)
  assert.equal(record.nodes[1]?.platforms, [
    { os: 'linux', architecture: 'arm64' },
    { os: 'linux', architecture: 'arm', variant: 'v7' },
  ])
  assert.not.ok('platforms' in (parseInstance('{"Nodes":[{"Platforms":null}]}', 'x').nodes[0] ?? {}))
})

const damaged: readonly [text: string, problem: RegExp][] = [
  ['{', /is damaged: not valid JSON$/],
  ['[]', /is damaged: not a JSON object$/],
  ['{"Nodes":{}}', /"Nodes" is not a list/],
  ['{"Nodes":[1]}', /a node is not a JSON object/],
  ['{"Nodes":[{"Endpoint":1}]}', /"Endpoint" is not a string/],
]
for (const [text, problem] of damaged) {
  test(`a damaged record is told by name and left out: ${text}`, async () => {
    const files = { [`${dir}/instances/torn`]: text, [`${dir}/instances/good`]: WRITTEN_BY_REFERENCE }
    const host = createMemoryHost({ files })
    const listed = await listInstances(host)
    assert.equal(
      listed.instances.map((one) => one.name),
      ['R1'],
    )
    assert.match(listed.damaged[0]?.message ?? '', problem)
    assert.match(listed.damaged[0]?.message ?? '', /instances\/torn/)
  })
}

test('files that no builder can have made are passed over', async () => {
  const files = { [`${dir}/instances/.tmp-1`]: '{', [`${dir}/instances/1abc`]: '{' }
  assert.equal(await listInstances(createMemoryHost({ files })), { instances: [], damaged: [] })
})

test('a saved builder is found in any letter case, with the time of its last use', async () => {
  const host = createMemoryHost({ now: Date.UTC(2026, 10, 21, 5, 48, 31) })
  await saveInstance(parseInstance(WRITTEN_BY_REFERENCE, 'r1'), host)
  assert.is(host.fileText(`${dir}/instances/r1`), WRITTEN_BY_REFERENCE)
  assert.is((await readInstance('R1', host))?.name, 'R1')
  assert.is(await lastActivity('R1', host), '2026-11-21T05:48:31Z')
  await removeInstance('R1', host)
  assert.is(await readInstance('R1', host), undefined)
  assert.is(await lastActivity('R1', host), undefined)
})

test('a note of use that is no time is none', async () => {
  const host = createMemoryHost({ files: { [`${dir}/activity/x`]: 'soon' } })
  assert.is(await lastActivity('x', host), undefined)
  await recordActivity('x', host)
  assert.is(await lastActivity('x', host), '1970-01-01T00:00:00Z')
})

test('a choice holds for its engine, a global one for all', async () => {
  const host = createMemoryHost()
  await saveChoice({ key: 'unix:///a', name: 'b', global: false, isDefault: false }, host)
  assert.is(host.fileText(`${dir}/current`), '{"Key":"unix:///a","Name":"b","Global":false}')
  assert.is(await readChoice('unix:///a', host), 'b')
  assert.is(await readChoice('unix:///c', host), undefined)
  await saveChoice({ key: 'unix:///a', name: 'b', global: true, isDefault: true }, host)
  assert.is(await readChoice('unix:///c', host), 'b')
  assert.is(await readDefault('unix:///a', host), 'b')
  await saveChoice({ key: 'unix:///a', name: '', global: false, isDefault: false }, host)
  assert.is(await readChoice('unix:///a', host), undefined)
  assert.is(await readDefault('unix:///a', host), undefined)
})

test('only one at a time changes the records', async () => {
  const home = tempDir()
  const host = Object.create(createNodeHost(new AbortController().signal), {
    env: { value: { ...process.env, BUILDX_CONFIG: `${home}/store` } },
  })
  let inside = 0
  let most = 0
  const work = async (): Promise<void> => {
    most = Math.max(most, ++inside)
    await new Promise((resolve) => setImmediate(resolve))
    inside--
  }
  const hasLock =
    host.platform === 'linux' && (await host.spawn('flock', ['--version'], {}).catch(() => undefined))
  await Promise.all([withStoreLock(host, work), withStoreLock(host, work), withStoreLock(host, work)])
  if (hasLock) assert.is(most, 1)
  assert.is(inside, 0)
})

test.run()
