import { BuildFailure } from '../core/failure.ts'

interface Reason {
  readonly code: string
  readonly text: string
  readonly hint: string
}

const REASONS: readonly Reason[] = [
  {
    code: 'EACCES',
    text: 'permission denied',
    hint: 'Choose a destination you may write to, or change its permissions.',
  },
  { code: 'EPERM', text: 'operation not permitted', hint: 'Choose a destination you may write to.' },
  { code: 'EROFS', text: 'read-only file system', hint: 'Choose a destination on a writable file system.' },
  {
    code: 'ENOSPC',
    text: 'no space left on device',
    hint: 'Free some space there or choose another destination.',
  },
  {
    code: 'EDQUOT',
    text: 'disk quota exceeded',
    hint: 'Free some space there or choose another destination.',
  },
]

/** A failure to write an output that names the destination and says what helps. */
export function outputFailure(dest: string, error: unknown): BuildFailure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const known = REASONS.find((r) => r.code === code)
  const text = known?.text ?? (error instanceof Error ? error.message : String(error))
  return new BuildFailure('io', `cannot write output to ${dest}: ${text}`, {
    code: code === '' ? 'OUTPUT' : code,
    hints: known ? [known.hint] : [],
    cause: error,
  })
}

/** The same for an error of writing an output; undefined when it was no trouble of the disk. */
export function ownOutputFailure(dest: string, error: unknown): BuildFailure | undefined {
  if (!(error instanceof Error)) return undefined
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const code = 'code' in at ? String(at.code) : ''
    if (REASONS.some((reason) => reason.code === code)) return outputFailure(dest, at)
  }
  const known = REASONS.find((r) => error.message.includes(r.text) || error.message.includes(r.code))
  return known && outputFailure(dest, Object.assign(new Error(error.message), { code: known.code }))
}

/**
 * Finds our own trouble in the text that the daemon echoes, for outputs that are written by the session;
 * undefined when the text tells of something else.
 */
export function echoedOutputFailure(dest: string, message: string, cause: unknown): BuildFailure | undefined {
  if (!message.includes('error from receiver') && !message.includes(`cannot write ${dest}`)) return undefined
  const known = REASONS.find((r) => message.includes(r.text) || message.includes(r.code))
  if (!known || known.code === 'ENOENT') return undefined
  return new BuildFailure('io', `cannot write output to ${dest}: ${known.text}`, {
    code: known.code,
    hints: [known.hint],
    cause,
  })
}

/** For `catch`: nothing there is an answer, other errors stay errors. */
export function ignoreMissing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
    return undefined
  }
  throw error
}
