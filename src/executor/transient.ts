import { isStatusFailure } from '../buildkit/wire/errors.ts'
import { isBuildFailure } from '../core/failure.ts'
import { parseDuration } from '../core/go/duration.ts'

/** Why a failure may go away by itself: a word or two for people. */
export type TransientReason =
  | 'connection lost'
  | 'too many requests'
  | 'registry error'
  | 'name resolution failed'

const FIRST_PAUSE_MS = 1000
const LONGEST_PAUSE_MS = 30_000
const UNAVAILABLE = 14

const PATTERNS: readonly (readonly [TransientReason, RegExp])[] = [
  ['too many requests', /\btoomanyrequests\b|\b429 Too Many Requests\b|unexpected status[^\n]*: 429\b/i],
  [
    'registry error',
    /unexpected status[^\n]*: 5\d\d\b|\b(?:500 Internal Server Error|502 Bad Gateway|503 Service Unavailable|504 Gateway Time-?out)\b/i,
  ],
  [
    'name resolution failed',
    /\bno such host\b|server misbehaving|temporary failure in name resolution|\blookup [^\n]*: i\/o timeout/i,
  ],
  [
    'connection lost',
    /connection reset by peer|connection refused|broken pipe|TLS handshake timeout|\bi\/o timeout|network is unreachable|no route to host|client connection lost|transport is closing|error reading from server|unexpected EOF/i,
  ],
]

/**
 * Why a failure is worth another try; undefined when trying again would give the same. What a command of
 * a Dockerfile did is never transient, whatever its text holds.
 */
export function transientReason(error: unknown): TransientReason | undefined {
  if (!isBuildFailure(error) || error.kind === 'canceled') return undefined
  if (/did not complete successfully/.test(error.message)) return undefined
  const known = PATTERNS.find(([, pattern]) => pattern.test(error.message))
  if (known !== undefined) return known[0]
  const isLost = error.kind === 'wire' || (isStatusFailure(error) && error.grpcCode === UNAVAILABLE)
  return isLost ? 'connection lost' : undefined
}

/** How long a registry asked to be left alone, in ms; undefined when it did not say. */
export function retryAfterMs(message: string): number | undefined {
  const [, text = ''] = /retry-after["']?\s*[:=]?\s*["']?((?:[\d.]+[a-zµμ]*)+)/i.exec(message) ?? []
  if (/^\d+$/.test(text)) return Number(text) * 1000
  const duration = parseDuration(text)
  return duration.ok ? Number(duration.nanoseconds) / 1e6 : undefined
}

/**
 * Pause before repetition `attempt` (1 = the first), in ms: doubles each time up to 30 s, never less than
 * the registry asked for in `message`.
 */
export function pauseMs(attempt: number, message: string, firstMs: number = FIRST_PAUSE_MS): number {
  const usual = Math.min(firstMs * 2 ** (attempt - 1), LONGEST_PAUSE_MS)
  return Math.max(usual, retryAfterMs(message) ?? 0)
}
