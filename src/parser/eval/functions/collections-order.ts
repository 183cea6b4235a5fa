import { list, num, tuple } from '../../../core/value/make.ts'
import { MemberIndex } from '../../../core/value/member-index.ts'
import { addNumbers, type BigFloat, compareNumbers, fromInt } from '../../../core/value/number.ts'
import { ANY, listOf, NUMBER, STRING } from '../../../core/value/type.ts'
import { friendlyName, typeOf } from '../../../core/value/type-of.ts'
import type { Value } from '../../../core/value/value.ts'
import { bad, type CallResult, good } from '../../scope.ts'
import { type Family, isSequence, numberAt, param, WHOLE_REQUIRED, wholeAt } from './define.ts'

/** Functions that cut, turn and thin out sequences (spec bake 3.7). */
export const COLLECTION_ORDER: Family = [
  {
    name: 'chunklist',
    doc: 'Cuts a list into lists of at most a given length.',
    params: [
      param('list', listOf(ANY), 'The list to cut.'),
      param('size', NUMBER, 'The length of each piece but the last; 0 keeps the list in one piece.'),
    ],
    call: callChunk,
  },
  {
    name: 'compact',
    doc: 'Drops empty strings and nulls from a list of strings.',
    params: [param('list', listOf(STRING), 'The strings.')],
    returns: listOf(STRING),
    call: (args) =>
      good(
        list(
          STRING,
          itemsAt(args, 0).filter((item) => item.kind === 'string' && item.value !== ''),
        ),
      ),
  },
  {
    name: 'distinct',
    doc: 'Drops repeated elements from a list, keeping the first of each.',
    params: [param('list', listOf(ANY), 'The list; its elements are converted to one type.')],
    call: callDistinct,
  },
  {
    name: 'flatten',
    doc: 'Replaces sequences inside a sequence by their elements, however deep they lie.',
    params: [param('list', ANY, 'A list, set or tuple.')],
    call: callFlatten,
  },
  {
    name: 'range',
    doc: 'Counts from a start (0 when left out) up or down to an end, which is not included.',
    params: [],
    variadic: param('params', NUMBER, 'The end; or start and end; or start, end and step.'),
    returns: listOf(NUMBER),
    call: callRange,
  },
  {
    name: 'reverselist',
    doc: 'Turns the order of a list or tuple round.',
    params: [param('list', ANY, 'A list or tuple; a set becomes a list.')],
    call: callReverse,
  },
  {
    name: 'slice',
    doc: 'Takes the elements of a list or tuple from one index up to another, which is not included.',
    params: [
      param('list', ANY, 'A list or tuple.'),
      param('start_index', NUMBER, 'The first index to take.'),
      param('end_index', NUMBER, 'The first index to leave.'),
    ],
    call: callSlice,
  },
]

function itemsAt(args: readonly Value[], i: number): readonly Value[] {
  const value = args[i]
  return isSequence(value) ? value.items : []
}

function elementAt(args: readonly Value[], i: number): ReturnType<typeof typeOf> {
  const value = args[i]
  return value?.kind === 'list' || value?.kind === 'set' ? value.element : ANY
}

function callChunk(args: readonly Value[]): CallResult {
  const size = wholeAt(args, 1)
  if (size === undefined) return bad(`invalid size: ${WHOLE_REQUIRED}`)
  if (size < 0) return bad('the size argument must be positive')
  const items = itemsAt(args, 0)
  const element = elementAt(args, 0)
  const step = size === 0 ? Math.max(1, items.length) : size
  const chunks: Value[] = []
  for (let at = 0; at < items.length; at += step) chunks.push(list(element, items.slice(at, at + step)))
  return good(list(listOf(element), chunks))
}

function callDistinct(args: readonly Value[]): CallResult {
  const index = new MemberIndex()
  return good(
    list(
      elementAt(args, 0),
      itemsAt(args, 0).filter((item) => index.add(item)),
    ),
  )
}

function callFlatten(args: readonly Value[]): CallResult {
  const [value] = args
  if (!isSequence(value)) return bad('can only flatten lists, sets and tuples')
  const flat: Value[] = []
  gather(value.items, flat)
  return good(tuple(flat))
}

function gather(items: readonly Value[], flat: Value[]): void {
  for (const item of items) {
    if (isSequence(item)) gather(item.items, flat)
    else flat.push(item)
  }
}

/** As many values as the reference makes (go-cty `RangeFunc`). */
const MAX_RANGE = 1024

function callRange(args: readonly Value[]): CallResult {
  if (args.length < 1 || args.length > 3) return bad('must have one, two, or three arguments')
  const start = args.length === 1 ? fromInt(0) : numberAt(args, 0)
  const end = numberAt(args, args.length === 1 ? 0 : 1)
  const step = args.length === 3 ? numberAt(args, 2) : fromInt(compareNumbers(end, start) < 0 ? -1 : 1)
  const direction = compareNumbers(step, fromInt(0)) < 0 ? -1 : 1
  if (compareNumbers(end, start) === -direction) {
    const [relation, sign] = direction < 0 ? ['less', 'negative'] : ['greater', 'positive']
    return bad(`end must be ${relation} than start when step is ${sign}`, 1)
  }
  const numbers = countUp(start, end, step, direction)
  if (numbers !== undefined) return good(list(NUMBER, numbers))
  const advice = 'either decrease the difference between start and end or use a smaller step'
  return bad(`more than ${MAX_RANGE} values were generated; ${advice}`)
}

function countUp(start: BigFloat, end: BigFloat, step: BigFloat, direction: 1 | -1): Value[] | undefined {
  const numbers: Value[] = []
  for (let at = start; compareNumbers(at, end) === -direction; at = addNumbers(at, step)) {
    if (numbers.length === MAX_RANGE) return undefined
    numbers.push(num(at))
  }
  return numbers
}

function callReverse(args: readonly Value[]): CallResult {
  const [value] = args
  if (!isSequence(value)) {
    const found = value === undefined ? 'nothing' : friendlyName(typeOf(value))
    return bad(`can only reverse list or tuple values, not ${found}`, 0)
  }
  const turned = [...value.items].reverse()
  return good(value.kind === 'tuple' ? tuple(turned) : list(value.element, turned))
}

function callSlice(args: readonly Value[]): CallResult {
  const [value] = args
  if (value?.kind === 'set') {
    const advice = 'explicitly convert to a list if the ordering of the result is not important'
    return bad(`cannot slice a set, because its elements do not have indices; ${advice}`, 0)
  }
  if (value?.kind !== 'list' && value?.kind !== 'tuple') return bad('must be a list or tuple value', 0)
  for (const [i, name] of [
    [1, 'start'],
    [2, 'end'],
  ] as const) {
    const problem = indexProblem(wholeAt(args, i), name, value.items.length)
    if (problem !== undefined) return bad(problem, i)
  }
  const [start = 0, end = 0] = [wholeAt(args, 1), wholeAt(args, 2)]
  if (start > end) return bad('start index must not be greater than end index', 1)
  const items = value.items.slice(start, end)
  return good(value.kind === 'tuple' ? tuple(items) : list(value.element, items))
}

function indexProblem(index: number | undefined, name: string, length: number): string | undefined {
  if (index === undefined) return `invalid ${name} index: ${WHOLE_REQUIRED}`
  if (index < 0) return `${name} index must not be less than zero`
  return index > length ? `${name} index must not be greater than the length of the list` : undefined
}
