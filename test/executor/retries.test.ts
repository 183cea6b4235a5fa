import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Places } from '../../src/executor/places.ts'
import { Turn } from '../../src/executor/turn.ts'
import type { DaemonScript, FakeDaemon } from './fake-daemon.ts'
import { forever, messages, run, stepLog, tick } from './play.ts'

const test = suite('executor/retries')

/** Fails the first `times` runs of the frontend with those words. */
function failing(times: number, words: string): NonNullable<DaemonScript['frontend']> {
  let left = times
  return async () => {
    left -= 1
    return left >= 0 ? words : undefined
  }
}

const RESET = 'failed to do request: read tcp: connection reset by peer'

test('a transient failure is repeated and recorded', async () => {
  const { outcome, events, metadata } = await run({
    targets: { a: undefined },
    settings: { retries: 2 },
    script: { frontend: failing(2, RESET) },
  })
  assert.is(outcome.kind, 'succeeded')
  assert.equal(
    events.map((e) => e.kind).filter((kind) => kind !== 'status'),
    ['target-started', 'notice', 'target-started', 'notice', 'target-started', 'target-ended'],
  )
  assert.is(stepLog(events, '[internal] retry 1 of 2 in 1ms: connection lost'), `${RESET}\n`)
  const { a } = metadata as Record<string, Record<string, unknown>>
  assert.equal(a?.['bakekit.retries'], [
    { reason: 'connection lost', error: RESET, pauseMs: 1 },
    { reason: 'connection lost', error: RESET, pauseMs: 2 },
  ])
})

test('retries come to an end', async () => {
  const { outcome, log } = await run({
    targets: { a: undefined },
    settings: { retries: 1 },
    script: { frontend: failing(9, RESET) },
  })
  assert.equal(messages(outcome), [`failed to solve: ${RESET}`])
  assert.is(log.filter((line) => line === 'frontend a').length, 2)
})

test('a failure of the build itself is not repeated', async () => {
  const { log } = await run({
    targets: { a: undefined },
    settings: { retries: 5 },
    script: { frontend: failing(9, 'dockerfile parse error') },
  })
  assert.is(log.filter((line) => line === 'frontend a').length, 1)
})

test('targets that link to one that is repeated wait for it', async () => {
  const { outcome } = await run({
    targets: { a: undefined, b: 'a' },
    settings: { retries: 1, maxParallelism: 1 },
    script: { frontend: failing(1, RESET) },
  })
  assert.is(outcome.kind, 'succeeded')
})

test('a lost connection is made again', async () => {
  const held: { daemon?: FakeDaemon } = {}
  let first = true
  const { outcome, log } = await run({
    targets: { a: undefined },
    settings: { retries: 1 },
    script: {
      frontend: async () => {
        if (!first) return undefined
        first = false
        held.daemon?.hangUp()
        return await forever
      },
    },
    use: (daemon) => {
      held.daemon = daemon
    },
  })
  assert.equal(messages(outcome), ['succeeded'])
  assert.equal(
    log.filter((line) => line !== 'fail a'),
    ['frontend a', 'frontend a', 'return a'],
  )
})

test('a target that takes too long fails and the others go on', async () => {
  const { outcome, ends } = await run({
    targets: { a: undefined, b: undefined },
    settings: { targetTimeoutMs: 1500, execution: 'defer-error', retries: 3 },
    script: { frontend: (name) => (name === 'a' ? forever : Promise.resolve(undefined)) },
  })
  assert.equal(messages(outcome), ['target a: timed out after 1.5s'])
  assert.is(outcome.kind === 'failed' && outcome.failure.code, 'TIMEOUT')
  assert.equal(ends, { a: 'failed', b: 'succeeded' })
})

test('only time with a place counts', async () => {
  const turn = new Turn(new Places(1), 20)
  const run = new AbortController().signal
  await turn.enter(run)
  turn.leave()
  for (let i = 0; i < 8; i++) await tick()
  assert.is(turn.signal.aborted, false)
  await turn.enter(run)
  for (let i = 0; i < 8; i++) await tick()
  assert.is(turn.signal.aborted, true)
  turn.leave()
})

test('a target that is stopped while it waits for a place leaves it to others', async () => {
  const places = new Places(1)
  const stop = new AbortController()
  const giveBack = await places.take(new AbortController().signal)
  const waiting = places.take(stop.signal).catch((error: unknown) => error)
  const next = places.take(new AbortController().signal)
  stop.abort('enough')
  assert.is(await waiting, 'enough')
  giveBack()
  ;(await next)()
})

test('a run that takes too long fails and keeps what was built', async () => {
  const { outcome, results, metadata } = await run({
    targets: { a: undefined, b: undefined, c: 'a' },
    settings: { runTimeoutMs: 700, execution: 'defer-error' },
    script: { frontend: (name) => (name === 'a' ? forever : Promise.resolve(undefined)) },
  })
  assert.equal(messages(outcome), ['the run was not done after 700ms'])
  assert.is(results, 'succeeded: b\naborted: a\nunstarted: c\n')
  assert.equal(Object.keys(metadata as object), ['b'])
})

test.run()
