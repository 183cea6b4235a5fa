import {
  chmodSync,
  closeSync,
  fchmodSync,
  futimesSync,
  linkSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  type Stats,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { BuildFailure } from '../../core/failure.ts'
import { ioProblem } from './io-problem.ts'
import { toUnixPermissions } from './mode.ts'
import { temporaryName } from './temporary-name.ts'
import type { FsStat } from './types.ts'

/** A file under a temporary name until it is complete. */
export interface PartialFile {
  readonly stat: FsStat
  readonly temporary: string
  readonly fd: number
}

/**
 * Writes entries below one directory (spec buildkit 6.6). Owners become the current user, times are exact to about
 * a microsecond. Every method throws `BuildFailure` (`io`).
 */
export class DirWriter {
  private readonly root: string

  constructor(root: string) {
    this.root = root
    guard(() => mkdirSync(root, { recursive: true, mode: 0o700 }))
  }

  /** Makes the directory, or keeps the one that is there. It stays writable until `finishDirectory`. */
  directory(stat: FsStat): void {
    guard(() => {
      const path = this.at(stat)
      const old = entryAt(path)
      if (old !== undefined && !old.isDirectory()) unlinkSync(path)
      if (old?.isDirectory() !== true) mkdirSync(path, { mode: 0o700 })
      else if ((old.mode & 0o700) !== 0o700) chmodSync(path, 0o700)
    })
  }

  /** Permissions and times; to be called when nothing more is put into the directory. */
  finishDirectory(stat: FsStat): void {
    guard(() => {
      const path = this.at(stat)
      chmodSync(path, toUnixPermissions(stat.mode))
      const time = seconds(stat.modTimeNs)
      utimesSync(path, time, time)
    })
  }

  symlink(stat: FsStat): void {
    this.replace(stat, (temporary) => {
      symlinkSync(stat.linkname, temporary)
      const time = seconds(stat.modTimeNs)
      lutimesSync(temporary, time, time)
    })
  }

  hardLink(stat: FsStat): void {
    this.replace(stat, (temporary) => linkSync(join(this.root, stat.linkname), temporary))
  }

  /** Begins a file; `complete` puts it in its place, `discard` takes it away. */
  begin(stat: FsStat): PartialFile {
    return guard(() => {
      const temporary = temporaryName(this.at(stat))
      return { stat, temporary, fd: openSync(temporary, 'wx', 0o600) }
    })
  }

  write(file: PartialFile, data: Uint8Array): void {
    guard(() => {
      for (let at = 0; at < data.length; ) at += writeSync(file.fd, data, at, data.length - at)
    })
  }

  complete(file: PartialFile): void {
    guard(() => {
      fchmodSync(file.fd, toUnixPermissions(file.stat.mode))
      const time = seconds(file.stat.modTimeNs)
      futimesSync(file.fd, time, time)
      closeSync(file.fd)
      this.moveInto(file.temporary, this.at(file.stat))
    })
  }

  discard(file: PartialFile): void {
    try {
      closeSync(file.fd)
    } catch {
      // It was closed before its last step failed.
    }
    rmSync(file.temporary, { force: true })
  }

  /** Devices and pipes are beyond what Node can make. */
  refuse(stat: FsStat): never {
    throw new BuildFailure(
      'io',
      `cannot create ${join(this.root, stat.path)}: devices and pipes cannot be exported to a directory`,
      {
        code: 'SPECIAL_FILE',
        hints: ['export with type=tar and unpack the archive'],
      },
    )
  }

  /** Removes everything that is not in `named`; a directory that is named is looked into. */
  removeOthers(named: ReadonlySet<string>, below = ''): void {
    guard(() => {
      for (const entry of readdirSync(join(this.root, below), { withFileTypes: true })) {
        const path = below === '' ? entry.name : `${below}/${entry.name}`
        if (!named.has(path)) rmSync(join(this.root, path), { recursive: true, force: true })
        else if (entry.isDirectory()) this.removeOthers(named, path)
      }
    })
  }

  private at(stat: FsStat): string {
    return join(this.root, stat.path)
  }

  private replace(stat: FsStat, make: (temporary: string) => void): void {
    guard(() => {
      const temporary = temporaryName(this.at(stat))
      try {
        make(temporary)
        this.moveInto(temporary, this.at(stat))
      } catch (error) {
        rmSync(temporary, { force: true })
        throw error
      }
    })
  }

  /** A directory in the way is removed; anything else gives way to the rename. */
  private moveInto(temporary: string, path: string): void {
    if (entryAt(path)?.isDirectory() === true) rmSync(path, { recursive: true, force: true })
    renameSync(temporary, path)
    // Renaming onto another name of the same file leaves both names.
    rmSync(temporary, { force: true })
  }
}

function entryAt(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false })
}

/** Converted in two parts, as a double cannot hold today's nanoseconds. */
function seconds(ns: bigint): number {
  return Number(ns / NS_PER_SECOND) + Number(ns % NS_PER_SECOND) / 1e9
}

const NS_PER_SECOND = 1_000_000_000n

function guard<T>(act: () => T): T {
  try {
    return act()
  } catch (error) {
    throw ioProblem(error)
  }
}
