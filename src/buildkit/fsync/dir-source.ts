import {
  type BigIntStats,
  closeSync,
  constants,
  lstatSync,
  openSync,
  read,
  readdirSync,
  readlinkSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import { BuildFailure } from '../../core/failure.ts'
import { compareBytes } from '../../core/text/byte-order.ts'
import { followPaths, type LinkReader } from './follow-paths.ts'
import { ioProblem, isForbidden, isMissing } from './io-problem.ts'
import { isDirectory } from './mode.ts'
import { HardLinks, toFsStat } from './node-stat.ts'
import { type Matched, PatternList } from './pattern-list.ts'
import type { OpenFile, TreeSource } from './tree-source.ts'
import type { FsStat } from './types.ts'

/** Which part of a tree is sent (spec buildkit 6.5). */
export interface TreeFilter {
  /** None: everything. */
  readonly includePatterns?: readonly string[]
  readonly excludePatterns?: readonly string[]
  readonly followPaths?: readonly string[]
}

/**
 * A directory of this machine. Works with synchronous calls in small portions: for many small files they cost a
 * fraction of the processor time of promises, and no portion holds up the event loop noticeably.
 */
export function openDirSource(dir: string, filter: TreeFilter): TreeSource {
  const root = realRoot(dir)
  const included = [...(filter.includePatterns ?? [])]
  if (filter.followPaths !== undefined && filter.followPaths.length > 0) {
    included.push(...(followPaths(filter.followPaths, linkReader(root)) ?? []))
  }
  const walk = new DirWalk(root, new PatternList(included), new PatternList(filter.excludePatterns ?? []))
  return { next: () => walk.next(), open: (path) => openFile(join(root, path)) }
}

/** Work done in one go before others get their turn. */
const PORTION_MS = 6
/** Entries between two looks at the clock. */
const ENTRIES_PER_LOOK = 32

interface Frame {
  /** Relative path with a trailing slash; '' at the root. */
  readonly prefix: string
  readonly names: readonly string[]
  next: number
  /** The directory's own entry while it waits for its first kept child. */
  pending: FsStat | undefined
  readonly includes: Matched | undefined
  readonly excludes: Matched | undefined
}

class DirWalk {
  private readonly root: string
  private readonly includes: PatternList
  private readonly excludes: PatternList
  private readonly links = new HardLinks()
  private readonly frames: Frame[] = []
  private batch: FsStat[] = []

  constructor(root: string, includes: PatternList, excludes: PatternList) {
    this.root = root
    this.includes = includes
    this.excludes = excludes
    const names = this.names('', 'kept') ?? []
    this.frames.push({
      prefix: '',
      names,
      next: 0,
      pending: undefined,
      includes: undefined,
      excludes: undefined,
    })
  }

  next(): readonly FsStat[] | undefined {
    if (this.frames.length === 0) return undefined
    const until = performance.now() + PORTION_MS
    for (let count = 1; this.frames.length > 0; count++) {
      const frame = this.frames[this.frames.length - 1] as Frame
      const name = frame.names[frame.next++]
      if (name === undefined) this.frames.pop()
      else this.visit(frame, frame.prefix + name)
      if (count % ENTRIES_PER_LOOK === 0 && performance.now() > until) break
    }
    const batch = this.batch
    this.batch = []
    return batch
  }

  private visit(frame: Frame, path: string): void {
    const included = this.includes.isEmpty ? ALL : this.includes.match(path, frame.includes)
    const excluded = this.excludes.isEmpty ? NONE : this.excludes.match(path, frame.excludes)
    const kept = included.selected && !excluded.selected
    if (!kept && !this.mayKeepBelow(path, included.selected, excluded.selected)) return
    const entry = this.lstat(path, kept)
    if (entry === undefined) return
    const { stat, stats } = entry
    if (!isDirectory(stat.mode)) {
      if (kept) this.emit(this.links.link(stat, stats))
      return
    }
    const names = this.names(path, kept ? 'kept' : 'skipped')
    if (names === undefined) return
    if (kept) this.emit(stat)
    this.frames.push({
      prefix: `${path}/`,
      names,
      next: 0,
      pending: kept ? undefined : stat,
      includes: included.matched,
      excludes: excluded.matched,
    })
  }

  private mayKeepBelow(path: string, included: boolean, excluded: boolean): boolean {
    if (!included && !this.includes.maySelectBelow(path)) return false
    return !excluded || this.excludes.mayReleaseBelow(path)
  }

  /** Directories that were passed over come just before their first kept child. */
  private emit(stat: FsStat): void {
    for (const frame of this.frames) {
      if (frame.pending === undefined) continue
      this.batch.push(frame.pending)
      frame.pending = undefined
    }
    this.batch.push(stat)
  }

  /** Undefined when the entry has gone meanwhile. */
  private lstat(path: string, kept: boolean): { stat: FsStat; stats: BigIntStats } | undefined {
    const absolute = `${this.root}/${path}`
    try {
      const stats = lstatSync(absolute, LSTAT_OPTIONS)
      return stats === undefined ? undefined : { stat: toFsStat(path, absolute, stats), stats }
    } catch (error) {
      if (isMissing(error) || (!kept && isForbidden(error))) return undefined
      throw ioProblem(error)
    }
  }

  private names(path: string, state: 'kept' | 'skipped'): string[] | undefined {
    try {
      return readdirSync(path === '' ? this.root : `${this.root}/${path}`).sort(compareBytes)
    } catch (error) {
      if (isMissing(error) || (state === 'skipped' && isForbidden(error))) return undefined
      throw ioProblem(error)
    }
  }
}

const LSTAT_OPTIONS = { bigint: true, throwIfNoEntry: false } as const
const ALL: { readonly selected: boolean; readonly matched: Matched } = { selected: true, matched: [] }
const NONE: { readonly selected: boolean; readonly matched: Matched } = { selected: false, matched: [] }

function realRoot(dir: string): string {
  try {
    const root = realpathSync(dir)
    if (statSync(root).isDirectory()) return root
  } catch (error) {
    throw ioProblem(error)
  }
  throw new BuildFailure('io', `${dir}: not a directory`, { code: 'ENOTDIR' })
}

function linkReader(root: string): LinkReader {
  return {
    linkTarget(path) {
      try {
        return readlinkSync(join(root, path)).replaceAll('\\', '/')
      } catch {
        return undefined
      }
    },
    names(dir) {
      try {
        return readdirSync(join(root, dir))
      } catch {
        return []
      }
    },
  }
}

/** A pipe that took a file's place since the listing must not block us. */
const READ_FLAGS: number = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

function openFile(path: string): OpenFile | undefined {
  let fd: number
  try {
    fd = openSync(path, READ_FLAGS)
  } catch {
    return undefined
  }
  return {
    readSync(into) {
      try {
        return readSync(fd, into, 0, into.length, null)
      } catch (error) {
        throw readProblem(path, error)
      }
    },
    read: (into) =>
      new Promise((resolve, reject) => {
        read(fd, into, 0, into.length, null, (error, bytes) => {
          if (error === null) resolve(bytes)
          else reject(readProblem(path, error))
        })
      }),
    close: () => closeSync(fd),
  }
}

function readProblem(path: string, error: unknown): BuildFailure {
  return ioProblem(Object.assign(error as Error, { path }))
}
