import type { OverrideGrants, TargetFields } from '../plan.ts'
import type { KeyOverride } from './override-table.ts'

export const NO_GRANTS: OverrideGrants = { entitlements: [], read: [], write: [] }

/** Paths and entitlements of a target that its overrides wrote, which allows them (spec bake 7.2). */
export function grantsOf(fields: TargetFields, overrides: readonly KeyOverride[]): OverrideGrants {
  const keys = new Set(overrides.map((override) => override.key))
  const read: string[] = []
  const write: string[] = []
  if (keys.has('cache-from')) read.push(...localPaths(fields.cacheFrom, 'src'))
  if (keys.has('cache-to')) write.push(...localPaths(fields.cacheTo, 'dest'))
  if (keys.has('ssh')) read.push(...(fields.ssh ?? []).flatMap((entry) => entry.paths))
  if (keys.has('output')) {
    write.push(...(fields.output ?? []).flatMap((entry) => entry.attrs['dest'] ?? []))
  }
  const ids = new Set(
    overrides.flatMap((override) => (override.key === 'secret' ? (override.sub ?? []) : [])),
  )
  if (ids.size > 0 || keys.has('secrets')) {
    for (const secret of fields.secret ?? []) {
      if (secret.src !== undefined && (keys.has('secrets') || ids.has(secret.id))) read.push(secret.src)
    }
  }
  const entitlements = overrides
    .filter((override) => override.key === 'entitlements')
    .flatMap((override) => override.values)
    .filter((value) => value === 'network.host' || value === 'security.insecure')
  return { entitlements, read, write }
}

function localPaths(entries: TargetFields['cacheFrom'], attr: string): readonly string[] {
  return (entries ?? []).filter((entry) => entry.type === 'local').flatMap((entry) => entry.attrs[attr] ?? [])
}

/** All grants of a run as one, without repeats; undefined when there are none. */
export function joinGrants(all: readonly OverrideGrants[]): OverrideGrants | undefined {
  const joined = {
    entitlements: [...new Set(all.flatMap((grants) => grants.entitlements))],
    read: [...new Set(all.flatMap((grants) => grants.read))],
    write: [...new Set(all.flatMap((grants) => grants.write))],
  }
  return joined.entitlements.length + joined.read.length + joined.write.length === 0 ? undefined : joined
}
