import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { loadNodeId } from '../../src/builder/node-id.ts'
import { createMemoryHost } from '../../src/host/memory-host.ts'

const test = suite('builder/node-id')
const path = '/home/me/.docker/buildx/.buildNodeID'

test('the id is made once and kept', async () => {
  const host = createMemoryHost()
  assert.is(await loadNodeId(host), '0001020304050607')
  assert.is(await loadNodeId(host), '0001020304050607')
  assert.is(host.fileText(path), '0001020304050607')
  assert.is((await host.stat(path))?.mode, 0o600)
  assert.equal(await host.list('/home/me/.docker/buildx'), ['.buildNodeID'])
})

test('an id made by others is used, also where BUILDX_CONFIG puts it', async () => {
  const env = { BUILDX_CONFIG: '/cfg' }
  assert.is(
    await loadNodeId(createMemoryHost({ env, files: { '/cfg/.buildNodeID': 'feedfacefeedface\n' } })),
    'feedfacefeedface',
  )
})

test('where nothing can be written the id still exists', async () => {
  const host = createMemoryHost({ files: { '/home/me/.docker': 'a file in the way' } })
  const readOnly = { ...host, writeFile: () => Promise.reject(new Error('EROFS')) }
  assert.is((await loadNodeId(readOnly)).length, 16)
})

test.run()
