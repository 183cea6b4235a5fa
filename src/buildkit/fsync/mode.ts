/** Go file mode bits as they stand on the wire (spec buildkit 6.2). */
export const GoMode: {
  readonly dir: number
  readonly symlink: number
  readonly device: number
  readonly pipe: number
  readonly socket: number
  readonly charDevice: number
  readonly type: number
} = {
  dir: 0x80000000,
  symlink: 0x08000000,
  device: 0x04000000,
  pipe: 0x02000000,
  socket: 0x01000000,
  charDevice: 0x00200000,
  type: 0x8f280000,
}

const SETUID = 0x00800000
const SETGID = 0x00400000
const STICKY = 0x00100000
const IRREGULAR = 0x00080000

const S_IFMT = 0o170000
const TYPE_BITS: ReadonlyMap<number, number> = new Map([
  [0o100000, 0],
  [0o040000, GoMode.dir],
  [0o120000, GoMode.symlink],
  [0o010000, GoMode.pipe],
  [0o060000, GoMode.device],
  [0o020000, GoMode.device + GoMode.charDevice],
  // The reference clears the bit of sockets, so they travel as empty files (spec buildkit 6.2).
  [0o140000, 0],
])

/** Go mode bits of a `st_mode`. */
export function toGoMode(stMode: number): number {
  let mode = (stMode & 0o777) | (TYPE_BITS.get(stMode & S_IFMT) ?? IRREGULAR)
  if ((stMode & 0o4000) !== 0) mode |= SETUID
  if ((stMode & 0o2000) !== 0) mode |= SETGID
  if ((stMode & 0o1000) !== 0) mode |= STICKY
  return mode >>> 0
}

/** What Windows reports as permissions means nothing in an image: everything may be executed, nobody else writes. */
export function toWindowsGoMode(stMode: number): number {
  const mode = toGoMode(stMode)
  return ((mode & ~0o777) | ((mode | 0o111) & 0o755)) >>> 0
}

/** Permission bits for chmod, with setuid, setgid and sticky. */
export function toUnixPermissions(goMode: number): number {
  let mode = goMode & 0o777
  if ((goMode & SETUID) !== 0) mode |= 0o4000
  if ((goMode & SETGID) !== 0) mode |= 0o2000
  if ((goMode & STICKY) !== 0) mode |= 0o1000
  return mode
}

/** Whether an entry may carry data. */
export function isRegular(goMode: number): boolean {
  return (goMode & GoMode.type) === 0
}

export function isDirectory(goMode: number): boolean {
  return (goMode & GoMode.dir) !== 0
}

export function isSymlink(goMode: number): boolean {
  return (goMode & GoMode.symlink) !== 0
}
