import { comparePrereleases, compareVersions, parseVersion, type Version } from './semver-version.ts'

/** One comparison with a version that may leave out its last parts (`1.2`, `1.x`). */
interface Comparison {
  readonly operator: string
  readonly bound: Version
  /** Parts given by number: 0 for `*`, 1 for `1` or `1.x`, 2 for `1.2`, 3 for a whole version. */
  readonly given: number
}

/** Comparisons that all have to hold. */
interface Group {
  readonly comparisons: readonly Comparison[]
  /** A prerelease satisfies the group only when one of its bounds is a prerelease. */
  readonly takesPrereleases: boolean
}

export type ReadConstraints =
  | { readonly ok: true; readonly groups: readonly Group[] }
  | { readonly ok: false; readonly message: string }

const TAIL = String.raw`(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?`
const PARTIAL = String.raw`v?[0-9|xX*]+(?:\.[0-9|xX*]+)?(?:\.[0-9|xX*]+)?${TAIL}`
const OPERATORS = String.raw`=||!=|>|<|>=|=>|<=|=<|~|~>|\^`
const SPACE = String.raw`[\t\n\f\r ]`
const RANGE = new RegExp(`${SPACE}*(${PARTIAL})${SPACE}+-${SPACE}+(${PARTIAL})${SPACE}*`, 'g')
const ONE = `(?:${OPERATORS})${SPACE}*${PARTIAL}${SPACE}*`
const GROUP = new RegExp(`^${SPACE}*${ONE}(?:(?:${SPACE}+|,${SPACE}*)${ONE})*$`)
const COMPARISONS = new RegExp(`(?:${OPERATORS})${SPACE}*${PARTIAL}`, 'g')
const COMPARISON = new RegExp(
  String.raw`^${SPACE}*(=>|=<|!=|>=|<=|~>|=|>|<|~|\^|)${SPACE}*v?([0-9|xX*]+)(?:\.([0-9|xX*]+))?(?:\.([0-9|xX*]+))?(${TAIL})${SPACE}*$`,
)

/** Reads constraints: groups joined by `||`, comparisons within a group by commas or spaces. */
export function parseConstraints(text: string): ReadConstraints {
  const groups: Group[] = []
  for (const part of text.replace(RANGE, '>= $1, <= $2 ').split('||')) {
    if (!GROUP.test(part)) return improper(part)
    const comparisons: Comparison[] = []
    for (const [found] of part.matchAll(COMPARISONS)) {
      const comparison = parseComparison(found)
      if (comparison === 'improper') return improper(found)
      if (comparison === undefined) return { ok: false, message: 'constraint parser error' }
      comparisons.push(comparison)
    }
    groups.push({ comparisons, takesPrereleases: comparisons.some((c) => c.bound.prerelease !== '') })
  }
  return { ok: true, groups }
}

function improper(text: string): ReadConstraints {
  return { ok: false, message: `improper constraint: ${text}` }
}

function parseComparison(text: string): Comparison | 'improper' | undefined {
  const found = COMPARISON.exec(text)
  if (found === null) return 'improper'
  const [, operator = '', major = '', minor, patch, tail = ''] = found
  const given = isOpen(major) ? 0 : isOpen(minor) ? 1 : isOpen(patch) ? 2 : 3
  const numbers = [major, minor, patch].map((part, i) => (i < given ? part : '0'))
  const read = parseVersion(numbers.join('.') + tail)
  return read.ok ? { operator, bound: read.version, given } : undefined
}

function isOpen(part: string | undefined): boolean {
  return part === undefined || part === 'x' || part === 'X' || part === '*'
}

/** Whether the version satisfies at least one group. */
export function satisfies(version: Version, groups: readonly Group[]): boolean {
  return groups.some(
    (group) =>
      (version.prerelease === '' || group.takesPrereleases) &&
      group.comparisons.every((comparison) => holds(version, comparison)),
  )
}

function holds(version: Version, comparison: Comparison): boolean {
  switch (comparison.operator) {
    case '!=':
      return differs(version, comparison)
    case '>':
      return exceeds(version, comparison)
    case '<':
      return compareVersions(version, comparison.bound) < 0
    case '>=':
    case '=>':
      return compareVersions(version, comparison.bound) >= 0
    case '<=':
    case '=<':
      return staysBelow(version, comparison)
    case '~':
    case '~>':
      return isNear(version, comparison)
    case '^':
      return isCompatible(version, comparison)
    default:
      return comparison.given < 3
        ? isNear(version, comparison)
        : compareVersions(version, comparison.bound) === 0
  }
}

function differs(version: Version, { bound, given }: Comparison): boolean {
  if (given === 3) return compareVersions(version, bound) !== 0
  if (version.major !== bound.major) return true
  if (given === 1) return false
  if (version.minor !== bound.minor) return true
  if (given === 0) return version.patch !== bound.patch || compareVersions(version, bound) !== 0
  return comparePrereleases(version.prerelease, bound.prerelease) !== 0
}

/** `> 11` means 12 or later, `> 11.1` means 11.2 or later. */
function exceeds(version: Version, { bound, given }: Comparison): boolean {
  if (given === 3) return compareVersions(version, bound) > 0
  if (version.major !== bound.major) return version.major > bound.major
  if (given === 1) return false
  return given === 2 ? version.minor > bound.minor : compareVersions(version, bound) > 0
}

/** `<= 11` takes in 11.9, `<= 11.1` takes in 11.1.9. */
function staysBelow(version: Version, { bound, given }: Comparison): boolean {
  if (given === 3) return compareVersions(version, bound) <= 0
  if (version.major !== bound.major) return version.major < bound.major
  return given === 1 || version.minor <= bound.minor
}

/** `~1.2.3`: the same minor version and not earlier; `~1`: the same major version. */
function isNear(version: Version, { bound, given }: Comparison): boolean {
  if (compareVersions(version, bound) < 0) return false
  const isZero = bound.major === 0n && bound.minor === 0n && bound.patch === 0n
  if (isZero && (given === 0 || given === 3)) return true
  return version.major === bound.major && (given === 1 || version.minor === bound.minor)
}

/** `^1.2.3`: not earlier, and equal up to the first part that is not zero. */
function isCompatible(version: Version, { bound, given }: Comparison): boolean {
  if (compareVersions(version, bound) < 0) return false
  if (version.major !== bound.major) return false
  if (bound.major > 0n || given === 1) return true
  if (bound.minor > 0n || given === 2) return version.minor === bound.minor
  return version.minor === 0n && version.patch === bound.patch
}
