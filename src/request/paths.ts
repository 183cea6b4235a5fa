import * as posix from 'node:path/posix'

/** Absolute on Unix, or a Windows path with a drive or a share. */
export function isAbsolutePath(path: string): boolean {
  return path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path) || path.startsWith('\\\\')
}

/** `path` below `base` unless it is absolute, cleaned; works for both path styles. */
export function resolvePath(base: string, path: string): string {
  const joined = isAbsolutePath(path) ? path : `${base}/${path}`
  if (!isWindowsPath(joined)) return stripSlash(posix.normalize(joined))
  return stripSlash(posix.normalize(joined.replaceAll('\\', '/'))).replaceAll('/', '\\')
}

/** Directory part of a path; `.` when there is none. */
export function dirOf(path: string): string {
  if (!isWindowsPath(path)) return posix.dirname(path)
  return posix.dirname(path.replaceAll('\\', '/')).replaceAll('/', '\\')
}

/** Last part of a path. */
export function baseOf(path: string): string {
  return posix.basename(isWindowsPath(path) ? path.replaceAll('\\', '/') : path)
}

/** Where a Dockerfile of a local context lies: `cwd://` paths start at the working directory. */
export function dockerfilePath(cwd: string, context: string, dockerfile: string): string {
  if (dockerfile.startsWith('cwd://')) return resolvePath(cwd, dockerfile.slice('cwd://'.length))
  return resolvePath(resolvePath(cwd, context), dockerfile)
}

function isWindowsPath(path: string): boolean {
  return /^[A-Za-z]:[\\/]/.test(path) || path.startsWith('\\\\')
}

function stripSlash(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path
}
