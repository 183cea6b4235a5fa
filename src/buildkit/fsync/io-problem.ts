import { BuildFailure, isBuildFailure } from '../../core/failure.ts'

const MEANINGS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  ENOENT: 'no such file or directory',
  ENOTDIR: 'not a directory',
  EISDIR: 'is a directory',
  EEXIST: 'file exists',
  ENOTEMPTY: 'directory not empty',
  ELOOP: 'too many levels of symbolic links',
  EMFILE: 'too many open files',
  ENOSPC: 'no space left on device',
  EROFS: 'read-only file system',
  ENAMETOOLONG: 'file name too long',
  EIO: 'input/output error',
}
const OPERATIONS: Readonly<Record<string, string>> = { scandir: 'open' }

/** A file system error in the words the reference uses, since the daemon shows them in its own errors. */
export function ioProblem(error: unknown): BuildFailure {
  if (isBuildFailure(error)) return error
  const { code = 'EIO', syscall = 'access', path = '', message } = error as NodeJS.ErrnoException
  const meaning = MEANINGS[code] ?? message
  return new BuildFailure('io', `${OPERATIONS[syscall] ?? syscall} ${path}: ${meaning}`, {
    code,
    cause: error,
  })
}

/** Whether the error says that nothing is there (any more). */
export function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code
  return code === 'ENOENT' || code === 'ENOTDIR'
}

/** Whether the error says that we may not look. */
export function isForbidden(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code
  return code === 'EACCES' || code === 'EPERM'
}
