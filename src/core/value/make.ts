import { compareBytes, sameMember } from './equal.ts'
import { type BigFloat, compareNumbers, fromFloat64, fromInt, toFloat64 } from './number.ts'
import { ANY, type Type } from './type.ts'
import type { Value } from './value.ts'

export const TRUE: Value = { kind: 'bool', value: true }
export const FALSE: Value = { kind: 'bool', value: false }

const ASCII = /^[\x00-\x7f]*$/
const UNTYPED_NULL: Value = { kind: 'null', type: ANY }
const EMPTY_TEXT: Value = { kind: 'string', value: '' }

/** A string, NFC-normalised (spec bake 3.3). */
export function str(s: string): Value {
  if (s === '') return EMPTY_TEXT
  return { kind: 'string', value: ASCII.test(s) ? s : s.normalize('NFC') }
}

/** A number; whole JavaScript numbers get 64 bits of precision, others the 53 of a double. */
export function num(n: number | bigint | BigFloat): Value {
  if (typeof n === 'object') return { kind: 'number', value: n }
  const whole = typeof n === 'bigint' || Number.isSafeInteger(n)
  return { kind: 'number', value: whole ? fromInt(n) : fromFloat64(n) }
}

export function bool(b: boolean): Value {
  return b ? TRUE : FALSE
}

export function nullOf(type: Type): Value {
  return type.kind === 'any' ? UNTYPED_NULL : { kind: 'null', type }
}

export function unknownOf(type: Type): Value {
  return { kind: 'unknown', type }
}

/** Every item must have type `element`. */
export function list(element: Type, items: readonly Value[]): Value {
  return { kind: 'list', element, items }
}

export function tuple(items: readonly Value[]): Value {
  return { kind: 'tuple', items }
}

/** Sorts and removes duplicates. Every item must have type `element`. */
export function setOfItems(element: Type, items: readonly Value[]): Value {
  const sorted = sortItems(element, items)
  const distinct: Value[] = []
  for (const item of sorted) {
    const last = distinct.at(-1)
    if (last === undefined || !sameMember(last, item)) distinct.push(item)
  }
  return { kind: 'set', element, items: distinct }
}

/** Every value must have type `element`. */
export function mapOfEntries(
  element: Type,
  entries: ReadonlyMap<string, Value> | Iterable<readonly [string, Value]>,
): Value {
  return { kind: 'map', element, entries: asMap(entries) }
}

export function object(entries: ReadonlyMap<string, Value> | Iterable<readonly [string, Value]>): Value {
  return { kind: 'object', entries: asMap(entries) }
}

/** Keys in byte order of their UTF-8. */
export function sortedKeys(map: ReadonlyMap<string, unknown>): readonly string[] {
  const keys = [...map.keys()]
  return keys.length < 2 ? keys : keys.sort(compareBytes)
}

function asMap(
  entries: ReadonlyMap<string, Value> | Iterable<readonly [string, Value]>,
): ReadonlyMap<string, Value> {
  return entries instanceof Map ? entries : new Map(entries)
}

function sortItems(element: Type, items: readonly Value[]): Value[] {
  if (items.length < 2) return [...items]
  if (element.kind === 'string' || element.kind === 'number' || element.kind === 'bool') {
    return [...items].sort(comparePrimitives)
  }
  const keyed = items.map((item) => ({ item, key: orderKey(item) }))
  return keyed.sort((a, b) => compareBytes(a.key, b.key)).map((k) => k.item)
}

/** Nulls behind values, unknown values last. */
function comparePrimitives(a: Value, b: Value): number {
  if (a.kind === 'string' && b.kind === 'string') return compareBytes(a.value, b.value)
  if (a.kind === 'number' && b.kind === 'number') {
    return compareNumbers(a.value, b.value) || Number(b.value.negative) - Number(a.value.negative)
  }
  if (a.kind === 'bool' && b.kind === 'bool') return Number(a.value) - Number(b.value)
  return rank(a) - rank(b)
}

function rank(v: Value): number {
  return v.kind === 'unknown' ? 2 : v.kind === 'null' ? 1 : 0
}

/** A text that orders composed values the way the reference iterates sets of them. */
function orderKey(v: Value): string {
  switch (v.kind) {
    case 'unknown':
      return '?'
    case 'null':
      return '~'
    case 'bool':
      return v.value ? 'T' : 'F'
    case 'string':
      return JSON.stringify(v.value)
    case 'number':
      return String(Number(toFloat64(v.value).toPrecision(10)))
    case 'list':
    case 'set':
      return `[${v.items.map((item) => `${orderKey(item)};`).join('')}]`
    case 'tuple':
      return `<${v.items.map((item) => `${orderKey(item)};`).join('')}>`
    case 'map':
      return `{${sortedKeys(v.entries)
        .map((key) => `${JSON.stringify(key)}:${orderKey(v.entries.get(key) as Value)};`)
        .join('')}}`
    case 'object':
      return `<${sortedKeys(v.entries)
        .map((key) => `${orderKey(v.entries.get(key) as Value)};`)
        .join('')}>`
  }
}
