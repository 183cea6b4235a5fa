import { compareBytes } from '../../core/text/byte-order.ts'
import { sortedKeys } from '../../core/value/make.ts'
import { RESOURCE_FIELDS } from '../elements/resources.ts'
import { FIELDS, type FieldRow } from '../fields.ts'
import type {
  AttestEntry,
  CacheEntry,
  PolicyEntry,
  ResourcesEntry,
  SecretEntry,
  SshEntry,
  TargetFields,
} from '../plan.ts'
import type { Json } from './json.ts'

/** The printed object of a target (spec bake 10.1 to 10.3): keys in table order, empty ones left out. */
export function targetJson(fields: TargetFields): ReadonlyMap<string, Json> {
  const members = new Map<string, Json>()
  for (const row of FIELDS) {
    const value = fields[row.property]
    const json = value === undefined ? undefined : fieldJson(row, value)
    if (json !== undefined) members.set(row.key, json)
  }
  return members
}

/** A text list or map prints escaped where reading it back needs that. */
function escaped(row: FieldRow, text: string): string {
  if (row.escaped !== true || !text.includes('{')) return text
  return text.replaceAll('${', () => '$${').replaceAll('%{', '%%{')
}

function fieldJson(row: FieldRow, value: unknown): Json | undefined {
  switch (row.kind) {
    case 'string':
      return row.key === 'description' && value === '' ? undefined : escaped(row, value as string)
    case 'bool':
      return value as boolean
    case 'strings':
      return orAbsent((value as readonly string[]).map((text) => escaped(row, text)))
    case 'map':
      return mapJson(row, value as ReadonlyMap<string, string>)
    case 'resources':
      return resourcesJson(value as ResourcesEntry)
    default:
      return orAbsent((value as readonly unknown[]).map((entry) => elementJson(row, entry)))
  }
}

function orAbsent(items: readonly Json[]): Json | undefined {
  return items.length === 0 ? undefined : items
}

function mapJson(row: FieldRow, map: ReadonlyMap<string, string>): Json | undefined {
  if (map.size === 0) return undefined
  const json = new Map<string, Json>()
  for (const key of sortedKeys(map)) json.set(key, escaped(row, map.get(key) ?? ''))
  return json
}

function elementJson(row: FieldRow, entry: unknown): Json {
  switch (row.kind) {
    case 'attest': {
      const { type, disabled, attrs } = entry as AttestEntry
      return sorted({ ...attrs, type, ...(disabled ? { disabled: true } : {}) })
    }
    case 'secret': {
      const { id, src, env } = entry as SecretEntry
      return present({ id, src, env })
    }
    case 'ssh': {
      const { id, paths } = entry as SshEntry
      return present({ id, paths })
    }
    case 'policy':
      return policyJson(entry as PolicyEntry)
    default: {
      const { type, attrs } = entry as CacheEntry
      return sorted({ ...attrs, type })
    }
  }
}

function sorted(members: Readonly<Record<string, Json>>): Json {
  return new Map(Object.entries(members).sort(([a], [b]) => compareBytes(a, b)))
}

function present(members: Readonly<Record<string, string | readonly string[] | undefined>>): Json {
  const kept = Object.entries(members).filter(([, value]) => value !== undefined && value.length > 0)
  return new Map(kept as [string, string | readonly string[]][])
}

function resourcesJson(resources: ResourcesEntry): Json {
  const members = new Map<string, Json>()
  for (const { key, property } of RESOURCE_FIELDS) {
    const value = resources[property]
    if (value !== undefined) members.set(key, value)
  }
  return members
}

/** Policies print with the names of their Go fields. */
function policyJson(policy: PolicyEntry): Json {
  const files = policy.files.map(
    (name) =>
      new Map<string, Json>([
        ['Filename', name],
        ['Data', null],
      ]),
  )
  return new Map<string, Json>([
    ['Files', files.length === 0 ? null : files],
    ['Reset', policy.reset],
    ['Disabled', policy.disabled],
    ['Strict', policy.strict ?? null],
    ['LogLevel', policy.logLevel ?? null],
  ])
}
