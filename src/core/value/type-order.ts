import { ANY, type Type } from './type.ts'
import { isPrimitive } from './type-of.ts'

/**
 * Indices of `types`, the most general first where that can be told, else in the given order
 * (go-cty's preference order for unification: spec bake 3.6).
 */
export function preferenceOrder(types: readonly Type[]): readonly number[] {
  const followers: number[][] = types.map(() => [])
  const waiting = new Array<number>(types.length).fill(0)
  const prefer = (first: number, second: number): void => {
    followers[first]?.push(second)
    waiting[second] = (waiting[second] ?? 0) + 1
  }
  for (let i = 0; i < types.length; i++) {
    for (let j = i + 1; j < types.length; j++) {
      const order = compareGenerality(types[i] ?? ANY, types[j] ?? ANY)
      if (order < 0) prefer(i, j)
      else if (order > 0) prefer(j, i)
    }
  }
  const ready: number[] = []
  waiting.forEach((count, i) => {
    if (count === 0) ready.push(i)
  })
  for (let at = 0; at < ready.length; at++) {
    for (const next of followers[ready[at] ?? 0] ?? []) {
      waiting[next] = (waiting[next] ?? 0) - 1
      if (waiting[next] === 0) ready.push(next)
    }
  }
  return ready
}

/** Negative when `a` is the more general type, positive when `b` is, 0 when undecided. */
function compareGenerality(a: Type, b: Type): number {
  if (a.kind === 'any' || b.kind === 'any') return Number(a.kind === 'any') - Number(b.kind === 'any')
  if (isPrimitive(a) && isPrimitive(b)) return Number(b.kind === 'string') - Number(a.kind === 'string')
  if (isKindOf(a, 'list', 'set', 'map') && a.kind === b.kind) {
    return compareGenerality(elementOf(a), elementOf(b))
  }
  const byKind = kindOrder(a, b) - kindOrder(b, a)
  if (byKind !== 0) return byKind
  if (a.kind === 'object' && b.kind === 'object') return compareObjects(a.attributes, b.attributes)
  if (a.kind === 'tuple' && b.kind === 'tuple' && a.elements.length === b.elements.length) {
    return verdict(a.elements.map((element, i) => compareGenerality(element, b.elements[i] ?? ANY)))
  }
  return 0
}

/** -1 when the kind of `a` alone makes it preferable to `b`. */
function kindOrder(a: Type, b: Type): number {
  if (b.kind === 'set' && isKindOf(a, 'tuple', 'list')) return -1
  if (a.kind === 'list' && b.kind === 'tuple') return -1
  return a.kind === 'map' && b.kind === 'object' ? -1 : 0
}

function compareObjects(a: ReadonlyMap<string, Type>, b: ReadonlyMap<string, Type>): number {
  if (a.size !== b.size) return 0
  const orders: number[] = []
  for (const [name, type] of a) {
    const other = b.get(name)
    if (other === undefined) return 0
    orders.push(compareGenerality(type, other))
  }
  return verdict(orders)
}

function verdict(orders: readonly number[]): number {
  const first = orders.some((o) => o < 0)
  const second = orders.some((o) => o > 0)
  return first === second ? 0 : first ? -1 : 1
}

function isKindOf(t: Type, ...kinds: readonly Type['kind'][]): boolean {
  return kinds.includes(t.kind)
}

function elementOf(t: Type): Type {
  return 'element' in t ? t.element : ANY
}
