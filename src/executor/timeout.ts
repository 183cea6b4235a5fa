import { BuildFailure, isBuildFailure } from '../core/failure.ts'

const CODE = 'TIMEOUT'
const FLAGS = { target: '--timeout', run: '--run-timeout' } as const

/** The failure of a target or a run that had no more than `allowedMs`. */
export function timeoutFailure(what: 'target' | 'run', allowedMs: number): BuildFailure {
  const message =
    what === 'run'
      ? `the run was not done after ${durationText(allowedMs)}`
      : `timed out after ${durationText(allowedMs)}`
  return new BuildFailure('solve', message, {
    code: CODE,
    hints: [`Give it more time with ${FLAGS[what]}.`],
  })
}

/** Whether a caught thing says that the time is up. */
export function isTimeout(thing: unknown): thing is BuildFailure {
  return isBuildFailure(thing) && thing.code === CODE
}

/** As people write it: `1h30m`, `10m`, `2.5s`, `300ms`. */
export function durationText(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)}ms`
  const hours = Math.floor(ms / 3_600_000)
  const minutes = Math.floor((ms % 3_600_000) / 60_000)
  const seconds = (ms % 60_000) / 1000
  const parts = [
    hours === 0 ? '' : `${hours}h`,
    minutes === 0 ? '' : `${minutes}m`,
    seconds === 0 ? '' : `${seconds}s`,
  ]
  return parts.join('')
}
