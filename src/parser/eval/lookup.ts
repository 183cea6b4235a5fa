import { quote } from '../../core/go/quote.ts'
import { convert } from '../../core/value/convert.ts'
import { unknownOf } from '../../core/value/make.ts'
import { type BigFloat, compareNumbers, fromInt, isWhole, toInt, ZERO } from '../../core/value/number.ts'
import { NUMBER, STRING, type Type } from '../../core/value/type.ts'
import { friendlyName, isPrimitive, typeOf } from '../../core/value/type-of.ts'
import type { Value } from '../../core/value/value.ts'
import { UNKNOWN } from './evaluation.ts'

/** A value found inside another one, or why it is not there. */
export type Lookup =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly summary: string; readonly detail: string }

const found = (value: Value): Lookup => ({ ok: true, value })
const missing = (summary: string, detail: string): Lookup => ({ ok: false, summary, detail })
const NOT_IN = 'The given key does not identify an element in this collection value'

/** `value.name` (spec bake 3.5). */
export function getAttribute(value: Value, name: string): Lookup {
  switch (value.kind) {
    case 'null':
      return missing(
        'Attempt to get attribute from null value',
        'This value is null, so it does not have any attributes.',
      )
    case 'unknown':
      return unknownAttribute(value.type, name)
    case 'object': {
      const entry = value.entries.get(name)
      return entry === undefined ? noAttribute(name) : found(entry)
    }
    case 'map': {
      const entry = value.entries.get(name)
      if (entry !== undefined) return found(entry)
      return missing('Missing map element', `This map does not have an element with the key ${quote(name)}.`)
    }
    default:
      return unsupported(typeOf(value), name)
  }
}

function unknownAttribute(type: Type, name: string): Lookup {
  if (type.kind === 'any') return found(UNKNOWN)
  if (type.kind === 'map') return found(unknownOf(type.element))
  if (type.kind !== 'object') return unsupported(type, name)
  const attribute = type.attributes.get(name)
  return attribute === undefined ? noAttribute(name) : found(unknownOf(attribute))
}

function noAttribute(name: string): Lookup {
  return missing('Unsupported attribute', `This object does not have an attribute named ${quote(name)}.`)
}

function unsupported(type: Type, name: string): Lookup {
  const fail = (detail: string): Lookup => missing('Unsupported attribute', detail)
  if (type.kind === 'list' && type.element.kind === 'object') {
    const wanted = type.element.attributes.has(name) ? `attribute ${quote(name)}` : 'an attribute'
    return fail(
      `Can't access attributes on a list of objects. Did you mean to access ${wanted} for a specific element of the list, or across all elements of the list?`,
    )
  }
  if (type.kind === 'set' && type.element.kind === 'object') {
    return fail(
      "Can't access attributes on a set of objects. Did you mean to access an attribute across all elements of the set?",
    )
  }
  if (!isPrimitive(type)) return fail('This value does not have any attributes.')
  return fail(`Can't access attributes on a primitive-typed value (${friendlyName(type)}).`)
}

/** `value[key]` (spec bake 3.5). */
export function getIndex(value: Value, key: Value): Lookup {
  if (value.kind === 'null') {
    return missing('Attempt to index null value', 'This value is null, so it does not have any indices.')
  }
  if (key.kind === 'null') return missing('Invalid index', "Can't use a null value as an indexing key.")
  const type = typeOf(value)
  if (type.kind === 'any' || typeOf(key).kind === 'any') return found(UNKNOWN)
  switch (type.kind) {
    case 'list':
    case 'tuple':
      return withKey(key, NUMBER, (index) => itemAt(value, type, index))
    case 'map':
      return withKey(key, STRING, (name) => entryOfMap(value, type.element, name))
    case 'object':
      return withKey(key, STRING, (name) => entryOfObject(value, type, name, key))
    case 'set':
      return missing(
        'Invalid index',
        "Elements of a set are identified only by their value and don't have any separate index or key to select with, so it's only possible to perform operations across all elements of the set.",
      )
    default:
      return missing('Invalid index', 'This value does not have any indices.')
  }
}

function withKey(key: Value, type: Type, look: (key: Value) => Lookup): Lookup {
  const converted = convert(key, type)
  if (converted.ok) return look(converted.value)
  return missing('Invalid index', `${NOT_IN}: ${converted.message}.`)
}

function itemAt(value: Value, type: Type, key: Value): Lookup {
  const known = value.kind === 'list' || value.kind === 'tuple'
  const length = known ? value.items.length : type.kind === 'tuple' ? type.elements.length : undefined
  if (key.kind !== 'number' || length === undefined) {
    return found(type.kind === 'list' ? unknownOf(type.element) : UNKNOWN)
  }
  const index = toInt(key.value)
  if (index === undefined || index < 0 || index >= length) return badPosition(key.value, length)
  if (known) return found(value.items[index] ?? UNKNOWN)
  return found(type.kind === 'tuple' ? unknownOf(type.elements[index] as Type) : UNKNOWN)
}

function badPosition(index: BigFloat, length: number): Lookup {
  const fail = (why: string): Lookup => missing('Invalid index', `${NOT_IN}: ${why}.`)
  if (!isWhole(index)) {
    return fail('indexing a sequence requires a whole number, but the given index has a fractional part')
  }
  if (compareNumbers(index, ZERO) < 0) return fail('a negative number is not a valid index for a sequence')
  // The reference goes into details only for an index just behind the end.
  if (compareNumbers(index, fromInt(length)) > 0) return missing('Invalid index', `${NOT_IN}.`)
  if (length === 0) return fail('the collection has no elements')
  return fail('the given index is greater than or equal to the length of the collection')
}

function entryOfMap(value: Value, element: Type, key: Value): Lookup {
  if (value.kind !== 'map' || key.kind !== 'string') return found(unknownOf(element))
  const entry = value.entries.get(key.value)
  return entry === undefined ? missing('Invalid index', `${NOT_IN}.`) : found(entry)
}

function entryOfObject(
  value: Value,
  type: Extract<Type, { kind: 'object' }>,
  name: Value,
  key: Value,
): Lookup {
  if (name.kind !== 'string') return found(UNKNOWN)
  const attribute = type.attributes.get(name.value)
  if (attribute === undefined) {
    const byNumber = ' An object only supports looking up attributes by name, not by numeric index.'
    return missing('Invalid index', `${NOT_IN}.${typeOf(key).kind === 'number' ? byNumber : ''}`)
  }
  return found(value.kind === 'object' ? (value.entries.get(name.value) ?? UNKNOWN) : unknownOf(attribute))
}
