import { type BigIntStats, readlinkSync } from 'node:fs'
import { sep } from 'node:path'
import { isDirectory, isRegular, isSymlink, toGoMode, toWindowsGoMode } from './mode.ts'
import type { FsStat } from './types.ts'

const windows = sep === '\\'
const goMode = windows ? toWindowsGoMode : toGoMode

/** An entry as it travels (spec buildkit 6.3), owned by 0. Throws Node's error when a link cannot be read. */
export function toFsStat(path: string, absolute: string, stats: BigIntStats): FsStat {
  const mode = goMode(Number(stats.mode))
  const isDevice = stats.rdev !== 0n && !isRegular(mode) && !isDirectory(mode) && !isSymlink(mode)
  const rdev = isDevice ? Number(stats.rdev) : 0
  return {
    path,
    mode,
    uid: 0,
    gid: 0,
    size: isDirectory(mode) ? 0 : Number(stats.size),
    modTimeNs: stats.mtimeNs,
    linkname: isSymlink(mode) ? linkTarget(absolute) : '',
    devMajor: (rdev >> 8) & 0xfff,
    devMinor: (rdev & 0xff) | ((rdev >>> 12) & 0xfff00),
  }
}

function linkTarget(absolute: string): string {
  const target = readlinkSync(absolute)
  return windows ? target.replaceAll('\\', '/') : target
}

/** Remembers files with several names, so that the later ones are sent as links to the first. */
export class HardLinks {
  private readonly first = new Map<string, string>()

  /** The entry as it is to be sent: itself, or a hard link to the name of it that was sent before. */
  link(stat: FsStat, stats: BigIntStats): FsStat {
    if (stats.nlink < 2n || !isRegular(stat.mode)) return stat
    const key = `${stats.dev}:${stats.ino}`
    const sent = this.first.get(key)
    if (sent !== undefined) return { ...stat, linkname: sent }
    this.first.set(key, stat.path)
    return stat
  }
}
