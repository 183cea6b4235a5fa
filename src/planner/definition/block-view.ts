import { list, mapOfEntries, nullOf, object, str } from '../../core/value/make.ts'
import { BOOL, listOf, mapOf, STRING, type Type } from '../../core/value/type.ts'
import type { Value } from '../../core/value/value.ts'
import { FIELDS, type FieldRow } from '../fields.ts'
import type { AttestEntry, CacheEntry, OutputEntry, PolicyEntry, SecretEntry, SshEntry } from '../plan.ts'
import { type ElementKind, elementType, RESOURCES } from './decode-elements.ts'
import type { Decoded } from './decoded.ts'

const TEXTS = listOf(STRING)
const TEXT_MAP = mapOf(STRING)

/**
 * What `target.NAME` gives other expressions: every attribute of the block itself as decoded so far, absent
 * ones null, lists of elements empty (spec bake 2.3).
 */
export function targetView(name: string, decoded: ReadonlyMap<string, Decoded>): Value {
  const entries = new Map<string, Value>([['name', str(name)]])
  entries.set('inherits', decoded.get('inherits')?.seen ?? nullOf(TEXTS))
  for (const row of FIELDS) entries.set(row.key, viewOf(row, decoded.get(row.key)))
  return object(entries)
}

/** What `group.NAME` gives other expressions. */
export function groupView(name: string, decoded: ReadonlyMap<string, Decoded>): Value {
  return object([
    ['name', str(name)],
    ['description', decoded.get('description')?.seen ?? str('')],
    ['targets', decoded.get('targets')?.seen ?? nullOf(TEXTS)],
  ])
}

function viewOf(row: FieldRow, decoded: Decoded | undefined): Value {
  switch (row.kind) {
    case 'string':
      return decoded?.seen ?? (row.key === 'description' ? str('') : nullOf(STRING))
    case 'bool':
      return decoded?.seen ?? nullOf(BOOL)
    case 'strings':
      return decoded?.seen ?? nullOf(TEXTS)
    case 'map':
      return decoded?.seen ?? nullOf(TEXT_MAP)
    case 'resources':
      return decoded?.seen ?? nullOf(RESOURCES)
    default: {
      const entries = (decoded?.value ?? []) as readonly unknown[]
      return list(
        seenType(row.kind),
        entries.map((entry) => elementView(row.kind as ElementKind, entry)),
      )
    }
  }
}

function seenType(kind: ElementKind): Type {
  const type = elementType(kind)
  return type.kind === 'object' ? { ...type, optional: new Set() } : type
}

function elementView(kind: ElementKind, entry: unknown): Value {
  switch (kind) {
    case 'secret': {
      const { id, src = '', env = '' } = entry as SecretEntry
      return object([
        ['id', str(id)],
        ['src', str(src)],
        ['env', str(env)],
      ])
    }
    case 'ssh': {
      const { id, paths } = entry as SshEntry
      return object([
        ['id', str(id)],
        ['paths', list(STRING, paths.map(str))],
      ])
    }
    case 'policy':
      return textMap(policyTexts(entry as PolicyEntry))
    case 'attest': {
      const { type, disabled, attrs } = entry as AttestEntry
      return textMap({ ...attrs, type, ...(disabled ? { disabled: 'true' } : {}) })
    }
    case 'output': {
      const { type, attrs } = entry as OutputEntry
      return textMap({ dest: '', ...attrs, type })
    }
    case 'cache': {
      const { type, attrs } = entry as CacheEntry
      return textMap({ ...attrs, type })
    }
  }
}

function policyTexts(policy: PolicyEntry): Readonly<Record<string, string>> {
  const [filename] = policy.files
  return {
    ...(filename === undefined ? {} : { filename }),
    ...(policy.reset ? { reset: 'true' } : {}),
    ...(policy.disabled ? { disabled: 'true' } : {}),
    ...(policy.strict === undefined ? {} : { strict: String(policy.strict) }),
    ...(policy.logLevel === undefined ? {} : { 'log-level': policy.logLevel }),
  }
}

function textMap(texts: Readonly<Record<string, string>>): Value {
  return mapOfEntries(
    STRING,
    Object.entries(texts).map(([name, text]) => [name, str(text)] as const),
  )
}
