import { runCommandLine } from './cli/run.ts'
import type { Host } from './host/host.ts'
import { createNodeHost } from './host/node-host.ts'

/** Signals after which the process ends at once (spec cli 1.1: the third one). */
const PATIENCE = 3

/** The process edge: argv, environment, stdio, signals and the exit status. */
export function start(): void {
  const abort = new AbortController()
  let signals = 0
  const onSignal = (): void => {
    signals++
    if (signals >= PATIENCE) process.exit(1)
    abort.abort(new Error('context canceled'))
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  const host = createNodeHost(abort.signal)
  // A closed pipe behind us (`| head`) is no defect.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
  runCommandLine(process.argv.slice(2), host).then((status) => {
    process.exitCode = status
    if (abort.signal.aborted) process.exit(status)
  })
}

/**
 * Plans the definition of the current folder without showing anything, so that the functions a plan
 * needs are compiled when the build script takes the code cache.
 */
export async function warm(): Promise<void> {
  const silent = { write: () => true }
  const host = createNodeHost(new AbortController().signal)
  const quiet = Object.create(host, { stdout: { value: silent }, stderr: { value: silent } }) as Host
  await runCommandLine(['bake', '--print', '--progress', 'plain'], quiet)
}
