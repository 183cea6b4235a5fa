import { cleanPath } from '../../core/go/path-clean.ts'

/** Whether a path does not depend on a folder; drive letters count, whatever the system. */
export function isAbsolute(path: string): boolean {
  return path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path) || path.startsWith('\\\\')
}

/** Go's filepath.Join: empty parts are ignored, the rest is cleaned; nothing at all stays empty. */
export function joinPath(...parts: readonly string[]): string {
  const kept = parts.filter((part) => part !== '')
  return kept.length === 0 ? '' : cleanPath(kept.join('/'))
}

/** Go's filepath.Dir: the folder of a path, `.` when there is none. */
export function folderOf(path: string): string {
  return cleanPath(path.slice(0, path.lastIndexOf('/') + 1))
}

/** `path` from the folder `base`; `path` itself when one is absolute and the other is not. */
export function relativePath(base: string, path: string): string {
  const [from, to] = [cleanPath(base), cleanPath(path)]
  if (isAbsolute(from) !== isAbsolute(to)) return path
  const fromParts = partsOf(from)
  const toParts = partsOf(to)
  let common = 0
  while (common < fromParts.length && fromParts[common] === toParts[common]) common += 1
  const up = fromParts.slice(common)
  if (up.includes('..')) return path
  return cleanPath([...up.map(() => '..'), ...toParts.slice(common)].join('/'))
}

function partsOf(path: string): readonly string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.')
}

/** Finds files named in Compose files, from the folder of the project that names them. */
export interface Locator {
  /** Empty for the working directory. */
  readonly folder: string
  readonly home: string | undefined
}

/** The path of a file named in a project of that folder. */
export function locate(path: string, locator: Locator): string {
  return isAbsolute(path) ? path : joinPath(locator.folder, path)
}

/** The folder of a named file, as a path from the project's folder where that is possible. */
export function locateFolder(path: string, locator: Locator): string {
  return relativePath(locator.folder, locate(folderOf(path), locator))
}

/** `~` at the beginning becomes the home folder, when it is known. */
export function expandHome(path: string, home: string | undefined): string {
  return path.startsWith('~') && home !== undefined && home !== '' ? joinPath(home, path.slice(1)) : path
}

const REMOTE = ['https://', 'http://', 'git://', 'ssh://', 'github.com/', 'git@']

/** Whether a build context is something else than a folder of this machine. */
export function isRemoteContext(context: string): boolean {
  return (
    context.includes('://') ||
    context.startsWith('service:') ||
    REMOTE.some((prefix) => context.startsWith(prefix))
  )
}
