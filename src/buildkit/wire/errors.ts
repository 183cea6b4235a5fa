import { BuildFailure, isBuildFailure } from '../../core/failure.ts'
import { readDetails } from './error-details.ts'
import type { ErrorDetails } from './types.ts'

/** Names of the gRPC status codes by number. */
export const STATUS_NAMES: readonly string[] = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
]
const CANCELLED = 1
const RESOURCE_EXHAUSTED = 8
const INTERNAL = 13
const UNAVAILABLE = 14

const EXIT_GENERIC = 1
const EXIT_INTERNAL = 100
const EXIT_EXHAUSTED = 102
const EXIT_CANCELED = 130

/** A call the daemon refused. `code` is the gRPC status name, `message` the daemon's bare text. */
export class StatusFailure extends BuildFailure {
  readonly grpcCode: number
  readonly details: ErrorDetails

  constructor(grpcCode: number, message: string, details: ErrorDetails, cause?: unknown) {
    super(kindOf(grpcCode), message, {
      code: STATUS_NAMES[grpcCode] ?? 'UNKNOWN',
      hints: hintsFor(message),
      ...(cause === undefined ? {} : { cause }),
    })
    this.grpcCode = grpcCode
    this.details = details
  }
}

/** Whether a caught thing is a status from the daemon, also one of another bundle of this package. */
export function isStatusFailure(thing: unknown): thing is StatusFailure {
  return isBuildFailure(thing) && 'grpcCode' in thing
}

/** Makes a failure of whatever a grpc-js call threw. Failures pass unchanged. */
export function toFailure(error: unknown): BuildFailure {
  if (isBuildFailure(error)) return error
  if (isServiceError(error)) {
    const packed = error.metadata?.get('grpc-status-details-bin')[0]
    const details = readDetails(packed instanceof Uint8Array ? packed : undefined)
    return new StatusFailure(error.code, error.details, details, error)
  }
  const message = error instanceof Error ? error.message : String(error)
  return new BuildFailure('wire', message, { cause: error })
}

/** The caller's signal ended the call; the reason survives as `cause`. */
export function canceledFailure(reason: unknown): BuildFailure {
  return new BuildFailure('canceled', 'context canceled', { code: 'CANCELLED', cause: reason })
}

/** The stream below gRPC could not be opened. A driver's own failure passes unchanged. */
export function unreachableFailure(error: unknown): BuildFailure {
  if (isBuildFailure(error)) return error
  const message = error instanceof Error ? error.message : String(error)
  return new BuildFailure('wire', `failed to connect to BuildKit: ${message}`, {
    code: 'UNREACHABLE',
    cause: error,
  })
}

/** Exit code of a failed build (spec buildkit 13.3). */
export function exitCodeOf(error: unknown): number {
  if (!isBuildFailure(error)) return EXIT_GENERIC
  if (error.kind === 'canceled') return EXIT_CANCELED
  if (!isStatusFailure(error)) return EXIT_GENERIC
  if (error.grpcCode === INTERNAL) return EXIT_INTERNAL
  if (error.grpcCode === RESOURCE_EXHAUSTED) return EXIT_EXHAUSTED
  return EXIT_GENERIC
}

/** Whether a grpc-js error says that there is no connection. */
export function isUnavailable(error: unknown): boolean {
  return isServiceError(error) && error.code === UNAVAILABLE
}

function kindOf(grpcCode: number): 'canceled' | 'wire' | 'solve' {
  if (grpcCode === CANCELLED) return 'canceled'
  return grpcCode === UNAVAILABLE ? 'wire' : 'solve'
}

function hintsFor(message: string): string[] {
  if (message.includes('unsupported frontend capability moby.buildkit.frontend.contexts')) {
    return ['named contexts need Dockerfile syntax 1.4 or newer: put "# syntax=docker/dockerfile:1" first']
  }
  if (message.includes('unsupported frontend capability moby.buildkit.frontend.gitquerystring')) {
    return ['git URLs with a query need Dockerfile syntax 1.18 or newer and BuildKit 0.24 or newer']
  }
  return []
}

interface ServiceError {
  readonly code: number
  readonly details: string
  readonly metadata?: { get(name: string): readonly unknown[] }
}

function isServiceError(thing: unknown): thing is ServiceError {
  return (
    thing instanceof Error &&
    'code' in thing &&
    typeof thing.code === 'number' &&
    'details' in thing &&
    typeof thing.details === 'string'
  )
}
