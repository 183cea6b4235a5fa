import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { NO_UPDATE, type StatusUpdate, type Vertex } from '../../src/core/event/event.ts'
import { OwnExports } from '../../src/executor/own-exports.ts'

const test = suite('executor/own-exports')

const vertex = (digest: string, name: string): Vertex => ({ digest, name, inputs: [], cached: false })
const update: StatusUpdate = {
  ...NO_UPDATE,
  vertexes: [vertex('sha256:e', 'exporting to image'), vertex('sha256:s', '[1/2] RUN x')],
  statuses: [
    { id: 'exporting layers', vertex: 'sha256:e', name: '', current: 0, total: 0, timestampMs: 0 },
    { id: 'pulling', vertex: 'sha256:s', name: '', current: 0, total: 0, timestampMs: 0 },
  ],
}

test('two targets that export in one session show two steps', () => {
  const [a, b] = ['a', 'b'].map((target) => new OwnExports(target).apply(update))
  assert.is.not(a?.vertexes[0]?.digest, b?.vertexes[0]?.digest)
  assert.match(a?.vertexes[0]?.digest ?? '', /^sha256:[0-9a-f]{64}$/)
})

test('statuses follow their step, also in later updates', () => {
  const own = new OwnExports('a')
  const first = own.apply(update)
  assert.is(first.statuses[0]?.vertex, first.vertexes[0]?.digest)
  const later = own.apply({ ...update, vertexes: [] })
  assert.is(later.statuses[0]?.vertex, first.vertexes[0]?.digest)
})

test('steps that targets share stay one', () => {
  const [a, b] = ['a', 'b'].map((target) => new OwnExports(target).apply(update))
  assert.is(a?.vertexes[1]?.digest, b?.vertexes[1]?.digest)
})

test.run()
