import type { BuildFailure } from '../core/failure.ts'

/** Exit statuses of the command line (spec cli 1.1). */
export const EXIT = {
  ok: 0,
  failed: 1,
  bug: 70,
  internal: 100,
  exhausted: 102,
  /** A flag that cannot be read, when run as a Docker CLI plugin. */
  pluginUsage: 125,
  interrupted: 130,
} as const

const RESOURCE_EXHAUSTED = 8
const INTERNAL = 13

/** The status a failure of the world ends with. */
export function exitOf(failure: BuildFailure): number {
  if (failure.kind === 'canceled') return EXIT.interrupted
  // The code of a failed target may tell at which stage it failed instead of the daemon's status.
  const status = 'grpcCode' in failure ? failure.grpcCode : undefined
  if (failure.code === 'INTERNAL' || status === INTERNAL) return EXIT.internal
  if (failure.code === 'RESOURCE_EXHAUSTED' || status === RESOURCE_EXHAUSTED) return EXIT.exhausted
  return EXIT.failed
}
