import { quote } from '../../core/go/quote.ts'
import { sortedKeys } from '../../core/value/make.ts'
import type { Type } from '../../core/value/type.ts'
import { equalTypes, friendlyName, isCollection } from '../../core/value/type-of.ts'

type ObjectType = Extract<Type, { kind: 'object' }>
type TupleType = Extract<Type, { kind: 'tuple' }>

/** Says what differs between the types of two branches that do not unify (spec bake 3.4). */
export function describeMismatch(yes: Type, no: Type): string {
  const inside = insideMismatch(yes, no)
  if (inside !== undefined) return inside
  const a = friendlyName(yes)
  const b = friendlyName(no)
  if (a === b) {
    return "At least one deeply-nested attribute or element is not compatible across both the 'true' and the 'false' value"
  }
  return `The 'true' value is ${a}, but the 'false' value is ${b}`
}

function insideMismatch(yes: Type, no: Type): string | undefined {
  if (yes.kind === 'object' && no.kind === 'object') return objectMismatch(yes, no)
  if (yes.kind === 'tuple' && no.kind === 'tuple') return tupleMismatch(yes, no)
  if (!isCollection(yes) || !isCollection(no) || yes.kind !== no.kind) return undefined
  const structural = yes.element.kind === 'object' || yes.element.kind === 'tuple'
  if (!structural || yes.element.kind !== no.element.kind) return undefined
  return `Mismatched ${yes.kind} element types: ${describeMismatch(yes.element, no.element)}`
}

function objectMismatch(yes: ObjectType, no: ObjectType): string | undefined {
  for (const name of sortedKeys(yes.attributes)) {
    const a = yes.attributes.get(name)
    const b = no.attributes.get(name)
    if (b === undefined) {
      return `The 'true' value includes object attribute ${quote(name)}, which is absent in the 'false' value`
    }
    if (a !== undefined && !equalTypes(a, b)) {
      return `Type mismatch for object attribute ${quote(name)}: ${describeMismatch(a, b)}`
    }
  }
  const extra = sortedKeys(no.attributes).find((name) => !yes.attributes.has(name))
  if (extra === undefined) return undefined
  return `The 'false' value includes object attribute ${quote(extra)}, which is absent in the 'true' value`
}

function tupleMismatch(yes: TupleType, no: TupleType): string | undefined {
  const a = yes.elements
  const b = no.elements
  if (a.length !== b.length) {
    return `The 'true' tuple has length ${a.length}, but the 'false' tuple has length ${b.length}`
  }
  for (const [i, element] of a.entries()) {
    const other = b[i]
    if (other !== undefined && !equalTypes(element, other)) {
      return `Type mismatch for tuple element ${i}: ${describeMismatch(element, other)}`
    }
  }
  return undefined
}
