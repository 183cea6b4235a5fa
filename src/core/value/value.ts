import type { BigFloat } from './number.ts'
import type { Type } from './type.ts'

/**
 * A value of the Bake language. Strings are NFC-normalised. `entries` of maps and objects iterate in
 * byte order of their keys when read through `sortedKeys`; sets hold their items sorted and deduped.
 */
export type Value =
  | { readonly kind: 'null'; readonly type: Type }
  | { readonly kind: 'unknown'; readonly type: Type }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly value: BigFloat }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'list' | 'set'; readonly element: Type; readonly items: readonly Value[] }
  | { readonly kind: 'tuple'; readonly items: readonly Value[] }
  | { readonly kind: 'map'; readonly element: Type; readonly entries: ReadonlyMap<string, Value> }
  | { readonly kind: 'object'; readonly entries: ReadonlyMap<string, Value> }

export type ValueKind = Value['kind']
