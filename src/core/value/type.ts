/**
 * The types of the Bake language (spec 3.6): primitives, collections with one element type, and
 * structural types. `any` is the type of an untyped null and of an unknown value.
 */
export type Type =
  | { readonly kind: 'string' | 'number' | 'bool' | 'any' | 'bytes' }
  | { readonly kind: 'list' | 'set' | 'map'; readonly element: Type }
  | { readonly kind: 'tuple'; readonly elements: readonly Type[] }
  | {
      readonly kind: 'object'
      readonly attributes: ReadonlyMap<string, Type>
      /** Names that `optional(T)` marked; only in the `type` of a variable. */
      readonly optional: ReadonlySet<string>
    }

export const STRING: Type = { kind: 'string' }
export const NUMBER: Type = { kind: 'number' }
export const BOOL: Type = { kind: 'bool' }
export const ANY: Type = { kind: 'any' }

export function listOf(element: Type): Type {
  return { kind: 'list', element }
}
export function setOf(element: Type): Type {
  return { kind: 'set', element }
}
export function mapOf(element: Type): Type {
  return { kind: 'map', element }
}
export function tupleOf(elements: readonly Type[]): Type {
  return { kind: 'tuple', elements }
}
export function objectOf(
  attributes: ReadonlyMap<string, Type>,
  optional: ReadonlySet<string> = new Set(),
): Type {
  return { kind: 'object', attributes, optional }
}
