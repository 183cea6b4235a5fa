import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { forever, messages, run, tick } from './play.ts'

const test = suite('executor/modes')

const many = { a: undefined, b: undefined, c: undefined, d: undefined }

for (const max of [1, 2, 0]) {
  test(`with --max-parallelism ${max} no more targets work at a time`, async () => {
    const places = max === 0 ? 4 : max
    let now = 0
    let most = 0
    let full = (): void => {}
    const whenFull = new Promise<void>((resolve) => {
      full = resolve
    })
    // Everybody stays until all places have been taken once, however slow the machine is.
    const frontend = async (): Promise<undefined> => {
      now += 1
      most = Math.max(most, now)
      if (now === places) full()
      await whenFull
      await tick()
      now -= 1
      return undefined
    }
    const { outcome } = await run({
      targets: many,
      settings: { maxParallelism: max },
      script: { frontend },
    })
    assert.is(outcome.kind, 'succeeded')
    assert.is(most, places)
  })
}

for (const execution of ['fail-fast', 'defer-output', 'defer-error'] as const) {
  test(`linked targets end in one place with ${execution}`, async () => {
    const { outcome, log } = await run({
      targets: { c: 'b', b: 'a', a: undefined, d: 'a' },
      settings: { maxParallelism: 1, execution },
    })
    assert.equal(messages(outcome), ['succeeded'])
    assert.is(log.filter((line) => line.startsWith('return ')).length, 4)
  })
}

test('with defer-output nothing is exported before all targets are evaluated', async () => {
  const evaluate = async (name: string): Promise<undefined> => {
    if (name === 'c') await tick()
    return undefined
  }
  const { outcome, log } = await run({
    targets: { a: undefined, b: 'a', c: undefined },
    settings: { execution: 'defer-output' },
    script: { evaluate },
  })
  assert.is(outcome.kind, 'succeeded')
  assert.equal([...log.filter((l) => l.startsWith('evaluate'))].sort(), [
    'evaluate a',
    'evaluate b',
    'evaluate c',
  ])
  assert.ok(log.slice(-3).every((line) => line.startsWith('return ')))
})

test('with defer-output a target that fails to evaluate lets nobody export', async () => {
  const { outcome, log, ends, results } = await run({
    targets: { a: undefined, b: undefined },
    settings: { execution: 'defer-output' },
    script: { evaluate: async (name) => (name === 'b' ? 'exit code: 3' : undefined) },
  })
  assert.equal(messages(outcome), ['target b: failed to solve: exit code: 3'])
  assert.equal(ends, { a: 'canceled', b: 'failed' })
  assert.is(results, 'failed: b (SOLVE_FAILED)\naborted: a\n')
  assert.not.ok(log.some((line) => line.startsWith('return ')))
})

test('with defer-error everything that does not depend on a failure is built', async () => {
  const { outcome, ends, results, metadata } = await run({
    targets: { a: undefined, b: 'a', c: 'b', d: undefined, e: undefined },
    settings: { execution: 'defer-error' },
    script: {
      frontend: async (name) => (name === 'a' ? 'bad base' : undefined),
      failExport: (name) => (name === 'e' ? 'disk on fire' : undefined),
    },
  })
  assert.equal([...messages(outcome)].sort(), [
    'target a: failed to solve: bad base',
    'target e: failed to solve: disk on fire',
  ])
  assert.equal(ends, { a: 'failed', b: 'unstarted', c: 'unstarted', d: 'succeeded', e: 'failed' })
  assert.is(results, 'succeeded: d\nfailed: a (SOLVE_FAILED), e (SOLVE_FAILED)\nunstarted: b, c\n')
  assert.equal(Object.keys(metadata as object), ['d'])
  assert.equal(outcome.kind === 'failed' && [...outcome.responses.keys()], ['d'])
})

test('with defer-error a target that fails with its parent is aborted, not failed', async () => {
  const { outcome, results } = await run({
    targets: { a: undefined, b: 'a' },
    settings: { execution: 'defer-error' },
    script: {
      evaluate: async () => 'exit code: 3',
      failExport: (name) => (name === 'b' ? 'exit code: 3' : undefined),
    },
  })
  assert.equal(messages(outcome), ['target a: failed to solve: exit code: 3'])
  assert.is(results, 'failed: a (SOLVE_FAILED)\naborted: b\n')
})

test('a run that fails fast says nothing of results', async () => {
  const { results, metadata } = await run({
    targets: { a: undefined, b: undefined },
    settings: {},
    script: { frontend: (name) => (name === 'a' ? forever : Promise.resolve('bad')) },
  })
  assert.is(results, '')
  assert.is(metadata, undefined)
})

const stages = [
  { step: 'exporting cache to registry', error: 'failed to push x', code: 'CACHE_EXPORT_FAILED' },
  { step: 'exporting to image', error: 'failed to push x: denied', code: 'PUSH_FAILED' },
  { step: 'exporting to client directory', error: 'no space', code: 'EXPORT_FAILED' },
  { step: '[2/2] RUN false', error: 'exit code: 1', code: 'SOLVE_FAILED' },
]
for (const { step, error, code } of stages) {
  test(`a failure of the step "${step}" has the code ${code}`, async () => {
    const vertex = { digest: 'sha256:1', name: step, error }
    const { outcome } = await run({
      targets: { a: undefined },
      settings: {},
      script: {
        failExport: (name) => (name === 'a' ? error : undefined),
        status: () => [{ vertexes: [vertex] }],
      },
    })
    assert.is(outcome.kind === 'failed' && outcome.failure.code, code)
  })
}

test.run()
