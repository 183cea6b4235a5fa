import { compareNumbers } from './number.ts'

export { compareBytes } from '../text/byte-order.ts'

import type { Type } from './type.ts'
import { equalTypes } from './type-of.ts'
import type { Value } from './value.ts'

/**
 * `==` of the Bake language (spec 3.4): never converts, different types are unequal, two nulls are
 * equal whatever their types. An unknown value equals nothing.
 */
export function equalValues(a: Value, b: Value): boolean {
  if (a.kind === 'null' || b.kind === 'null') return a.kind === b.kind
  return sameInside(a, b)
}

/** Whether a set takes them for one member: as `==`, but -0 and 0 are two. */
export function sameMember(a: Value, b: Value): boolean {
  if (!equalValues(a, b)) return false
  return a.kind !== 'number' || b.kind !== 'number' || a.value.negative === b.value.negative
}

function sameInside(a: Value, b: Value): boolean {
  if (a === b && a.kind !== 'unknown') return true
  switch (a.kind) {
    case 'null':
      return b.kind === 'null' && equalTypes(a.type, b.type)
    case 'unknown':
      return false
    case 'string':
      return b.kind === 'string' && a.value === b.value
    case 'bool':
      return b.kind === 'bool' && a.value === b.value
    case 'number':
      return b.kind === 'number' && compareNumbers(a.value, b.value) === 0
    case 'tuple':
      return b.kind === 'tuple' && sameItems(a.items, b.items)
    case 'list':
    case 'set':
      return b.kind === a.kind && equalTypes(a.element, b.element) && sameItems(a.items, b.items)
    case 'object':
      return b.kind === 'object' && sameEntries(a.entries, b.entries)
    case 'map':
      return b.kind === 'map' && equalElement(a.element, b.element) && sameEntries(a.entries, b.entries)
  }
}

function equalElement(a: Type, b: Type): boolean {
  return a === b || equalTypes(a, b)
}

function sameItems(a: readonly Value[], b: readonly Value[]): boolean {
  return a.length === b.length && a.every((item, i) => sameInside(item, b[i] as Value))
}

function sameEntries(a: ReadonlyMap<string, Value>, b: ReadonlyMap<string, Value>): boolean {
  if (a.size !== b.size) return false
  for (const [key, value] of a) {
    const other = b.get(key)
    if (other === undefined || !sameInside(value, other)) return false
  }
  return true
}
