import { convert } from '../../core/value/convert.ts'
import { toJson } from '../../core/value/json.ts'
import { mismatchMessage } from '../../core/value/mismatch.ts'
import { renderNumber, toBigInt } from '../../core/value/number.ts'
import { listOf, mapOf, NUMBER, objectOf, STRING, type Type } from '../../core/value/type.ts'
import { typeOf } from '../../core/value/type-of.ts'
import type { Value } from '../../core/value/value.ts'
import { attestOfMap, parseAttest } from '../elements/attest.ts'
import type { AttributeField } from '../elements/attribute-list.ts'
import { cacheOfMap, parseCache } from '../elements/cache.ts'
import { outputOfMap, parseOutput } from '../elements/output.ts'
import { type Parsed, parsed, refusal } from '../elements/parsed.ts'
import { parsePolicy, policyOfFields } from '../elements/policy.ts'
import { RESOURCE_FIELDS } from '../elements/resources.ts'
import { parseSecret, secretOf } from '../elements/secret.ts'
import { parseSsh } from '../elements/ssh.ts'
import type { PolicyEntry, ResourcesEntry, SshEntry } from '../plan.ts'
import type { Decoded } from './decoded.ts'

export type ElementKind = 'attest' | 'cache' | 'output' | 'secret' | 'ssh' | 'policy'

const TEXT_MAP = mapOf(STRING)
const SECRET = optionalObject({ id: STRING, src: STRING, env: STRING })
const SSH = optionalObject({ id: STRING, paths: listOf(STRING) })
/** The type of `resources`. */
export const RESOURCES: Type = optionalObject(
  Object.fromEntries(RESOURCE_FIELDS.map((field) => [field.key, field.kind === 'string' ? STRING : NUMBER])),
)

const OBJECT_FORM: Readonly<Record<ElementKind, Type>> = {
  attest: TEXT_MAP,
  cache: TEXT_MAP,
  output: TEXT_MAP,
  policy: TEXT_MAP,
  secret: SECRET,
  ssh: SSH,
}

function optionalObject(attributes: Readonly<Record<string, Type>>): Type {
  const names = Object.keys(attributes)
  return objectOf(new Map(Object.entries(attributes)), new Set(names))
}

/** The type that other blocks see an element of `kind` as. */
export function elementType(kind: ElementKind): Type {
  return OBJECT_FORM[kind]
}

/**
 * Reads a list of elements, each a text or an object (spec bake 2.5). Elements that are "" or not yet known
 * are skipped; the latter already have an error of their own.
 */
export function decodeElements(kind: ElementKind, value: Value): Parsed<Decoded> {
  if (value.kind === 'unknown') return refusal('value must be known')
  if (value.kind === 'null') return refusal('null value is not allowed')
  if (value.kind !== 'tuple' && value.kind !== 'list') {
    return refusal(mismatchMessage(typeOf(value), listOf(OBJECT_FORM[kind])))
  }
  const entries: unknown[] = []
  for (const item of value.items) {
    if (item.kind === 'unknown' || (item.kind === 'string' && item.value === '')) continue
    const entry = item.kind === 'string' ? readText(kind, item.value) : readObject(kind, item)
    if (!entry.ok) return entry
    entries.push(...entry.value)
  }
  return parsed({ value: entries })
}

function readText(kind: ElementKind, text: string): Parsed<readonly unknown[]> {
  switch (kind) {
    case 'cache':
      return parseCache(text)
    case 'attest':
      return single(parseAttest(text))
    case 'output':
      return single(parseOutput(text))
    case 'secret':
      return single(parseSecret(text))
    case 'ssh':
      return parsed([parseSsh(text)])
    case 'policy':
      return single(parsePolicy(text))
  }
}

function readObject(kind: ElementKind, item: Value): Parsed<readonly unknown[]> {
  if (item.kind === 'null') return refusal('null value is not allowed')
  if (kind === 'policy') return single(readPolicyObject(item))
  const converted = convert(item, OBJECT_FORM[kind])
  if (!converted.ok) return refusal(converted.message)
  if (converted.value.kind === 'object') {
    const { entries } = converted.value
    return kind === 'ssh' ? single(readSshObject(entries)) : parsed([secretOf(...secretParts(entries))])
  }
  if (converted.value.kind !== 'map') return refusal('value must be known')
  const map = new Map<string, string>()
  for (const [name, part] of converted.value.entries) {
    if (part.kind === 'null') return refusal('null value is not allowed')
    if (part.kind === 'string') map.set(name, part.value)
  }
  if (kind === 'attest') return single(attestOfMap(map))
  return kind === 'output' ? single(outputOfMap(map)) : single(cacheOfMap(map, () => jsonOf(item)))
}

function jsonOf(value: Value): string {
  const text = toJson(value)
  return text.ok ? text.text : ''
}

function single<T>(entry: Parsed<T>): Parsed<readonly T[]> {
  return entry.ok ? parsed([entry.value]) : entry
}

function textPart(entries: ReadonlyMap<string, Value>, name: string): string {
  const part = entries.get(name)
  return part?.kind === 'string' ? part.value : ''
}

function secretParts(entries: ReadonlyMap<string, Value>): [string, string, string] {
  return [textPart(entries, 'id'), textPart(entries, 'src'), textPart(entries, 'env')]
}

function readSshObject(entries: ReadonlyMap<string, Value>): Parsed<SshEntry> {
  const paths: string[] = []
  const listed = entries.get('paths')
  for (const path of listed?.kind === 'list' ? listed.items : []) {
    if (path.kind === 'null') return refusal('null value is not allowed')
    if (path.kind === 'string') paths.push(path.value)
  }
  return parsed({ id: textPart(entries, 'id'), paths })
}

function readPolicyObject(item: Value): Parsed<PolicyEntry> {
  if (item.kind !== 'object' && item.kind !== 'map') return refusal(mismatchMessage(typeOf(item), TEXT_MAP))
  const fields: AttributeField[] = []
  for (const [key, part] of item.entries) {
    if (part.kind === 'null' || part.kind === 'unknown' || (part.kind === 'string' && part.value === ''))
      continue
    const value =
      part.kind === 'string'
        ? part.value
        : part.kind === 'number'
          ? renderNumber(part.value)
          : part.kind === 'bool'
            ? String(part.value)
            : undefined
    if (value === undefined) return refusal(mismatchMessage(typeOf(part), STRING))
    fields.push({ key, value, text: `${key}=${value}` })
  }
  return policyOfFields(fields)
}

/** Reads the `resources` object; unknown keys are dropped. */
export function decodeResources(value: Value): Parsed<Decoded> {
  if (value.kind === 'unknown') return refusal('value must be known')
  if (value.kind === 'null') return refusal('null value is not allowed')
  const converted = convert(value, RESOURCES)
  if (!converted.ok) return refusal(converted.message)
  const entries = converted.value.kind === 'object' ? converted.value.entries : new Map<string, Value>()
  const resources: { -readonly [K in keyof ResourcesEntry]: string | number } = {}
  for (const field of RESOURCE_FIELDS) {
    const part = entries.get(field.key)
    if (part?.kind === 'string') resources[field.property] = part.value
    if (part?.kind !== 'number') continue
    const whole = toBigInt(part.value)
    if (whole === undefined || BigInt.asIntN(64, whole) !== whole) {
      return refusal('value must be a whole number, between -9223372036854775808 and 9223372036854775807')
    }
    resources[field.property] = Number(whole)
  }
  return parsed({ value: resources as ResourcesEntry, seen: converted.value })
}
