import type { Checked, Diagnostic } from '../../core/diag/diagnostic.ts'
import { parseDuration } from '../../core/go/duration.ts'
import { quote } from '../../core/go/quote.ts'
import type { Execution, RunLimits } from '../../executor/run-types.ts'
import type { ParsedFlags } from '../flags.ts'

/** Values of `--execution`. */
export const EXECUTIONS: readonly Execution[] = ['fail-fast', 'defer-output', 'defer-error']

const MOST = 2 ** 31 - 1

/** Reads `--max-parallelism`, `--execution`, `--keep-going`, `--retry`, `--timeout` and `--run-timeout`. */
export function readLimits(flags: ParsedFlags): Checked<RunLimits> {
  const diagnostics: Diagnostic[] = []
  const read = <T>(flag: string, reader: (flag: string, text: string) => T | Diagnostic): T | undefined => {
    const text = flags.strings.get(flag)
    if (text === undefined) return undefined
    const value = reader(flag, text)
    if (!isDiagnostic(value)) return value
    diagnostics.push(value)
    return undefined
  }
  const maxParallelism = read('max-parallelism', readCount)
  const retries = read('retry', readCount)
  const targetTimeoutMs = read('timeout', readTime)
  const runTimeoutMs = read('run-timeout', readTime)
  const asked = read('execution', readExecution)
  const keepGoing = flags.bools.get('keep-going') === true
  if (keepGoing && asked !== undefined && asked !== 'defer-error') {
    diagnostics.push(
      wrong(
        'cli/execution',
        `--keep-going and --execution=${asked} are mutually exclusive`,
        'give one of them; --keep-going is short for --execution=defer-error',
      ),
    )
  }
  const execution = keepGoing ? 'defer-error' : asked
  const value: RunLimits = {
    ...(maxParallelism === undefined ? {} : { maxParallelism }),
    ...(execution === undefined ? {} : { execution }),
    ...(retries === undefined ? {} : { retries }),
    ...(targetTimeoutMs === undefined ? {} : { targetTimeoutMs }),
    ...(runTimeoutMs === undefined ? {} : { runTimeoutMs }),
  }
  return { value, diagnostics }
}

function readCount(flag: string, text: string): number | Diagnostic {
  const count = /^\+?\d+$/.test(text) ? Number(text) : Number.NaN
  if (count <= MOST) return count
  return wrong(
    'cli/count',
    `invalid value ${quote(text)} for --${flag}`,
    `write --${flag} with a number from 0`,
  )
}

/** Milliseconds; times beyond 24 days are as good as none, which no timer can hold. */
function readTime(flag: string, text: string): number | Diagnostic {
  const duration = parseDuration(text)
  const hint = `write --${flag} with a duration such as 90s, 10m or 1h30m`
  if (!duration.ok) {
    return wrong('cli/duration', `invalid value ${quote(text)} for --${flag}: ${duration.message}`, hint)
  }
  const ms = Number(duration.nanoseconds) / 1e6
  if (ms < 0) {
    return wrong('cli/duration', `invalid value ${quote(text)} for --${flag}: it is negative`, hint)
  }
  return ms > MOST ? 0 : ms
}

function readExecution(_flag: string, text: string): Execution | Diagnostic {
  const known = EXECUTIONS.find((one) => one === text)
  return (
    known ??
    wrong(
      'cli/execution',
      `invalid execution mode ${quote(text)}`,
      'use --execution fail-fast, defer-output or defer-error',
    )
  )
}

function isDiagnostic(value: unknown): value is Diagnostic {
  return typeof value === 'object' && value !== null && 'summary' in value
}

function wrong(code: `cli/${string}`, summary: string, hint: string): Diagnostic {
  return { severity: 'error', code, summary, hints: [hint] }
}
