import { runCommandLine } from './cli/run.ts'
import type { Host } from './host/host.ts'
import { createNodeHost } from './host/node-host.ts'
import { standardOutput } from './host/node-output.ts'

/** Signals after which the process ends at once (spec cli 1.1: the third one). */
const PATIENCE = 3

/** The process edge: argv, environment, stdio, signals and the exit status. */
export function start(): void {
  let abort: AbortController | undefined
  const signal = (): AbortSignal => {
    abort ??= abortedBySignals()
    return abort.signal
  }
  const host = createNodeHost(signal, {
    // A closed pipe behind us (`| head`) is no defect.
    stdout: standardOutput(1, () => process.exit(0)),
    stderr: standardOutput(2, () => {}),
    expectMuchWork: tuneForBigDefinition,
  })
  runCommandLine(process.argv.slice(2), host).then((status) => {
    process.exitCode = status
    if (abort?.signal.aborted === true) process.exit(status)
  })
}

/** Until someone asks for the signal there is nothing to end in order, and the process may just be killed. */
function abortedBySignals(): AbortController {
  const abort = new AbortController()
  let signals = 0
  const onSignal = (): void => {
    signals++
    if (signals >= PATIENCE) process.exit(1)
    abort.abort(new Error('context canceled'))
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  return abort
}

/** Bytecode a function runs before V8 thinks about optimising it; V8's own number is about an eighth. */
const PATIENT_BUDGET = 1_000_000

/**
 * A run that plans thousands of targets takes less than a second. V8 would spend a third of it on optimising
 * code that is about to be done, and on a young generation that outgrows the processor's cache. Only flags
 * that are known to the V8 at hand: it complains about others, and later ones want the growth to be 2.
 */
function tuneForBigDefinition(): void {
  const major = Number.parseInt(process.versions.v8, 10)
  if (major < 11 || major > 13) return
  const v8 = process.getBuiltinModule('node:v8')
  v8.setFlagsFromString(`--interrupt-budget=${PATIENT_BUDGET}`)
  if (major === 11) v8.setFlagsFromString('--semi-space-growth-factor=1')
}

/**
 * Plans a definition of the current folder without showing anything, so that the functions a plan needs
 * are compiled when the build script takes the code cache.
 */
export async function warm(file: string): Promise<void> {
  const silent = { write: () => true }
  const host = createNodeHost(() => new AbortController().signal)
  const quiet = Object.create(host, { stdout: { value: silent }, stderr: { value: silent } }) as Host
  const status = await runCommandLine(['bake', '--print', '--progress', 'plain', '-f', file], quiet)
  if (status !== 0) throw new Error(`the definition to warm up with ended with status ${status}`)
}
