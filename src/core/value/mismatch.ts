import { quote } from '../go/quote.ts'
import { compareBytes } from '../text/byte-order.ts'
import { ANY, type Type } from './type.ts'
import {
  equalTypes,
  friendlyName,
  friendlyNameForList,
  hasAny,
  isCollection,
  isPrimitive,
} from './type-of.ts'
import { canConvert } from './unify.ts'

/** Says why no value of type `got` converts to `want`, in the words of go-cty (spec bake 3.6). */
export function mismatchMessage(got: Type, want: Type): string {
  if (got.kind === 'object' && want.kind === 'object') return objectMismatch(got, want)
  if (isCollection(want) && (got.kind === 'tuple' || got.kind === 'object')) {
    const matching = want.kind === 'map' ? 'object' : 'tuple'
    if (got.kind === matching && want.element.kind === 'any') {
      return `all ${want.kind} elements must have the same type`
    }
    return structureMismatch(got, want)
  }
  if (isCollection(got) && isCollection(want)) return collectionMismatch(got, want)
  if (!isConfusing(got, want)) return `${friendlyName(want)} required, but have ${friendlyName(got)}`
  return required(want)
}

function required(want: Type): string {
  return `${friendlyNameForList(want)} required`
}

type ObjectType = Extract<Type, { kind: 'object' }>

function objectMismatch(got: ObjectType, want: ObjectType): string {
  const names = [...want.attributes.keys()].sort(compareBytes)
  const missing = names.filter((name) => !got.attributes.has(name) && !want.optional.has(name))
  if (missing.length > 0) return missingAttributes(missing)
  for (const mode of ['unsafe', 'safe'] as const) {
    for (const name of names) {
      const have = got.attributes.get(name)
      const need = want.attributes.get(name)
      if (have === undefined || need === undefined || equalTypes(have, need)) continue
      if (!canConvert(have, need, mode)) return `attribute ${quote(name)}: ${mismatchMessage(have, need)}`
    }
  }
  return 'incorrect object attributes'
}

function missingAttributes(names: readonly string[]): string {
  const quoted = names.map(quote)
  if (quoted.length === 1) return `attribute ${quoted[0]} is required`
  if (quoted.length === 2) return `attributes ${quoted[0]} and ${quoted[1]} are required`
  return `attributes ${quoted.slice(0, -1).join(', ')}, and ${quoted.at(-1)} are required`
}

type Structure = Extract<Type, { kind: 'tuple' | 'object' }>
type Collection = Extract<Type, { kind: 'list' | 'set' | 'map' }>

function structureMismatch(got: Structure, want: Collection): string {
  if ((want.kind === 'map') !== (got.kind === 'object')) return required(want)
  const parts: readonly (readonly [string, Type])[] =
    got.kind === 'tuple'
      ? got.elements.map((type, i) => [String(i), type] as const)
      : [...got.attributes]
          .sort((a, b) => compareBytes(a[0], b[0]))
          .map(([name, type]) => [quote(name), type] as const)
  for (const [label, type] of parts) {
    if (!canConvert(type, want.element)) return `element ${label}: ${mismatchMessage(type, want.element)}`
  }
  return `all elements must be ${friendlyNameForList(want.element)}`
}

function collectionMismatch(got: Collection, want: Collection): string {
  if ((want.kind === 'map') !== (got.kind === 'map')) return required(want)
  return `incorrect ${want.kind} element type: ${mismatchMessage(got.element, want.element ?? ANY)}`
}

/** Whether naming both types would mislead: string to number or bool depends on the text, not the type. */
function isConfusing(got: Type, want: Type): boolean {
  if (isPrimitive(got) !== isPrimitive(want)) return false
  if (want.kind === 'string') return false
  if (want.kind === 'bool' && got.kind === 'number') return false
  if (want.kind === 'number' && got.kind === 'bool') return false
  if (isCollection(got) && isCollection(want) && !hasAny(got.element) && hasAny(want.element)) return false
  return !(got.kind === 'tuple' && want.kind === 'object')
}
