/** A semantic version; build metadata plays no part in comparing. */
export interface Version {
  readonly major: bigint
  readonly minor: bigint
  readonly patch: bigint
  /** Without the dash; empty for a release. */
  readonly prerelease: string
}

export type ReadVersion =
  | { readonly ok: true; readonly version: Version }
  | { readonly ok: false; readonly message: string }

const VERSION =
  /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/
const MAX_SEGMENT = 2n ** 64n - 1n

/** Reads a version; `v`, missing parts and leading zeros are forgiven, as in the reference's package. */
export function parseVersion(text: string): ReadVersion {
  const found = VERSION.exec(text)
  if (found === null) return { ok: false, message: 'invalid semantic version' }
  const segments = [found[1] ?? '0', found[2] ?? '0', found[3] ?? '0']
  const huge = segments.find((segment) => BigInt(segment) > MAX_SEGMENT)
  if (huge !== undefined) {
    const why = `strconv.ParseUint: parsing "${huge}": value out of range`
    return { ok: false, message: `error parsing version segment: ${why}` }
  }
  const prerelease = found[4] ?? ''
  if (prerelease.split('.').some((part) => /^0\d+$/.test(part))) {
    return { ok: false, message: 'version segment starts with 0' }
  }
  const [major = 0n, minor = 0n, patch = 0n] = segments.map(BigInt)
  return { ok: true, version: { major, minor, patch, prerelease } }
}

/** Precedence of two versions: negative, 0 or positive. */
export function compareVersions(a: Version, b: Version): number {
  const numbers = compareBig(a.major, b.major) || compareBig(a.minor, b.minor) || compareBig(a.patch, b.patch)
  return numbers || comparePrereleases(a.prerelease, b.prerelease)
}

/** Precedence of two prereleases; none at all comes after any. */
export function comparePrereleases(a: string, b: string): number {
  if (a === b) return 0
  if (a === '') return 1
  if (b === '') return -1
  const left = a.split('.')
  const right = b.split('.')
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const order = comparePart(left[i] ?? '', right[i] ?? '')
    if (order !== 0) return order
  }
  return 0
}

/** Numbers come before words and count by value; a missing part comes first of all. */
function comparePart(a: string, b: string): number {
  if (a === b) return 0
  if (a === '' || b === '') return a === '' ? -1 : 1
  const numericA = isSegment(a)
  const numericB = isSegment(b)
  if (numericA && numericB) return compareBig(BigInt(a), BigInt(b)) || -1
  if (numericA !== numericB) return numericA ? -1 : 1
  return a > b ? 1 : -1
}

function isSegment(part: string): boolean {
  return /^\d+$/.test(part) && BigInt(part) <= MAX_SEGMENT
}

function compareBig(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}
