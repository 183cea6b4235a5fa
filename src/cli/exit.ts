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

/** The status a failure of the world ends with. */
export function exitOf(failure: BuildFailure): number {
  if (failure.kind === 'canceled') return EXIT.interrupted
  if (failure.code === 'INTERNAL') return EXIT.internal
  if (failure.code === 'RESOURCE_EXHAUSTED') return EXIT.exhausted
  return EXIT.failed
}
