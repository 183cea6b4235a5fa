import { bool, nullOf, num, object, sortedKeys, str, tuple } from '../core/value/make.ts'
import { parseNumber, renderNumber, toFloat64 } from '../core/value/number.ts'
import { ANY } from '../core/value/type.ts'
import type { Value } from '../core/value/value.ts'

/** A JavaScript value for a value of the Bake language. Numbers that a double cannot hold are `bigint` or text. */
export type Plain =
  | null
  | string
  | number
  | bigint
  | boolean
  | readonly Plain[]
  | { readonly [key: string]: Plain }

/** JavaScript → Bake language: arrays become tuples, objects become objects. */
export function fromPlain(plain: Plain): Value {
  if (plain === null) return nullOf(ANY)
  if (typeof plain === 'string') return str(plain)
  if (typeof plain === 'boolean') return bool(plain)
  if (typeof plain === 'bigint') return num(plain)
  if (typeof plain === 'number') return fromDouble(plain)
  if (Array.isArray(plain)) return tuple((plain as readonly Plain[]).map(fromPlain))
  const entries = Object.entries(plain as { readonly [key: string]: Plain })
  return object(new Map(entries.map(([key, value]) => [key, fromPlain(value)])))
}

/** The shortest decimal text of a double is what its author meant, so `0.1` is read as the decimal 0.1. */
function fromDouble(plain: number): Value {
  const exact = Number.isSafeInteger(plain) ? undefined : parseNumber(String(plain))
  return exact === undefined ? num(plain) : num(exact)
}

/**
 * Bake language → JavaScript. Lists, sets and tuples become arrays, maps and objects become objects with
 * sorted keys. A whole number beyond 2^53 becomes a `bigint`, any other number the nearest double.
 */
export function toPlain(value: Value): Plain {
  switch (value.kind) {
    case 'null':
    case 'unknown':
      return null
    case 'string':
    case 'bool':
      return value.value
    case 'number': {
      const text = renderNumber(value.value)
      const near = toFloat64(value.value)
      return /^-?[0-9]+$/.test(text) && !Number.isSafeInteger(near) ? BigInt(text) : near
    }
    case 'list':
    case 'set':
    case 'tuple':
      return value.items.map(toPlain)
    case 'map':
    case 'object':
      return Object.fromEntries(
        sortedKeys(value.entries).map((key) => [key, toPlain(value.entries.get(key) as Value)]),
      )
  }
}
