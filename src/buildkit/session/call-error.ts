import { isBuildFailure } from '../../core/failure.ts'

/** gRPC status codes that session services answer with. */
export const Code = {
  ok: 0,
  cancelled: 1,
  unknown: 2,
  invalidArgument: 3,
  notFound: 5,
  alreadyExists: 6,
  permissionDenied: 7,
  resourceExhausted: 8,
  failedPrecondition: 9,
  outOfRange: 11,
  unimplemented: 12,
  internal: 13,
  unavailable: 14,
} as const

/** A status for the daemon. The message reaches people inside the build's error text. */
export class CallError extends Error {
  readonly code: number

  constructor(code: number, message: string) {
    super(message)
    this.name = 'CallError'
    this.code = code
  }
}

/** What the daemon is told about anything a handler threw. */
export function toCallError(thrown: unknown): CallError {
  if (thrown instanceof CallError) return thrown
  if (isBuildFailure(thrown) && thrown.kind === 'canceled')
    return new CallError(Code.cancelled, thrown.message)
  return new CallError(Code.unknown, thrown instanceof Error ? thrown.message : String(thrown))
}

/** `grpc-message`: UTF-8, everything but printable ASCII and `%` itself percent-encoded. */
export function percentEncode(message: string): string {
  let out = ''
  for (const byte of Buffer.from(message, 'utf8')) {
    const plain = byte >= 0x20 && byte <= 0x7e && byte !== 0x25
    out += plain ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }
  return out
}
