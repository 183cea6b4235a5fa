/** Where in the world a failure happened. */
export type FailureKind = 'driver' | 'wire' | 'solve' | 'registry' | 'io' | 'canceled'

/** Named parts of a failure besides its message. */
export interface FailureParts {
  /** Stable short code such as `ENGINE_NOT_RUNNING`, `PUSH_REFUSED`, `NOT_FOUND`. */
  readonly code?: string
  /** Each one an action the user can take. */
  readonly hints?: readonly string[]
  readonly cause?: unknown
}

/** A problem of the world: network, daemon, disk, cancelled. Made at room borders only. */
export class BuildFailure extends Error {
  readonly kind: FailureKind
  readonly code: string
  readonly hints: readonly string[]

  constructor(kind: FailureKind, message: string, parts: FailureParts = {}) {
    super(message, parts.cause === undefined ? undefined : { cause: parts.cause })
    this.name = 'BuildFailure'
    this.kind = kind
    this.code = parts.code ?? kind.toUpperCase()
    this.hints = parts.hints ?? []
  }
}

/** A mistake in bakekit itself; the command line asks for a report and exits 70. */
export class InvariantError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'InvariantError'
  }
}

/** Marks code that the types say cannot run. */
export function unreachable(x: never): never {
  throw new InvariantError(`unexpected value ${JSON.stringify(x)}`)
}

/** Whether an unknown caught thing is a `BuildFailure`, also one made by another bundle of this package. */
export function isBuildFailure(thing: unknown): thing is BuildFailure {
  return thing instanceof Error && thing.name === 'BuildFailure'
}
