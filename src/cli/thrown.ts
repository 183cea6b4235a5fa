import { isBuildFailure } from '../core/failure.ts'
import type { Host } from '../host/host.ts'
import { EXIT, exitOf } from './exit.ts'

/** Shows whatever reached the top: a failure of the world in one line with hints, or a defect of ours. */
export function reportThrown(error: unknown, host: Host): number {
  if (isBuildFailure(error)) {
    for (const hint of error.hints) host.stderr.write(`hint: ${hint}\n`)
    host.stderr.write(`ERROR: ${error.message}\n`)
    return exitOf(error)
  }
  if (isSystemError(error)) {
    host.stderr.write(`ERROR: ${systemText(error)}\n`)
    return error.code === 'ENOSPC' ? EXIT.exhausted : EXIT.failed
  }
  if (host.signal.aborted) {
    host.stderr.write('ERROR: context canceled\n')
    return EXIT.interrupted
  }
  const text = error instanceof Error ? (host.env['DEBUG'] ? error.stack : error.message) : String(error)
  host.stderr.write(
    `ERROR: internal error: ${text}\nThis is a defect in bakekit. Please report it with the command line and the definition; DEBUG=1 shows where it happened.\n`,
  )
  return EXIT.bug
}

/** What Node throws when the operating system refuses. */
interface SystemError extends Error {
  readonly code: string
  readonly syscall: string
  readonly path?: string
}

function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string'
}

/** `ENOSPC: no space left on device, write` as the reference words it; without a path it is about standard output. */
function systemText(error: SystemError): string {
  const reason = error.message.replace(/^E[A-Z0-9]+: /, '').replace(/, [a-z]+( '.*')?$/, '')
  return `${error.syscall} ${error.path ?? '/dev/stdout'}: ${reason}`
}
