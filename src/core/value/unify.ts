import { ANY, listOf, objectOf, type Type, tupleOf } from './type.ts'
import { equalTypes, isCollection, isPrimitive } from './type-of.ts'
import { preferenceOrder } from './type-order.ts'

/** `unsafe` also allows conversions that can fail for some values, such as string to number. */
export type ConversionMode = 'safe' | 'unsafe'

type Collection = Extract<Type, { kind: 'list' | 'set' | 'map' }>
type Tuple = Extract<Type, { kind: 'tuple' }>
type ObjectType = Extract<Type, { kind: 'object' }>

/**
 * The one type all of `types` convert to (spec bake 3.6), undefined when there is none or the list
 * is empty. `any` members adapt to the others; `any` comes out when nothing more can be said.
 */
export function unify(types: readonly Type[], mode: ConversionMode = 'unsafe'): Type | undefined {
  const first = types[0]
  if (first === undefined) return undefined
  if (types.every((t) => equalTypes(t, first))) return first
  const special = unifyKinds(types, mode)
  if (special !== undefined) return special === 'none' ? undefined : special
  for (const index of preferenceOrder(types)) {
    const want = types[index] ?? ANY
    if (types.every((t) => canConvert(t, want, mode))) return want
  }
  return undefined
}

/** Whether values of type `from` have a conversion to `to`; single values may still fail it. */
export function canConvert(from: Type, to: Type, mode: ConversionMode = 'unsafe'): boolean {
  if (to.kind === 'any' || from === to) return true
  if (from.kind === 'any') return mode === 'unsafe'
  if (isPrimitive(from) && isPrimitive(to)) {
    if (from.kind === to.kind || to.kind === 'string') return true
    return mode === 'unsafe' && from.kind === 'string'
  }
  switch (to.kind) {
    case 'object':
      return canConvertToObject(from, to, mode)
    case 'tuple':
      return (
        from.kind === 'tuple' &&
        from.elements.length === to.elements.length &&
        from.elements.every((element, i) => canConvert(element, to.elements[i] ?? ANY, mode))
      )
    case 'list':
      if (from.kind === 'tuple') return canConvertAll(from.elements, to.element, 'exact', mode)
      return (from.kind === 'list' || from.kind === 'set') && canConvert(from.element, to.element, mode)
    case 'set':
      if (from.kind === 'tuple') return canConvertAll(from.elements, to.element, 'exact', mode)
      if (from.kind === 'list') return mode === 'unsafe' && canConvert(from.element, to.element, mode)
      return from.kind === 'set' && canConvert(from.element, to.element, mode)
    case 'map':
      if (from.kind === 'object')
        return canConvertAll([...from.attributes.values()], to.element, 'loose', mode)
      return from.kind === 'map' && canConvert(from.element, to.element, mode)
    default:
      return false
  }
}

/**
 * The element type a structure gets when it becomes a collection of `element`: `any` asks for the
 * unified type. Undefined when its parts do not unify.
 */
export function collectedElement(
  parts: readonly Type[],
  element: Type,
  mode: ConversionMode,
): Type | undefined {
  return element.kind === 'any' && parts.length > 0 ? unify(parts, mode) : element
}

/** `exact`: an element type that stays `any` is only good when all parts are `any`. */
function canConvertAll(
  parts: readonly Type[],
  element: Type,
  strictness: 'exact' | 'loose',
  mode: ConversionMode,
): boolean {
  if (parts.length === 0) return true
  const unified = collectedElement(parts, element, mode)
  if (unified === undefined) return false
  if (element.kind === 'any' && unified.kind === 'any' && strictness === 'exact') {
    return parts.every((part) => part.kind === 'any')
  }
  return parts.every((part) => canConvert(part, unified, mode))
}

function canConvertToObject(from: Type, to: ObjectType, mode: ConversionMode): boolean {
  if (from.kind === 'map') {
    if (mode === 'safe') return false
    return [...to.attributes].every(
      ([name, type]) => to.optional.has(name) || canConvert(from.element, type, mode),
    )
  }
  if (from.kind !== 'object') return false
  return [...to.attributes].every(([name, type]) => {
    const attribute = from.attributes.get(name)
    return attribute === undefined ? to.optional.has(name) : canConvert(attribute, type, mode)
  })
}

/** Unification by common kind; `none` ends the search, undefined lets the general rule try. */
function unifyKinds(types: readonly Type[], mode: ConversionMode): Type | 'none' | undefined {
  const count = (kind: Type['kind']): number => types.filter((t) => t.kind === kind).length
  const open = count('any')
  const all = (...kinds: readonly Type['kind'][]): boolean =>
    kinds.every((kind) => count(kind) > 0) &&
    kinds.reduce((sum, kind) => sum + count(kind), open) === types.length
  for (const kind of ['map', 'list', 'set'] as const) {
    if (all(kind)) return open > 0 ? ANY : unifyCollections(types as readonly Collection[], kind, mode)
  }
  if (all('map', 'object')) return unifyMixed(types, 'object', mode)
  if (all('list', 'tuple')) return unifyMixed(types, 'tuple', mode)
  if (all('object')) return open > 0 ? ANY : (unifyObjects(types as readonly ObjectType[], mode) ?? 'none')
  if (all('tuple')) return open > 0 ? ANY : (unifyTuples(types as readonly Tuple[], mode) ?? 'none')
  return count('object') > 0 && count('tuple') > 0 ? 'none' : undefined
}

function unifyCollections(
  types: readonly Collection[],
  kind: Collection['kind'],
  mode: ConversionMode,
): Type | 'none' {
  const element = unify(
    types.map((t) => t.element),
    mode,
  )
  return element === undefined ? 'none' : { kind, element }
}

/** Structures next to collections first become collections themselves. */
function unifyMixed(
  types: readonly Type[],
  kind: 'object' | 'tuple',
  mode: ConversionMode,
): Type | undefined {
  const parts = types.filter((t) => t.kind === kind)
  const collected =
    kind === 'object'
      ? objectsAsMap(parts as readonly ObjectType[], mode)
      : tuplesAsList(parts as readonly Tuple[], mode)
  if (collected === undefined) return undefined
  const unified = unify(
    types.map((t) => (t.kind === kind ? collected : t)),
    mode,
  )
  return unified !== undefined && isCollection(unified) ? unified : undefined
}

function unifyObjects(types: readonly ObjectType[], mode: ConversionMode): Type | undefined {
  const first = types[0]?.attributes ?? new Map<string, Type>()
  const sameNames = types.every(
    (t) => t.attributes.size === first.size && [...first.keys()].every((name) => t.attributes.has(name)),
  )
  if (!sameNames) return objectsAsMap(types, mode)
  const attributes = new Map<string, Type>()
  for (const name of first.keys()) {
    const unified = unify(
      types.map((t) => t.attributes.get(name) ?? ANY),
      mode,
    )
    if (unified === undefined) return undefined
    attributes.set(name, unified)
  }
  const result = objectOf(attributes)
  return types.every((t) => canConvert(t, result, mode)) ? result : objectsAsMap(types, mode)
}

function unifyTuples(types: readonly Tuple[], mode: ConversionMode): Type | undefined {
  const length = types[0]?.elements.length ?? 0
  if (types.some((t) => t.elements.length !== length)) return tuplesAsList(types, mode)
  const elements: Type[] = []
  for (let i = 0; i < length; i++) {
    const unified = unify(
      types.map((t) => t.elements[i] ?? ANY),
      mode,
    )
    if (unified === undefined) return undefined
    elements.push(unified)
  }
  const result = tupleOf(elements)
  return types.every((t) => canConvert(t, result, mode)) ? result : tuplesAsList(types, mode)
}

function objectsAsMap(types: readonly ObjectType[], mode: ConversionMode): Type | undefined {
  const element = unify(
    types.flatMap((t) => [...t.attributes.values()]),
    mode,
  )
  if (element === undefined) return undefined
  const result: Type = { kind: 'map', element }
  return types.every((t) => canConvert(t, result, mode)) ? result : undefined
}

function tuplesAsList(types: readonly Tuple[], mode: ConversionMode): Type | undefined {
  const element = unify(
    types.flatMap((t) => t.elements),
    mode,
  )
  if (element === undefined) return undefined
  const result = listOf(element)
  return types.every((t) => canConvert(t, result, mode)) ? result : undefined
}
