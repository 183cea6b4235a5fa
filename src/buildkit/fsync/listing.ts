import { posix, sep } from 'node:path'
import { BuildFailure } from '../../core/failure.ts'
import { compareTreeOrder } from './memory-source.ts'
import { GoMode, isDirectory, isSymlink } from './mode.ts'
import type { FsStat } from './types.ts'

/**
 * Checks a listing entry by entry (spec buildkit 6.4): whatever the other side says, nothing may be written outside
 * the destination, so paths are clean and relative, in order, below listed directories, and hard links point at
 * listed files.
 */
export class ListingCheck {
  private last = ''
  private readonly dirs = new Set<string>(['.'])
  private readonly files = new Set<string>()

  /** Throws `BuildFailure` (`wire`) on an entry that must not be obeyed. */
  accept(stat: FsStat): void {
    const { path } = stat
    if (!isCleanRelative(path)) throw refused(path, 'invalid path')
    if (this.last !== '' && compareTreeOrder(this.last, path) >= 0)
      throw refused(path, 'changes out of order')
    if (!this.dirs.has(posix.dirname(path))) throw refused(path, 'no parent directory in the listing')
    if (isHardLink(stat) && !this.files.has(stat.linkname))
      throw refused(path, `link to unknown ${stat.linkname}`)
    this.last = path
    if (isDirectory(stat.mode)) this.dirs.add(path)
    else this.files.add(path)
  }
}

/** Whether the entry is another name of a file listed before. */
export function isHardLink(stat: FsStat): boolean {
  return stat.linkname !== '' && !isSymlink(stat.mode) && (stat.mode & GoMode.dir) === 0
}

function isCleanRelative(path: string): boolean {
  if (path === '' || path === '.' || path.includes('\0') || path.startsWith('/')) return false
  if (sep === '\\' && /[\\:]/.test(path)) return false
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
}

function refused(path: string, problem: string): BuildFailure {
  return new BuildFailure('wire', `directory transfer: ${problem}: ${JSON.stringify(path)}`, {
    code: 'BAD_ENTRY',
  })
}
