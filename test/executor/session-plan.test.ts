import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { planSessions } from '../../src/executor/session-plan.ts'
import type { TargetFields } from '../../src/planner/plan.ts'
import { toRequests } from '../../src/request/to-requests.ts'
import { CONTAINERD, planOf, SETTINGS } from '../request/sample.ts'

const test = suite('executor/session-plan')

const rows: readonly {
  readonly name: string
  readonly targets: Readonly<Record<string, TargetFields>>
  /** Mounts of each session, `name=dir`. */
  readonly want: readonly (readonly string[])[]
  /** Mounts each target reads from another session. */
  readonly elsewhere: Readonly<Record<string, readonly string[]>>
}[] = [
  {
    name: 'one target has one session',
    targets: { a: {} },
    want: [['context=/src', 'dockerfile=/src']],
    elsewhere: { a: [] },
  },
  {
    name: 'targets with the same directories share one session',
    targets: { a: {}, b: {}, c: {} },
    want: [['context=/src', 'dockerfile=/src']],
    elsewhere: { a: [], b: [], c: [] },
  },
  {
    name: 'different directories under one name need sessions of their own',
    targets: { a: { context: 'a' }, b: { context: 'b' } },
    want: [
      ['context=/src/a', 'dockerfile=/src/a'],
      ['context=/src/b', 'dockerfile=/src/b'],
    ],
    elsewhere: { a: [], b: [] },
  },
  {
    name: 'inline Dockerfiles keep their sessions and share the context',
    targets: { a: { dockerfileInline: 'A' }, b: { dockerfileInline: 'B' } },
    want: [['context=/src'], [], []],
    elsewhere: { a: ['context'], b: ['context'] },
  },
  {
    name: 'outputs to the client keep their sessions and share all directories',
    targets: { a: { output: [{ type: 'local', attrs: { dest: 'o' } }] }, b: {} },
    want: [['context=/src', 'dockerfile=/src'], []],
    elsewhere: { a: ['context', 'dockerfile'], b: [] },
  },
  {
    name: 'secrets are not shown to other targets',
    targets: { a: { secret: [{ id: 's', src: 's' }] }, b: {} },
    want: [['context=/src', 'dockerfile=/src'], []],
    elsewhere: { a: [], b: ['context', 'dockerfile'] },
  },
  {
    name: 'two shared contexts use two sessions',
    targets: { a: { context: 'x' }, b: { context: 'x' }, c: { context: 'y' }, d: { context: 'y' } },
    want: [
      ['context=/src/x', 'dockerfile=/src/x'],
      ['context=/src/y', 'dockerfile=/src/y'],
    ],
    elsewhere: { a: [], b: [], c: [], d: [] },
  },
]
for (const row of rows) {
  test(row.name, () => {
    const plan = planOf(Object.fromEntries(Object.entries(row.targets).map(([k, fields]) => [k, { fields }])))
    const requests = toRequests(plan, [CONTAINERD], SETTINGS).value
    const planned = planSessions(requests)
    assert.equal(
      planned.sessions.map((s) => [...s.mounts].map(([name, dir]) => `${name}=${dir}`)),
      row.want,
    )
    const elsewhere = requests.map((r) => [r.target, [...(planned.uses.get(r)?.elsewhere.keys() ?? [])]])
    assert.equal(Object.fromEntries(elsewhere), row.elsewhere)
  })
}

test.run()
