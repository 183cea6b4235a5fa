import { convert } from '../../../core/value/convert.ts'
import { sameMember } from '../../../core/value/equal.ts'
import { bool, list, setOfItems, tuple } from '../../../core/value/make.ts'
import { MemberIndex } from '../../../core/value/member-index.ts'
import { ANY, BOOL, setOf, type Type, tupleOf } from '../../../core/value/type.ts'
import { equalTypes, typeOf } from '../../../core/value/type-of.ts'
import { unify } from '../../../core/value/unify.ts'
import type { Value } from '../../../core/value/value.ts'
import { bad, type CallResult, type FunctionSpec, good } from '../../scope.ts'
import { type Family, isSequence, param, type Sequence } from './define.ts'

const ANY_SET = setOf(ANY)

/** Functions on sets; lists and tuples become sets first (spec bake 3.7). */
export const SETS: Family = [
  {
    name: 'sethaselement',
    doc: 'Tells whether a set holds an element.',
    params: [param('set', ANY_SET, 'The set.'), param('elem', ANY, 'The element; never converted.')],
    returns: BOOL,
    call: callHasElement,
  },
  setOperation('setintersection', 'Gives the elements that all sets have in common.', (a, b) =>
    a.filter(heldBy(b)),
  ),
  {
    name: 'setproduct',
    doc: 'Makes every combination of one element from each argument, the last one changing fastest.',
    params: [],
    variadic: param('sets', ANY, 'Two or more sets, lists or tuples; without sets the order is kept.'),
    call: callProduct,
  },
  {
    name: 'setsubtract',
    doc: 'Gives the elements of one set that another set does not hold.',
    params: [param('a', ANY_SET, 'The set to take from.'), param('b', ANY_SET, 'What to take away.')],
    call: (args) => operate(args, (a, b) => a.filter(notHeldBy(b))),
  },
  setOperation('setsymmetricdifference', 'Gives the elements that only one of two sets holds.', (a, b) => [
    ...a.filter(notHeldBy(b)),
    ...b.filter(notHeldBy(a)),
  ]),
  setOperation('setunion', 'Gives the elements of all sets together.', 'keep all'),
]

type Items = readonly Value[]

/** What two sets give, or that everything is kept. */
type Combine = ((a: Items, b: Items) => Items) | 'keep all'

function setOperation(name: string, doc: string, combine: Combine): FunctionSpec {
  return {
    name,
    doc,
    params: [param('first_set', ANY_SET, 'The first set.')],
    variadic: param('other_sets', ANY_SET, 'More sets.'),
    call: (args) => operate(args, combine),
  }
}

function heldBy(items: Items): (item: Value) => boolean {
  const index = new MemberIndex(items, sameMember)
  return (item) => index.has(item)
}

function notHeldBy(items: Items): (item: Value) => boolean {
  const isHeld = heldBy(items)
  return (item) => !isHeld(item)
}

function elementOf(value: Value): Type {
  return value.kind === 'set' || value.kind === 'list' ? value.element : ANY
}

function callHasElement(args: readonly Value[]): CallResult {
  const [set, wanted] = args
  if (!isSequence(set) || wanted === undefined) return good(bool(false))
  return good(bool(equalTypes(elementOf(set), typeOf(wanted)) && heldBy(set.items)(wanted)))
}

/** Brings all sets to one element type and combines them from the left. */
function operate(args: readonly Value[], combine: Combine): CallResult {
  const elements = args
    .filter((arg) => !(isSequence(arg) && arg.items.length === 0 && elementOf(arg).kind === 'any'))
    .map(elementOf)
  const element = elements.length === 0 ? ANY : unify(elements)
  const isMixed = element?.kind === 'any' && elements.some(({ kind }) => kind !== 'any')
  if (element === undefined || isMixed) return bad('given sets must all have compatible element types')
  const sets: Items[] = []
  for (const [i, arg] of args.entries()) {
    const converted = convert(arg, setOf(element))
    if (!converted.ok) return bad(converted.message, i)
    sets.push(isSequence(converted.value) ? converted.value.items : [])
  }
  const items = combine === 'keep all' ? sets.flat() : sets.reduce(combine)
  return good(setOfItems(element, items))
}

/** A product of more combinations than this is a mistake rather than a wish. */
const MAX_PRODUCT = 100_000

function callProduct(args: readonly Value[]): CallResult {
  if (args.length < 2) return bad('at least two arguments are required')
  const elements: Type[] = []
  for (const [i, arg] of args.entries()) {
    if (!isSequence(arg)) return bad('a set or a list is required', i)
    const element = sharedElement(arg)
    if (element === undefined) return bad('all elements must be of the same type', i)
    elements.push(element)
  }
  const sequences = args.filter(isSequence)
  const total = sequences.reduce((size, { items }) => size * items.length, 1)
  if (total > MAX_PRODUCT) return bad(`more than ${MAX_PRODUCT} combinations were generated`)
  const element = tupleOf(elements)
  const combinations = combineAll(sequences, elements).map(tuple)
  // An untyped null in a sequence of objects leaves it without a common type.
  if (elements.some(({ kind }) => kind === 'any') && !haveOneType(combinations)) {
    return bad('all elements must be of the same type')
  }
  const isOrdered = sequences.every(({ kind }) => kind !== 'set')
  return good(isOrdered ? list(element, combinations) : setOfItems(element, combinations))
}

function haveOneType(values: readonly Value[]): boolean {
  const [first, ...others] = values.map(typeOf)
  return first === undefined || others.every((type) => equalTypes(type, first))
}

function sharedElement(value: Sequence): Type | undefined {
  if (value.kind !== 'tuple') return value.element
  return value.items.length === 0 ? ANY : unify(value.items.map(typeOf))
}

function combineAll(sequences: readonly Sequence[], elements: readonly Type[]): readonly Items[] {
  let combinations: readonly Items[] = [[]]
  for (const [i, { items }] of sequences.entries()) {
    const aligned = items.map((item) => {
      const converted = convert(item, elements[i] ?? ANY)
      return converted.ok ? converted.value : item
    })
    combinations = combinations.flatMap((head) => aligned.map((item) => [...head, item]))
  }
  return combinations
}
