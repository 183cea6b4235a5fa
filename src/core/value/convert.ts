import { quote } from '../go/quote.ts'
import { bool, list, mapOfEntries, nullOf, object, setOfItems, sortedKeys, tuple, unknownOf } from './make.ts'
import { mismatchMessage } from './mismatch.ts'
import { parseNumber, renderNumber } from './number.ts'
import { ANY, listOf, mapOf, objectOf, setOf, type Type, tupleOf } from './type.ts'
import { equalTypes, hasAny, isCollection, typeOf, withoutOptional } from './type-of.ts'
import { canConvert, collectedElement, unify } from './unify.ts'
import type { Value } from './value.ts'

/** Keys and indices from the converted value down to the part that did not convert. */
export type ValuePath = readonly (string | number)[]
export type Conversion =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly message: string; readonly path: ValuePath }

const ROOT: ValuePath = []

/**
 * Converts a value to a type by the rules of spec bake 3.6, with go-cty's messages. Null and unknown
 * stay null and unknown of the new type; optional attributes that are absent become null.
 */
export function convert(v: Value, to: Type): Conversion {
  if (matches(v, to)) return done(v)
  const from = typeOf(v)
  if (equalTypes(from, withoutOptional(to))) return done(v)
  if (!canConvert(from, to)) return failed(mismatchMessage(from, to), ROOT)
  return apply(v, to, ROOT)
}

/** The text shown for a failed conversion. The reference leaves the path out. */
export function conversionMessage(_path: ValuePath, message: string): string {
  return message
}

function done(value: Value): Conversion {
  return { ok: true, value }
}

function failed(message: string, path: ValuePath): Conversion {
  return { ok: false, message, path }
}

/** The common cases that need no look at composed types. */
function matches(v: Value, to: Type): boolean {
  return (
    to.kind === 'any' ||
    ((v.kind === 'string' || v.kind === 'number' || v.kind === 'bool') && v.kind === to.kind)
  )
}

/** Converts one value whose type has a conversion. */
function apply(v: Value, to: Type, path: ValuePath): Conversion {
  if (matches(v, to)) return done(v)
  if (v.kind === 'unknown') return done(unknownOf(resolveAny(v.type, withoutOptional(to))))
  if (v.kind === 'null') return done(nullOf(resolveAny(v.type, withoutOptional(to))))
  switch (to.kind) {
    case 'string':
    case 'number':
    case 'bool':
      return applyPrimitive(v, to.kind, path)
    case 'list':
    case 'set':
      return applySequence(v, to.kind, to.element, path)
    case 'map':
      return applyMap(v, to.element, path)
    case 'tuple':
      return applyTuple(v, to.elements, path)
    case 'object':
      return applyObject(v, to, path)
    default:
      return failed(mismatchMessage(typeOf(v), to), path)
  }
}

function applyPrimitive(v: Value, kind: 'string' | 'number' | 'bool', path: ValuePath): Conversion {
  if (kind === 'string') {
    if (v.kind === 'number') return done({ kind: 'string', value: renderNumber(v.value) })
    if (v.kind === 'bool') return done({ kind: 'string', value: v.value ? 'true' : 'false' })
  }
  if (v.kind !== 'string') return failed(mismatchMessage(typeOf(v), { kind }), path)
  if (kind === 'bool') return boolFromText(v.value, path)
  const value = parseNumber(v.value)
  return value === undefined ? failed('a number is required', path) : done({ kind: 'number', value })
}

function boolFromText(text: string, path: ValuePath): Conversion {
  if (text === 'true' || text === '1') return done(bool(true))
  if (text === 'false' || text === '0') return done(bool(false))
  const lower = text.toLowerCase()
  if (lower !== 'true' && lower !== 'false') return failed('a bool is required', path)
  return failed(`a bool is required; to convert from string, use lowercase "${lower}"`, path)
}

function applySequence(v: Value, kind: 'list' | 'set', element: Type, path: ValuePath): Conversion {
  if (!('items' in v)) return failed(mismatchMessage(typeOf(v), { kind, element }), path)
  const wrap = kind === 'list' ? list : setOfItems
  if (v.items.length === 0) {
    const kept = element.kind === 'any' && 'element' in v ? v.element : withoutOptional(element)
    return done(wrap(kept, []))
  }
  const want = v.kind === 'tuple' ? elementOf(v.items, element) : element
  const items: Value[] = []
  for (let i = 0; i < v.items.length; i++) {
    const item = convertPart(v.items[i] as Value, want, path, i)
    if (!item.ok) return item
    items.push(item.value)
  }
  const common = commonType(items, want)
  if (common === undefined) {
    const reason =
      v.kind === 'tuple' && kind === 'list'
        ? 'cannot find a common base type for all elements'
        : `element types must all match for conversion to ${kind}`
    return failed(reason, path)
  }
  return done(wrap(common, hasAny(want) ? alignAll(items, common) : items))
}

function applyMap(v: Value, element: Type, path: ValuePath): Conversion {
  if (!('entries' in v)) return failed(mismatchMessage(typeOf(v), mapOf(element)), path)
  if (v.entries.size === 0) {
    const kept = element.kind === 'any' && v.kind === 'map' ? v.element : withoutOptional(element)
    return done(mapOfEntries(kept, new Map()))
  }
  const keys = sortedKeys(v.entries)
  const parts = keys.map((key) => v.entries.get(key) as Value)
  const want = v.kind === 'object' ? elementOf(parts, element) : element
  const items: Value[] = []
  for (let i = 0; i < keys.length; i++) {
    const item = convertPart(parts[i] as Value, want, path, keys[i] ?? '')
    if (!item.ok) return item
    items.push(item.value)
  }
  const common = want.kind === 'any' ? onlyType(items) : commonType(items, want)
  if (common === undefined) {
    const reason =
      want.kind === 'any'
        ? 'attribute types must all match for conversion to map'
        : 'cannot find a common base type for all elements'
    return failed(reason, path)
  }
  const aligned = hasAny(want) ? alignAll(items, common) : items
  return done(mapOfEntries(common, new Map(keys.map((key, i) => [key, aligned[i] as Value]))))
}

/** The element type a structure is converted to; the caller knows that its parts unify. */
function elementOf(parts: readonly Value[], element: Type): Type {
  if (element.kind !== 'any') return element
  return collectedElement(parts.map(typeOf), element, 'unsafe') ?? ANY
}

/** The element type of converted items; differs from `want` only where `want` left something open. */
function commonType(items: readonly Value[], want: Type): Type | undefined {
  return hasAny(want) ? unify(items.map(typeOf)) : withoutOptional(want)
}

/** The one type of items that were not converted, untyped nulls aside; undefined when there are several. */
function onlyType(items: readonly Value[]): Type | undefined {
  const [first, ...others] = items.map(typeOf).filter((type) => type.kind !== 'any')
  if (first === undefined) return ANY
  return others.every((type) => equalTypes(type, first)) ? first : undefined
}

/** Items that keep an open type (an untyped null in a list of strings) take the common one. */
function alignAll(items: readonly Value[], common: Type): readonly Value[] {
  return items.map((item) => {
    const aligned = convert(item, common)
    return aligned.ok ? aligned.value : item
  })
}

function applyTuple(v: Value, elements: readonly Type[], path: ValuePath): Conversion {
  if (v.kind !== 'tuple') return failed(mismatchMessage(typeOf(v), tupleOf(elements)), path)
  const items: Value[] = []
  for (let i = 0; i < v.items.length; i++) {
    const item = convertPart(v.items[i] as Value, elements[i] ?? ANY, path, i)
    if (!item.ok) return item
    items.push(item.value)
  }
  return done(tuple(items))
}

function applyObject(v: Value, to: Extract<Type, { kind: 'object' }>, path: ValuePath): Conversion {
  if (!('entries' in v)) return failed(mismatchMessage(typeOf(v), to), path)
  const entries = new Map<string, Value>()
  for (const name of sortedKeys(v.entries)) {
    const want = to.attributes.get(name)
    if (want === undefined) continue
    const part = v.entries.get(name) as Value
    if (v.kind === 'map' && !canConvert(v.element, want)) {
      const why = mismatchMessage(typeOf(part), want)
      return failed(`map element type is incompatible with attribute ${quote(name)}: ${why}`, path)
    }
    const converted = convertPart(part, want, path, name)
    if (!converted.ok) return converted
    entries.set(name, converted.value)
  }
  for (const name of sortedKeys(to.attributes)) {
    if (entries.has(name)) continue
    if (!to.optional.has(name))
      return failed(`map has no element for required attribute ${quote(name)}`, path)
    entries.set(name, nullOf(withoutOptional(to.attributes.get(name) ?? ANY)))
  }
  return done(object(entries))
}

function convertPart(part: Value, want: Type, path: ValuePath, step: string | number): Conversion {
  if (matches(part, want)) return done(part)
  if (equalTypes(typeOf(part), withoutOptional(want))) return done(part)
  return apply(part, want, [...path, step])
}

/** Fills each `any` of `to` with what `from` has there, for null and unknown values. */
function resolveAny(from: Type, to: Type): Type {
  if (from.kind === 'any') return to
  if (to.kind === 'any') return from
  if (isCollection(to)) {
    const element = elementFor(from)
    if (element === undefined) return to
    const resolved = resolveAny(element, to.element)
    return to.kind === 'list' ? listOf(resolved) : to.kind === 'set' ? setOf(resolved) : mapOf(resolved)
  }
  if (to.kind === 'tuple' && from.kind === 'tuple') {
    return tupleOf(to.elements.map((element, i) => resolveAny(from.elements[i] ?? ANY, element)))
  }
  if (to.kind !== 'object') return to
  const attributes = new Map<string, Type>()
  for (const [name, type] of to.attributes) {
    const have =
      from.kind === 'object' ? from.attributes.get(name) : from.kind === 'map' ? from.element : undefined
    attributes.set(name, have === undefined ? type : resolveAny(have, type))
  }
  return objectOf(attributes)
}

function elementFor(from: Type): Type | undefined {
  if (isCollection(from)) return from.element
  if (from.kind === 'tuple') return unify(from.elements)
  return from.kind === 'object' ? unify([...from.attributes.values()]) : undefined
}
