import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { BuildEvent } from '../../src/core/event/event.ts'
import { type RunOutcome, runBuild } from '../../src/executor/run-build.ts'
import { createMemoryHost } from '../../src/host/memory-host.ts'
import type { Plan } from '../../src/planner/plan.ts'
import { planOf } from '../request/sample.ts'
import { type DaemonScript, FakeDaemon } from './fake-daemon.ts'

const test = suite('executor/run-build')

interface Run {
  readonly outcome: RunOutcome
  readonly events: readonly BuildEvent[]
  readonly daemon: FakeDaemon
}

/** Runs targets by name; `links` says which target each one is based on. */
async function run(
  names: readonly string[],
  script: DaemonScript = {},
  more: {
    readonly links?: Readonly<Record<string, string>>
    readonly files?: Readonly<Record<string, string>>
    readonly signal?: AbortSignal
    readonly whileRunning?: (daemon: FakeDaemon) => void
  } = {},
): Promise<Run> {
  const daemon = new FakeDaemon(script)
  const host = createMemoryHost({
    files: more.files ?? { Dockerfile: 'FROM scratch\n' },
    ...(more.signal ? { signal: more.signal } : {}),
  })
  const events: BuildEvent[] = []
  more.whileRunning?.(daemon)
  const outcome = await runBuild({
    plan: plan(names, more.links ?? {}),
    builder: daemon.builder,
    host,
    settings: {},
    report: (event) => events.push(event),
  })
  daemon.die()
  return { outcome, events, daemon }
}

function plan(names: readonly string[], links: Readonly<Record<string, string>>): Plan {
  return planOf(
    Object.fromEntries(
      names.map((name) => {
        const parent = links[name]
        const contexts = parent === undefined ? {} : { contexts: new Map([['base', `target:${parent}`]]) }
        return [
          name,
          {
            fields: {
              args: new Map([['NAME', name]]),
              output: [{ type: 'cacheonly', attrs: {} }],
              ...contexts,
            },
          },
        ]
      }),
    ),
  )
}

function messageOf(outcome: RunOutcome): string {
  return outcome.kind === 'failed' || outcome.kind === 'canceled' ? outcome.failure.message : outcome.kind
}

const forever = new Promise<never>(() => {})

test('a target is planned by its frontend, returned and answered', async () => {
  const { outcome, events, daemon } = await run(['a'])
  assert.is(outcome.kind, 'succeeded')
  if (outcome.kind !== 'succeeded') return
  assert.equal(daemon.log, ['frontend a', 'return a'])
  assert.is(outcome.responses.get('a')?.['image.name'], 'a')
  assert.match(outcome.responses.get('a')?.['buildx.build.ref'] ?? '', /^fake\/fake0\/[0-9a-z]{25}$/)
  assert.equal(
    events.map((e) => e.kind),
    ['target-started', 'target-ended'],
  )
})

test('capabilities are asked once, by an internal build', async () => {
  const { daemon } = await run(['a', 'b', 'c'])
  assert.is(daemon.internalSolves, 1)
  assert.is(daemon.solves.length, 4)
})

test('the same attributes go to the daemon and to the frontend', async () => {
  const { daemon } = await run(['a'])
  const solve = daemon.solves.find((s) => !s.internal)
  const sent = { ...daemon.frontends.get('a')?.frontendOpt }
  assert.equal(sent, { ...solve?.frontendAttrs })
  assert.is(sent['attest:provenance'], 'mode=min,inline-only=true')
})

test('a refused build ends at once with the words of the refusal', async () => {
  const { outcome } = await run(['a'], {
    refuse: (t) => (t === 'a' ? 'exporter "foo" could not be found' : undefined),
  })
  assert.is(messageOf(outcome), 'failed to solve: exporter "foo" could not be found')
})

test('a frontend that fails is reported and the daemon is told', async () => {
  const { outcome, daemon } = await run(['a'], { frontend: async () => 'dockerfile parse error' })
  assert.is(messageOf(outcome), 'failed to solve: dockerfile parse error')
  assert.equal(daemon.log, ['frontend a', 'fail a'])
})

test('a result that cannot be handed over ends the build', async () => {
  const { outcome, daemon } = await run(['a'], { failReturn: true })
  assert.is(messageOf(outcome), 'failed to solve: no room for results')
  assert.ok(daemon.log.includes('fail a'))
})

test('a failing export is reported with the target when there are several', async () => {
  const { outcome } = await run(['a', 'b'], {
    frontend: (t) => (t === 'a' ? forever : Promise.resolve(undefined)),
    failExport: (t) => (t === 'b' ? 'disk on fire' : undefined),
  })
  assert.is(messageOf(outcome), 'target b: failed to solve: disk on fire')
})

test('the first failure stops the other targets', async () => {
  const { events } = await run(['a', 'b'], {
    frontend: (t) => (t === 'a' ? forever : Promise.resolve('bad')),
  })
  const ends = events.flatMap((e) => (e.kind === 'target-ended' ? [[e.target, e.outcome.kind]] : []))
  assert.equal(
    new Map(ends as [string, string][]),
    new Map([
      ['a', 'canceled'],
      ['b', 'failed'],
    ]),
  )
})

test('a daemon that dies ends the run', async () => {
  const { outcome } = await run(
    ['a'],
    { frontend: () => forever },
    {
      whileRunning: (daemon) => {
        const timer = setInterval(() => {
          if (daemon.log.length === 0) return
          clearInterval(timer)
          daemon.die()
        }, 5)
      },
    },
  )
  assert.is(outcome.kind, 'failed')
})

test('a cancelled run says so', async () => {
  const stop = new AbortController()
  const frontend = async (): Promise<never> => {
    stop.abort(new Error('SIGINT'))
    return await forever
  }
  const { outcome } = await run(['a', 'b'], { frontend }, { signal: stop.signal })
  assert.is(outcome.kind, 'canceled')
  assert.is(messageOf(outcome), 'failed to solve: Canceled: context canceled')
})

test('a run that is cancelled before it begins does nothing', async () => {
  const { outcome, daemon } = await run(['a'], {}, { signal: AbortSignal.abort(new Error('SIGINT')) })
  assert.is(outcome.kind, 'canceled')
  assert.equal(daemon.log, [])
})

test('a linked target gets the definition and the configuration of the other', async () => {
  const { outcome, daemon } = await run(['a', 'b'], {}, { links: { b: 'a' } })
  assert.is(outcome.kind, 'succeeded')
  const sent = daemon.frontends.get('b')
  assert.is(sent?.frontendOpt['context:base'], 'input:0-a')
  assert.equal(JSON.parse(sent?.frontendOpt['input-metadata:0-a'] ?? ''), {
    'containerimage.config': Buffer.from('{"of":"a"}').toString('base64'),
  })
  assert.is(Buffer.from(sent?.frontendInputs['0-a'] ?? []).toString(), 'a')
})

test('a linked target is built only when those that use it have planned', async () => {
  const { daemon } = await run(['a', 'b', 'c'], {}, { links: { b: 'a', c: 'b' } })
  const at = (what: string): number => daemon.log.indexOf(what)
  assert.ok(at('frontend a') < at('frontend b'))
  assert.ok(at('frontend b') < at('evaluate a'))
  assert.ok(at('frontend c') < at('evaluate b'))
  assert.not(daemon.log.includes('evaluate c'))
})

test('a failing parent is named, not the targets that wait for it', async () => {
  const { outcome } = await run(
    ['a', 'b', 'c'],
    { frontend: async (t) => (t === 'a' ? 'bad base' : undefined) },
    {
      links: { b: 'a', c: 'b' },
    },
  )
  assert.is(messageOf(outcome), 'target a: failed to solve: bad base')
})

test('targets that share a context read it through one session', async () => {
  const { daemon } = await run(['a', 'b'])
  const [a, b] = daemon.solves.filter((s) => !s.internal)
  assert.is(a?.session, b?.session)
})

const missing = [
  {
    name: 'a missing Dockerfile',
    files: { 'x.txt': '' },
    want: 'failed to solve: failed to read dockerfile: open Dockerfile: no such file or directory',
  },
] as const
for (const c of missing) {
  test(`${c.name} is told before anything starts`, async () => {
    const { outcome, daemon } = await run(['a'], {}, { files: c.files })
    assert.is(messageOf(outcome), c.want)
    assert.equal(daemon.log, [])
  })
}

test('a missing context is told before anything starts', async () => {
  const daemon = new FakeDaemon()
  const outcome = await runBuild({
    plan: planOf({ a: { fields: { context: 'nodir' } } }),
    builder: daemon.builder,
    host: createMemoryHost(),
    settings: {},
    report: () => {},
  })
  daemon.die()
  assert.is(messageOf(outcome), 'unable to prepare context: path "nodir" not found')
})

test.run()
