import { distinctTexts, lastByKey, withoutEqualEntries } from './elements/equality.ts'
import { type FieldRow, fieldOfProperty } from './fields.ts'
import type {
  AttestEntry,
  CacheEntry,
  OutputEntry,
  ResourcesEntry,
  SecretEntry,
  SshEntry,
  TargetFields,
} from './plan.ts'

type Loose = Record<string, unknown>

/**
 * Lays `over` on top of `under` by the merge rule of each key (spec bake 2.4). One function serves several
 * blocks of one target, Compose under HCL, and inheritance.
 */
export function mergeFields(under: TargetFields, over: TargetFields): TargetFields {
  const merged: Loose = { ...under }
  for (const property of Object.keys(over)) {
    const row = fieldOfProperty(property)
    const value = (over as Loose)[property]
    if (row === undefined || value === undefined) continue
    const base = merged[property]
    merged[property] = base === undefined ? value : mergeValue(row, base, value)
  }
  return merged as TargetFields
}

function mergeValue(row: FieldRow, base: unknown, value: unknown): unknown {
  switch (row.merge) {
    case 'replace':
      return value
    case 'replace-text':
      return value === '' ? base : value
    case 'append':
    case 'append-raw':
      return [...(base as readonly unknown[]), ...(value as readonly unknown[])]
    case 'append-entries':
      return withoutEqualEntries([...(base as readonly CacheEntry[]), ...(value as readonly CacheEntry[])])
    case 'by-key':
      return mergeByKey(row, base, value)
    case 'map':
      return new Map([...(base as ReadonlyMap<string, string>), ...(value as ReadonlyMap<string, string>)])
    case 'by-field':
      return { ...(base as ResourcesEntry), ...(value as ResourcesEntry) }
  }
}

function mergeByKey(row: FieldRow, base: unknown, value: unknown): unknown {
  const entries = [...(base as readonly unknown[]), ...(value as readonly unknown[])]
  return row.kind === 'attest'
    ? lastByKey(entries as readonly AttestEntry[], (entry) => entry.type)
    : lastByKey(entries as readonly (SecretEntry | SshEntry)[], (entry) => entry.id)
}

/**
 * Puts a resolved target in order after every level (spec bake 2.4): repeats and "" leave text lists,
 * emptied entry lists and named contexts vanish, and `network = "host"` asks for its entitlement.
 */
export function normaliseFields(fields: TargetFields): TargetFields {
  const result: Loose = {}
  for (const property of Object.keys(fields)) {
    const row = fieldOfProperty(property)
    const value = row === undefined ? undefined : normaliseValue(row, (fields as Loose)[property])
    if (value !== undefined) result[property] = value
  }
  if (fields.network === 'host') {
    result['entitlements'] = distinctTexts([...(fields.entitlements ?? []), 'network.host'])
  }
  return result as TargetFields
}

function normaliseValue(row: FieldRow, value: unknown): unknown {
  if (row.distinct === true) return distinctTexts(value as readonly string[])
  switch (row.kind) {
    case 'attest': {
      const entries = lastByKey(value as readonly AttestEntry[], (entry) => entry.type)
      return entries.length === 0 ? undefined : entries
    }
    case 'secret':
    case 'ssh': {
      const entries = lastByKey(value as readonly (SecretEntry | SshEntry)[], (entry) => entry.id)
      return entries.length === 0 ? undefined : entries
    }
    case 'cache':
    case 'output': {
      const entries = withoutEqualEntries(value as readonly (CacheEntry | OutputEntry)[])
      return entries.length === 0 ? undefined : entries
    }
    case 'map':
      return row.key === 'contexts' ? withoutEmptyContexts(value as ReadonlyMap<string, string>) : value
    default:
      return value
  }
}

function withoutEmptyContexts(
  contexts: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> | undefined {
  const kept = [...contexts].filter(([, value]) => value !== '')
  return kept.length === 0 ? undefined : kept.length === contexts.size ? contexts : new Map(kept)
}
