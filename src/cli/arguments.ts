import type { Code } from '../core/diag/diagnostic.ts'
import { parseDuration } from '../core/go/duration.ts'
import { FileTable } from '../core/source/file-table.ts'
import type { CommandInput } from './command.ts'
import { EXIT } from './exit.ts'
import { reportDiagnostics } from './report.ts'

/** Refuses a wrong number of arguments in the reference's layout (spec cli 1.2); resolves to the exit status. */
export function refuseArguments(
  { host, invocation }: CommandInput,
  command: { readonly name: string; readonly usage: string },
  wanted: string,
): number {
  const line = `${invocation.program} ${command.name}`
  const who = invocation.plugin ? 'docker' : invocation.program
  host.stderr.write(
    `ERROR: ${who}: '${line}' ${wanted}\n\nUsage:  ${`${line} ${command.usage}`.trimEnd()}\n\nRun '${line} --help' for more information\n`,
  )
  return EXIT.failed
}

/** Tells a mistake in the flags; answers the exit status. */
export function refuseFlag(input: CommandInput, code: Code, summary: string, hint: string): number {
  reportDiagnostics(
    [{ severity: 'error', code, summary, hints: [hint] }],
    new FileTable(),
    input.host,
    'text',
  )
  return EXIT.failed
}

const DEFAULT_TIMEOUT_MS = 20_000

/** The `--timeout` of a command in milliseconds; 0 is no limit. Answers the reference's message when it cannot be read. */
export function readTimeout({ flags }: CommandInput): number | string {
  const text = flags.strings.get('timeout')
  if (text === undefined) return DEFAULT_TIMEOUT_MS
  const parsed = parseDuration(text)
  if (!parsed.ok) return `invalid argument ${JSON.stringify(text)} for "--timeout" flag: ${parsed.message}`
  return Math.max(0, Number(parsed.nanoseconds / 1_000_000n))
}
