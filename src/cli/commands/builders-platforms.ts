const MOST_GROUPS = 4
const MAJOR: readonly string[] = ['amd64', 'arm64', 'arm', 'ppc64le', 's390x', 'riscv64', 'mips64'].map(
  (architecture) => `linux/${architecture}`,
)

/** Platforms for one cell (spec cli 3.2): variants as `linux/amd64 (+4)`, at most four groups, then `(N more)`. */
export function shortPlatforms(platforms: readonly string[]): readonly string[] {
  const groups = new Map<string, string[]>()
  for (const platform of platforms) {
    const key = platform.replace(/\*$/, '').split('/').slice(0, 2).join('/')
    groups.set(key, [...(groups.get(key) ?? []), platform])
  }
  const keys = [
    ...MAJOR.filter((key) => groups.has(key)),
    ...[...groups.keys()].filter((key) => !MAJOR.includes(key)).sort(),
  ]
  const shown = keys.slice(0, MOST_GROUPS).map((key) => groupText(key, groups.get(key) ?? []))
  const hidden = keys.slice(MOST_GROUPS).reduce((sum, key) => sum + (groups.get(key)?.length ?? 0), 0)
  return hidden === 0 ? shown : [...shown, `(${hidden} more)`]
}

function groupText(key: string, members: readonly string[]): string {
  const [only] = members
  if (members.length === 1 && only !== undefined) return only
  const star = members.some((platform) => platform.endsWith('*')) ? '*' : ''
  return `${key}${star} (+${members.length})`
}
