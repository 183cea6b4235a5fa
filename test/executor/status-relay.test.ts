import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type BuildEvent, NO_UPDATE, type Vertex } from '../../src/core/event/event.ts'
import { ClockShift } from '../../src/executor/clock-shift.ts'
import { LogOwners, prefixName, relayUpdate } from '../../src/executor/status-relay.ts'

const test = suite('executor/status-relay')

for (const [name, want] of [
  ['[1/2] RUN x', '[app 1/2] RUN x'],
  ['[internal] load context', '[app internal] load context'],
  ['exporting to image', '[app] exporting to image'],
] as const) {
  test(`"${name}" becomes "${want}"`, () => assert.is(prefixName(name, 'app'), want))
}

const log = { vertex: 'v', stream: 1, data: Buffer.from('x'), timestampMs: 0 }

test('logs of a shared step come from one stream until that ends', () => {
  const owners = new LogOwners()
  const seen: string[] = []
  const relay = (target: string): void =>
    relayUpdate(
      { ...NO_UPDATE, logs: [log] },
      {
        target,
        stream: target,
        prefixed: true,
        clock: new ClockShift(),
        owners,
        report: (e: BuildEvent) => {
          if (e.kind === 'status' && e.update.logs.length > 0) seen.push(target)
        },
      },
    )
  relay('a')
  relay('b')
  owners.release('a')
  relay('b')
  assert.equal(seen, ['a', 'b'])
})

test('times move so that the first step began when we did', () => {
  const clock = new ClockShift()
  clock.begin(1000)
  clock.begin(9999)
  const vertex: Vertex = {
    digest: 'd',
    name: 'n',
    inputs: [],
    cached: false,
    startedMs: 5000,
    completedMs: 5500,
  }
  const moved = clock.apply({ ...NO_UPDATE, vertexes: [vertex], logs: [{ ...log, timestampMs: 5100 }] })
  assert.is(moved.vertexes[0]?.startedMs, 1000)
  assert.is(moved.vertexes[0]?.completedMs, 1500)
  assert.is(moved.logs[0]?.timestampMs, 1100)
})

test.run()
