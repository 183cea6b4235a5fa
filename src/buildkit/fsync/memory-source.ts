import { dirname } from 'node:path/posix'
import { compareBytes } from '../../core/text/byte-order.ts'
import { GoMode } from './mode.ts'
import type { OpenFile, TreeSource } from './tree-source.ts'
import type { FsStat } from './types.ts'

/** A file that exists in memory only. */
export interface MemoryFile {
  /** Clean relative path below the root; its directories are sent with it. */
  readonly path: string
  readonly data: Uint8Array
}

/** A tree of files in memory. Times are 0, so equal texts look equal to the daemon. */
export function openMemorySource(files: readonly MemoryFile[]): TreeSource {
  const byPath = new Map(files.map((file) => [file.path, file.data]))
  const paths = new Set(byPath.keys())
  for (const file of files) {
    for (let dir = dirname(file.path); dir !== '.'; dir = dirname(dir)) paths.add(dir)
  }
  const stats = [...paths].sort(compareTreeOrder).map((path) => toStat(path, byPath.get(path)))
  let listed = false
  return {
    next() {
      if (listed) return undefined
      listed = true
      return stats
    },
    open(path) {
      const data = byPath.get(path)
      return data === undefined ? undefined : openBytes(data)
    },
  }
}

/** Order of two paths in a listing: component by component (spec buildkit 6.4). */
export function compareTreeOrder(a: string, b: string): number {
  return compareBytes(a.replaceAll('/', '\0'), b.replaceAll('/', '\0'))
}

function toStat(path: string, data: Uint8Array | undefined): FsStat {
  const own = data === undefined ? { mode: GoMode.dir + 0o755, size: 0 } : { mode: 0o644, size: data.length }
  return { path, ...own, uid: 0, gid: 0, modTimeNs: 0n, linkname: '', devMajor: 0, devMinor: 0 }
}

function openBytes(data: Uint8Array): OpenFile {
  let at = 0
  const readSync = (into: Uint8Array): number => {
    const part = data.subarray(at, at + into.length)
    into.set(part)
    at += part.length
    return part.length
  }
  return { readSync, read: async (into) => readSync(into), close: () => {} }
}
