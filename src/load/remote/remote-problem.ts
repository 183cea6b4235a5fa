import type { Diagnostic } from '../../core/diag/diagnostic.ts'
import { DEFAULT_FILES } from '../files.ts'
import { type RemoteSource, withoutPassword } from './remote-source.ts'

const NOTHING_FOUND = "couldn't find a bake definition"

/** The tree was fetched, and holds none of the default names. */
export function nothingThere(url: string): Diagnostic {
  return {
    severity: 'error',
    code: 'load/no-definition',
    summary: NOTHING_FOUND,
    detail: `None of the usual file names is at ${withoutPassword(url)}.`,
    hints: [
      `name a file of it with -f, or add one of ${DEFAULT_FILES.slice(0, 6).join(', ')}`,
      'a definition in a subdirectory is reached with #REF:SUBDIR behind the URL',
    ],
  }
}

/** A single file that nobody writes by hand. */
export function tooBigToLoad(url: string, why: string): Diagnostic {
  return {
    severity: 'error',
    code: 'load/too-big',
    summary: `failed to solve: ${why}`,
    detail: `The definition is at ${withoutPassword(url)}.`,
    hints: ['check that the URL names a bake definition, or put the definition into an archive'],
  }
}

/**
 * The builder refused to fetch or to read. Last lines are the reference's: with default names it takes a
 * repository that cannot be fetched for one without a definition; the reason stands in the detail then.
 */
export function cannotFetch(message: string, source: RemoteSource, names: readonly string[]): Diagnostic {
  const isMissing = /^lstat .*: no such file or directory$/.test(message)
  const guessing = source.kind === 'git' && names.length === 0
  return {
    severity: 'error',
    code: isMissing ? 'load/missing-file' : 'load/remote-fetch',
    summary: guessing ? NOTHING_FOUND : `failed to solve: ${message}`,
    detail: guessing
      ? `${withoutPassword(source.url)} cannot be read: ${message.trim()}`
      : `The definition is at ${withoutPassword(source.url)}.`,
    hints: [hintFor(message, source, isMissing)],
  }
}

function hintFor(message: string, source: RemoteSource, isMissing: boolean): string {
  if (isMissing) return 'check the name given with -f; write -f cwd://NAME for a file on this machine'
  if (/does not contain ref|couldn't find remote ref/i.test(message)) {
    return 'check the branch, tag or commit behind # in the URL'
  }
  if (/SSH_AUTH_SOCK|SSH key|publickey/i.test(message)) {
    return 'start an ssh agent, or name a key in BUILDX_BAKE_GIT_SSH'
  }
  if (/invalid subdir/.test(message)) return 'check the subdirectory behind the last : in the URL'
  if (/could not read Username|Authentication failed|\b40[13]\b/.test(message)) {
    return source.kind === 'git'
      ? 'give access with BUILDX_BAKE_GIT_AUTH_TOKEN, or BUILDX_BAKE_GIT_SSH for an ssh URL'
      : 'the builder fetches without login; name a git repository, or a URL that needs none'
  }
  if (/404|not found/i.test(message)) return 'check the URL: nothing is there'
  return 'the builder fetches the URL, not this machine: check that it can reach the host'
}
