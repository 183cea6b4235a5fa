import { ANY, BOOL, listOf, mapOf, NUMBER, objectOf, STRING, setOf, type Type, tupleOf } from './type.ts'
import type { Value } from './value.ts'

const structural = new WeakMap<object, Type>()

/** The type of a value; cached for values whose type has to be composed. */
export function typeOf(v: Value): Type {
  switch (v.kind) {
    case 'string':
      return STRING
    case 'number':
      return NUMBER
    case 'bool':
      return BOOL
    case 'null':
    case 'unknown':
      return v.type
    default: {
      const known = structural.get(v)
      if (known !== undefined) return known
      const type = compose(v)
      structural.set(v, type)
      return type
    }
  }
}

function compose(v: Extract<Value, { kind: 'list' | 'set' | 'map' | 'tuple' | 'object' }>): Type {
  switch (v.kind) {
    case 'list':
      return listOf(v.element)
    case 'set':
      return setOf(v.element)
    case 'map':
      return mapOf(v.element)
    case 'tuple':
      return tupleOf(v.items.map(typeOf))
    case 'object': {
      const attributes = new Map<string, Type>()
      for (const [name, value] of v.entries) attributes.set(name, typeOf(value))
      return objectOf(attributes)
    }
  }
}

/** Whether two types are the same, optional marks included. */
export function equalTypes(a: Type, b: Type): boolean {
  if (a === b) return true
  switch (a.kind) {
    case 'list':
    case 'set':
    case 'map':
      return b.kind === a.kind && equalTypes(a.element, (b as typeof a).element)
    case 'tuple':
      return (
        b.kind === 'tuple' &&
        a.elements.length === b.elements.length &&
        a.elements.every((element, i) => equalTypes(element, b.elements[i] ?? ANY))
      )
    case 'object':
      return b.kind === 'object' && equalAttributes(a, b)
    default:
      return a.kind === b.kind
  }
}

type ObjectType = Extract<Type, { kind: 'object' }>

function equalAttributes(a: ObjectType, b: ObjectType): boolean {
  if (a.attributes.size !== b.attributes.size || a.optional.size !== b.optional.size) return false
  for (const [name, type] of a.attributes) {
    const other = b.attributes.get(name)
    if (other === undefined || !equalTypes(type, other)) return false
    if (a.optional.has(name) !== b.optional.has(name)) return false
  }
  return true
}

export function isPrimitive(t: Type): boolean {
  return t.kind === 'string' || t.kind === 'number' || t.kind === 'bool'
}

/** Whether the type has one element type: list, set or map. */
export function isCollection(t: Type): t is Extract<Type, { kind: 'list' | 'set' | 'map' }> {
  return t.kind === 'list' || t.kind === 'set' || t.kind === 'map'
}

/** Whether `any` occurs somewhere inside. */
export function hasAny(t: Type): boolean {
  if (isCollection(t)) return hasAny(t.element)
  if (t.kind === 'tuple') return t.elements.some(hasAny)
  if (t.kind === 'object') return [...t.attributes.values()].some(hasAny)
  return t.kind === 'any'
}

/** The type a value gets: the same without any `optional` marks. */
export function withoutOptional(t: Type): Type {
  if (isCollection(t)) {
    const element = withoutOptional(t.element)
    return element === t.element ? t : { kind: t.kind, element }
  }
  if (t.kind === 'tuple') return tupleOf(t.elements.map(withoutOptional))
  if (t.kind !== 'object') return t
  return objectOf(new Map([...t.attributes].map(([name, type]) => [name, withoutOptional(type)])))
}

/** The name a type has in messages: `list of string`, `tuple`, `dynamic` (spec bake 3.6). */
export function friendlyName(t: Type): string {
  if (isCollection(t)) return `${t.kind} of ${friendlyName(t.element)}`
  return t.kind === 'any' ? 'dynamic' : t.kind
}

/** The name of a type that is asked for: `any type`, `list of any single type` (spec bake 10.6). */
export function friendlyNameForList(t: Type): string {
  if (isCollection(t)) {
    return `${t.kind} of ${t.element.kind === 'any' ? 'any single type' : friendlyNameForList(t.element)}`
  }
  return t.kind === 'any' ? 'any type' : t.kind
}
