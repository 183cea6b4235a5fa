import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { chooseMode } from '../../src/progress/create-progress.ts'
import { golden } from '../harness/golden.ts'
import { log, type Moment, type ReplayOptions, replay, status, vertex, warning } from './replay.ts'

/** Recorded runs; each has a golden per mode. */
const runs: Readonly<Record<string, readonly Moment[]>> = {
  simple: [
    { at: 0, update: { vertexes: [vertex('d', '[internal] load build definition from Dockerfile')] } },
    { at: 5, update: { vertexes: [vertex('d', '[internal] load build definition from Dockerfile', 1)] } },
    { at: 20, update: { statuses: [status('d', 'transferring dockerfile:', 2, 85, 0, 12)] } },
    {
      at: 30,
      update: { vertexes: [vertex('d', '[internal] load build definition from Dockerfile', 1, 25)] },
    },
    { at: 40, update: { vertexes: [vertex('f', '[1/2] FROM busybox', 31, 31, { cached: true })] } },
    { at: 50, update: { vertexes: [vertex('r', '[2/2] RUN make', 50)] } },
    { at: 120, update: { logs: [log('r', 119, 'one\ntwo\n')] } },
    { at: 700, update: { logs: [log('r', 699, 'three\n')] } },
    { at: 1300, update: { vertexes: [vertex('r', '[2/2] RUN make', 50, 1290)] } },
  ],
  transfer: [
    { at: 0, update: { vertexes: [vertex('c', '[internal] load build context', 0)] } },
    ...[0, 1, 2, 3, 4].map((n) => ({
      at: 200 + n * 200,
      update: {
        statuses: [
          {
            ...status('c', 'transferring context:', 10, n * 1_000_000, 0),
            timestampMs: 1_700_000_000_200 + n * 1400,
          },
        ],
      },
    })),
    { at: 1300, update: { statuses: [status('c', 'sha256:1234', 100, 300, 1000)] } },
    { at: 1500, update: { statuses: [status('c', 'sha256:1234', 100, 320, 1000)] } },
    { at: 1700, update: { statuses: [status('c', 'sha256:1234', 100, 1000, 1000, 1600)] } },
    {
      at: 1900,
      update: {
        statuses: [status('c', 'transferring context:', 10, 4_200_000, 0, 1800)],
        vertexes: [vertex('c', '[internal] load build context', 0, 1850)],
      },
    },
  ],
  failure: [
    {
      at: 0,
      update: { vertexes: [vertex('a', '[a 1/1] RUN sleep', 0), vertex('b', '[b 1/1] RUN false', 0)] },
    },
    {
      at: 200,
      update: { logs: [log('b', 150, Array.from({ length: 14 }, (_, i) => `line ${i}\n`).join(''))] },
    },
    { at: 400, update: { logs: [log('b', 350, 'no newline')] } },
    {
      at: 600,
      update: {
        vertexes: [
          vertex('b', '[b 1/1] RUN false', 0, 590, {
            error: 'process "/bin/sh -c false" did not complete successfully: exit code: 1',
          }),
        ],
      },
    },
    {
      at: 610,
      update: {
        vertexes: [
          vertex('a', '[a 1/1] RUN sleep', 0, 605, { error: 'process did not complete: context canceled' }),
        ],
      },
    },
  ],
  interleaved: [
    { at: 0, update: { vertexes: [vertex('a', '[a] RUN a', 0), vertex('b', '[b] RUN b', 0)] } },
    { at: 200, update: { logs: [log('a', 150, 'a1\npart')] } },
    { at: 400, update: { logs: [log('b', 390, 'b1\n')] } },
    { at: 800, update: { logs: [log('a', 790, 'ial\n')] } },
    { at: 1000, update: { vertexes: [vertex('b', '[b] RUN b', 0, 990)] } },
    { at: 13_000, update: { logs: [log('a', 12_900, 'late\n')] } },
    {
      at: 130_000,
      update: { logs: [log('a', 129_900, 'later\n')], vertexes: [vertex('a', '[a] RUN a', 0, 130_000)] },
    },
  ],
  reopened: [
    { at: 0, update: { vertexes: [vertex('a', '[1/1] RUN x', 0, 20)] } },
    { at: 500, update: { vertexes: [vertex('a', '[1/1] RUN x', 500)] } },
    { at: 1500, update: { vertexes: [vertex('a', '[1/1] RUN x', 500, 1480)] } },
  ],
  repeated: [
    {
      at: 0,
      update: {
        vertexes: [vertex('a', '[a 1/1] RUN x', 0, 20)],
        statuses: [status('a', 'writing', 1, 5, 5, 9)],
      },
    },
    {
      at: 500,
      update: {
        vertexes: [vertex('a', '[b 1/1] RUN x', 0, 20)],
        statuses: [status('a', 'writing', 1, 5, 5, 9)],
      },
    },
  ],
  group: [
    {
      at: 0,
      update: {
        vertexes: [
          vertex('a', 'step a', 0, undefined, { progressGroup: { id: 'g', name: 'the group', weak: false } }),
        ],
      },
    },
    {
      at: 300,
      update: {
        vertexes: [
          vertex('b', 'step b', 100, 200, { progressGroup: { id: 'g', name: 'the group', weak: false } }),
        ],
      },
    },
    {
      at: 700,
      update: {
        vertexes: [
          vertex('a', 'step a', 0, 650, { progressGroup: { id: 'g', name: 'the group', weak: false } }),
        ],
      },
    },
  ],
  warnings: [
    { at: 0, update: { vertexes: [vertex('d', '[internal] load build definition', 0)] } },
    { at: 5, update: { warnings: [warning('d', "FromAsCasing: 'as' and 'FROM' (line 1)", 1)] } },
    {
      at: 6,
      update: {
        warnings: [
          warning('d', "FromAsCasing: 'as' and 'FROM' (line 1)", 1),
          warning('d', 'Other: thing (line 2)', 2),
        ],
      },
    },
    { at: 10, update: { vertexes: [vertex('d', '[internal] load build definition', 0, 9)] } },
  ],
}

const test = suite('progress/modes')
for (const [name, moments] of Object.entries(runs)) {
  test(`plain shows ${name}`, () =>
    golden(`fixtures/progress/${name}/want.plain.txt`, replay('plain', moments)))
  test(`rawjson shows ${name}`, () =>
    golden(`fixtures/progress/${name}/want.rawjson.txt`, replay('rawjson', moments)))
  test(`tty shows ${name}`, () =>
    golden(`fixtures/progress/${name}/want.tty.txt`, visible(replay('tty', moments))))
  test(`quiet shows nothing of ${name}`, () => assert.is(replay('quiet', moments), ''))
}

const many: readonly Moment[] = [
  {
    at: 0,
    update: { vertexes: Array.from({ length: 9 }, (_, i) => vertex(`d${i}`, `done step ${i}`, i, i + 1)) },
  },
  {
    at: 100,
    update: {
      vertexes: [
        vertex('r1', 'a running step with a name that is far too long for the screen', 50),
        vertex('r2', 'second', 60),
      ],
    },
  },
  {
    at: 300,
    update: {
      logs: [log('r1', 290, 'compiling\rcompiled 1\n\u001b[31mred\u001b[0m line of text that wraps\n')],
    },
  },
]
const shapes: readonly (ReplayOptions & { readonly name: string })[] = [
  { name: 'small', columns: 60, rows: 8 },
  { name: 'narrow', columns: 44, rows: 30 },
  { name: 'tiny', columns: 18, rows: 30 },
  { name: 'no-color', columns: 80, rows: 30, env: { NO_COLOR: '1' } },
  { name: 'own-colors', columns: 80, rows: 30, env: { BUILDKIT_COLORS: 'run=green:foo=1:error=zz' } },
]
for (const { name, ...options } of shapes) {
  test(`the live list fits a ${name} terminal`, () =>
    golden(`fixtures/progress/terminals/${name}.txt`, visible(replay('tty', many, options))))
}

test('with --debug warnings come with their place', () =>
  golden(
    'fixtures/progress/warnings/want.debug.txt',
    replay('plain', runs['warnings'] ?? [], { debug: true }),
  ))

for (const [flag, env, terminal, want] of [
  ['', undefined, true, 'tty'],
  ['', undefined, false, 'plain'],
  ['auto', 'quiet', true, 'quiet'],
  ['plain', 'quiet', true, 'plain'],
  ['rawjson', undefined, true, 'rawjson'],
  ['tty', undefined, false, 'failed to get console: provided file is not a console'],
  ['foo', undefined, true, 'invalid progress mode foo'],
  ['', 'bar', true, 'invalid progress mode bar'],
] as const) {
  test(`--progress=${flag} with BUILDKIT_PROGRESS=${env} on ${terminal ? 'a terminal' : 'a pipe'}: ${want}`, () => {
    const chosen = chooseMode(flag, env === undefined ? {} : { BUILDKIT_PROGRESS: env }, terminal)
    assert.is(chosen.ok ? chosen.mode : chosen.message, want)
  })
}

/** Escape sequences made readable. */
function visible(text: string): string {
  return text.replaceAll('\u001b', '␛')
}

test.run()
