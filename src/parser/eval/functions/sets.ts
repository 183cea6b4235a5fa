import { convert } from '../../../core/value/convert.ts'
import { sameMember } from '../../../core/value/equal.ts'
import { bool, list, setOfItems, tuple } from '../../../core/value/make.ts'
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
    a.filter((item) => holds(b, item)),
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
    call: (args) => operate(args, (a, b) => a.filter((item) => !holds(b, item))),
  },
  setOperation('setsymmetricdifference', 'Gives the elements that only one of two sets holds.', (a, b) => [
    ...a.filter((item) => !holds(b, item)),
    ...b.filter((item) => !holds(a, item)),
  ]),
  setOperation('setunion', 'Gives the elements of all sets together.', (a, b) => [...a, ...b]),
]

type Items = readonly Value[]

function setOperation(name: string, doc: string, combine: (a: Items, b: Items) => Items): FunctionSpec {
  return {
    name,
    doc,
    params: [param('first_set', ANY_SET, 'The first set.')],
    variadic: param('other_sets', ANY_SET, 'More sets.'),
    call: (args) => operate(args, combine),
  }
}

function holds(items: Items, wanted: Value): boolean {
  return items.some((item) => sameMember(item, wanted))
}

function elementOf(value: Value): Type {
  return value.kind === 'set' || value.kind === 'list' ? value.element : ANY
}

function callHasElement(args: readonly Value[]): CallResult {
  const [set, wanted] = args
  if (!isSequence(set) || wanted === undefined) return good(bool(false))
  return good(bool(equalTypes(elementOf(set), typeOf(wanted)) && holds(set.items, wanted)))
}

/** Brings all sets to one element type and combines them from the left. */
function operate(args: readonly Value[], combine: (a: Items, b: Items) => Items): CallResult {
  const elements = args
    .filter((arg) => !(isSequence(arg) && arg.items.length === 0 && elementOf(arg).kind === 'any'))
    .map(elementOf)
  const element = elements.length === 0 ? ANY : unify(elements)
  if (element === undefined) return bad('given sets must all have compatible element types')
  let result: Items | undefined
  for (const [i, arg] of args.entries()) {
    const converted = convert(arg, setOf(element))
    if (!converted.ok) return bad(converted.message, i)
    const items = isSequence(converted.value) ? converted.value.items : []
    result = result === undefined ? items : combine(result, items)
  }
  return good(setOfItems(element, result ?? []))
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
  const isOrdered = sequences.every(({ kind }) => kind !== 'set')
  return good(isOrdered ? list(element, combinations) : setOfItems(element, combinations))
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
