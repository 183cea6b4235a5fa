import { quoteJson } from '../go/json-quote.ts'
import { quote } from '../go/quote.ts'
import { convert } from './convert.ts'
import { type JsonNode, parseJson } from './json-text.ts'
import { bool, list, mapOfEntries, nullOf, object, setOfItems, sortedKeys, str, tuple } from './make.ts'
import { parseNumber, renderNumber } from './number.ts'
import { ANY, type Type } from './type.ts'
import { typeFromJson, typeToJson } from './type-json.ts'
import { equalTypes, friendlyName, isCollection, typeOf } from './type-of.ts'
import type { Value } from './value.ts'

export type JsonText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly message: string }
export type JsonValue =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly message: string }

/** `jsonencode`: keys sorted, no spaces, exact numbers. Fails on infinities and unknown values. */
export function toJson(v: Value): JsonText {
  return toJsonTyped(v, typeOf(v))
}

/** Like `toJson` for a value of a declared type: where that says `any`, the type is written along. */
export function toJsonTyped(v: Value, type: Type): JsonText {
  const failure: { message?: string } = {}
  const text = write(v, type, failure)
  return failure.message === undefined ? { ok: true, text } : { ok: false, message: failure.message }
}

/** `jsondecode`: objects become objects, arrays tuples, numbers stay exact. */
export function fromJson(text: string): JsonValue {
  const parsed = parseJson(text)
  return parsed.ok ? implied(parsed.node) : parsed
}

/** Reads JSON as a value of `type`; numbers and bools turn to strings and back, absent attributes to null. */
export function fromJsonTyped(text: string, type: Type): JsonValue {
  const parsed = parseJson(text)
  return parsed.ok ? decode(parsed.node, type) : parsed
}

function write(v: Value, type: Type, failure: { message?: string }): string {
  if (v.kind === 'unknown') {
    failure.message ??= 'value is not known'
    return ''
  }
  if (type.kind === 'any' && typeOf(v).kind !== 'any') {
    return `{"value":${write(v, typeOf(v), failure)},"type":${typeToJson(typeOf(v))}}`
  }
  switch (v.kind) {
    case 'null':
      return 'null'
    case 'bool':
      return String(v.value)
    case 'string':
      return quoteJson(v.value)
    case 'number':
      if (v.value.infinite) failure.message ??= 'cannot serialize infinity as JSON'
      return renderNumber(v.value)
    case 'list':
    case 'set':
    case 'tuple':
      return `[${v.items.map((item, i) => write(item, itemType(type, item, i), failure)).join(',')}]`
    case 'map':
    case 'object':
      return `{${sortedKeys(v.entries)
        .map((key) => {
          const part = v.entries.get(key) as Value
          return `${quoteJson(key)}:${write(part, attributeType(type, part, key), failure)}`
        })
        .join(',')}}`
  }
}

function itemType(type: Type, item: Value, index: number): Type {
  if (isCollection(type)) return type.element
  return (type.kind === 'tuple' ? type.elements[index] : undefined) ?? typeOf(item)
}

function attributeType(type: Type, part: Value, name: string): Type {
  if (isCollection(type)) return type.element
  return (type.kind === 'object' ? type.attributes.get(name) : undefined) ?? typeOf(part)
}

function implied(node: JsonNode): JsonValue {
  switch (node.kind) {
    case 'null':
      return done(nullOf(ANY))
    case 'bool':
      return done(bool(node.value))
    case 'string':
      return done(str(node.text))
    case 'number':
      return decodeNumber(node.text)
    case 'array': {
      const items = decodeAll(node.items, implied)
      return Array.isArray(items) ? done(tuple(items)) : (items as Failure)
    }
    case 'object':
      return impliedObject(node.members)
  }
}

/** A repeated key is good only when its values have one type; the last wins. */
function impliedObject(members: readonly (readonly [string, JsonNode])[]): JsonValue {
  const entries = new Map<string, Value>()
  for (const [name, node] of members) {
    const key = normal(name)
    const part = implied(node)
    if (!part.ok) return part
    const before = entries.get(key)
    if (before !== undefined && !equalTypes(typeOf(before), typeOf(part.value))) {
      return refused(`duplicate ${quote(key)} property in JSON object`)
    }
    entries.set(key, part.value)
  }
  return done(object(entries))
}

function decode(node: JsonNode, type: Type): JsonValue {
  if (node.kind === 'null') return done(nullOf(type))
  switch (type.kind) {
    case 'any':
      return decodeDynamic(node)
    case 'string':
    case 'number':
    case 'bool':
      return decodePrimitive(node, type.kind)
    case 'list':
    case 'set': {
      if (node.kind !== 'array') return refused('missing expected [')
      const items = decodeAll(node.items, (item) => decode(item, type.element))
      if (!Array.isArray(items)) return items as Failure
      return done((type.kind === 'list' ? list : setOfItems)(type.element, items))
    }
    case 'tuple':
      return decodeTuple(node, type.elements)
    case 'map':
      return decodeMap(node, type.element)
    case 'object':
      return decodeObject(node, type)
    default:
      return refused(`unsupported type ${friendlyName(type)}`)
  }
}

function decodePrimitive(node: JsonNode, kind: 'string' | 'number' | 'bool'): JsonValue {
  if (kind === 'number') {
    return node.kind === 'number' || node.kind === 'string'
      ? decodeNumber(node.text)
      : refused('number is required')
  }
  if (kind === 'bool') {
    if (node.kind === 'bool') return done(bool(node.value))
    if (node.kind !== 'string') return refused('bool is required')
    const converted = convert(str(node.text), { kind })
    return converted.ok ? converted : refused(converted.message)
  }
  if (node.kind === 'bool') return done(str(String(node.value)))
  return node.kind === 'string' || node.kind === 'number'
    ? done(str(node.text))
    : refused('string is required')
}

function decodeNumber(text: string): JsonValue {
  const value = parseNumber(text)
  return value === undefined ? refused('a number is required') : done({ kind: 'number', value })
}

function decodeTuple(node: JsonNode, elements: readonly Type[]): JsonValue {
  if (node.kind !== 'array') return refused('missing expected [')
  if (node.items.length > elements.length) return refused(`too many tuple elements (need ${elements.length})`)
  const items: Value[] = []
  for (const [i, item] of node.items.entries()) {
    const part = decode(item, elements[i] ?? ANY)
    if (!part.ok) return part
    items.push(part.value)
  }
  if (items.length < elements.length) return refused(`not enough tuple elements (need ${elements.length})`)
  return done(tuple(items))
}

function decodeMap(node: JsonNode, element: Type): JsonValue {
  if (node.kind !== 'object') return refused('missing expected {')
  const entries = new Map<string, Value>()
  for (const [key, value] of node.members) {
    const part = decode(value, element)
    if (!part.ok) return part
    entries.set(normal(key), part.value)
  }
  return done(mapOfEntries(element, entries))
}

function decodeObject(node: JsonNode, type: Extract<Type, { kind: 'object' }>): JsonValue {
  if (node.kind !== 'object') return refused('missing expected {')
  const entries = new Map<string, Value>()
  for (const [key, value] of node.members) {
    const want = type.attributes.get(key)
    if (want === undefined) return refused(`unsupported attribute ${quote(key)}`)
    const part = decode(value, want)
    if (!part.ok) return part
    entries.set(key, part.value)
  }
  for (const [name, want] of type.attributes) if (!entries.has(name)) entries.set(name, nullOf(want))
  return done(object(entries))
}

/** A value of type `any` travels as `{"value": …, "type": …}`. */
function decodeDynamic(node: JsonNode): JsonValue {
  if (node.kind !== 'object') return refused('missing expected {')
  const stranger = node.members.find(([key]) => key !== 'type' && key !== 'value')
  if (stranger !== undefined) return refused(`invalid key ${quote(stranger[0])} in dynamically-typed value`)
  const type = node.members.findLast(([key]) => key === 'type')?.[1]
  const value = node.members.findLast(([key]) => key === 'value')?.[1]
  if (type === undefined) return refused('missing type in dynamically-typed value')
  const read = typeFromJson(type)
  if (read === undefined) return refused('failed to decode type for dynamic value: invalid type')
  if (value === undefined) return refused('missing value in dynamically-typed value')
  return decode(value, read)
}

type Failure = Extract<JsonValue, { ok: false }>

function decodeAll(nodes: readonly JsonNode[], one: (node: JsonNode) => JsonValue): Value[] | Failure {
  const items: Value[] = []
  for (const node of nodes) {
    const part = one(node)
    if (!part.ok) return part
    items.push(part.value)
  }
  return items
}

function normal(key: string): string {
  const value = str(key)
  return value.kind === 'string' ? value.value : key
}

function done(value: Value): JsonValue {
  return { ok: true, value }
}

function refused(message: string): Failure {
  return { ok: false, message }
}
