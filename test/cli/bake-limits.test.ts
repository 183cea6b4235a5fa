import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { BAKE_FLAGS } from '../../src/cli/commands/bake-flags.ts'
import { readLimits } from '../../src/cli/commands/bake-limits.ts'
import { parseFlags } from '../../src/cli/flags.ts'

const test = suite('cli/bake-limits')

function read(...args: readonly string[]): ReturnType<typeof readLimits> {
  const flags = parseFlags(args, BAKE_FLAGS)
  if (!flags.ok) throw new Error(flags.message)
  return readLimits(flags.value)
}

const good: readonly (readonly [readonly string[], object])[] = [
  [[], {}],
  [['--max-parallelism', '4', '--retry=2'], { maxParallelism: 4, retries: 2 }],
  [['--keep-going'], { execution: 'defer-error' }],
  [['--keep-going', '--execution=defer-error'], { execution: 'defer-error' }],
  [['--execution=defer-output'], { execution: 'defer-output' }],
  [['--timeout=1m30s', '--run-timeout', '1h'], { targetTimeoutMs: 90_000, runTimeoutMs: 3_600_000 }],
  [['--timeout=9000h'], { targetTimeoutMs: 0 }],
]
for (const [args, want] of good) {
  test(`${args.join(' ') || 'no flags'}`, () => assert.equal(read(...args), { value: want, diagnostics: [] }))
}

const bad: readonly (readonly [readonly string[], string, string])[] = [
  [['--max-parallelism=-1'], 'cli/count', 'invalid value "-1" for --max-parallelism'],
  [['--retry=x'], 'cli/count', 'invalid value "x" for --retry'],
  [['--timeout=10'], 'cli/duration', 'invalid value "10" for --timeout: time: missing unit in duration "10"'],
  [['--run-timeout=-1s'], 'cli/duration', 'invalid value "-1s" for --run-timeout: it is negative'],
  [['--execution=fast'], 'cli/execution', 'invalid execution mode "fast"'],
  [
    ['--keep-going', '--execution=fail-fast'],
    'cli/execution',
    '--keep-going and --execution=fail-fast are mutually exclusive',
  ],
]
for (const [args, code, summary] of bad) {
  test(`${args.join(' ')} is refused`, () => {
    const [only, ...more] = read(...args).diagnostics
    assert.equal([only?.code, only?.summary, more], [code, summary, []])
  })
}

test.run()
