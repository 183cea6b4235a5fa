import { convert } from '../../../core/value/convert.ts'
import { list, mapOfEntries, object, sortedKeys, str, tuple } from '../../../core/value/make.ts'
import { ANY, listOf, STRING } from '../../../core/value/type.ts'
import { equalTypes, friendlyName, typeOf } from '../../../core/value/type-of.ts'
import { unify } from '../../../core/value/unify.ts'
import type { Value } from '../../../core/value/value.ts'
import { bad, type CallResult, good } from '../../scope.ts'
import { type Family, isMapping, isSequence, type Mapping, param } from './define.ts'

/** Functions that choose among or join collections (spec bake 3.7). */
export const COLLECTION_BUILDERS: Family = [
  {
    name: 'coalesce',
    doc: 'Gives the first argument that is not null, converted to the type all arguments share.',
    params: [],
    variadic: param('vals', ANY, 'The values to try in order.', { allowNull: true, allowUnknown: true }),
    call: callCoalesce,
  },
  {
    name: 'coalescelist',
    doc: 'Gives the first list or tuple that has elements.',
    params: [],
    variadic: param('vals', ANY, 'Lists or tuples to try in order.', { allowNull: true, allowUnknown: true }),
    call: callCoalesceList,
  },
  {
    name: 'concat',
    doc: 'Joins lists and tuples into one, in order.',
    params: [],
    variadic: param('seqs', ANY, 'The lists and tuples to join.'),
    call: callConcat,
  },
  {
    name: 'merge',
    doc: 'Joins maps or objects into one; of equal keys the last one wins. Nulls are left out.',
    params: [],
    variadic: param('maps', ANY, 'The maps and objects to join.', { allowNull: true }),
    call: callMerge,
  },
  {
    name: 'zipmap',
    doc: 'Makes a map or object from a list of keys and as many values.',
    params: [
      param('keys', listOf(STRING), 'The keys.'),
      param('values', ANY, 'A list, which gives a map, or a tuple, which gives an object.'),
    ],
    call: callZipMap,
  },
]

function callCoalesce(args: readonly Value[]): CallResult {
  const type = unify(args.map(typeOf))
  if (type === undefined) return bad('all arguments must have the same type')
  const found = args.find((arg) => arg.kind !== 'null')
  if (found === undefined) return bad('no non-null arguments')
  const converted = convert(found, type)
  return converted.ok ? good(converted.value) : bad(converted.message)
}

function callCoalesceList(args: readonly Value[]): CallResult {
  if (args.length === 0) return bad('at least one argument is required')
  const unfit = args.find(
    (arg) => !['list', 'tuple', 'any'].includes(typeOf(arg).kind) || arg.kind === 'null',
  )
  if (unfit !== undefined && !isNullList(unfit)) return bad('coalescelist arguments must be lists or tuples')
  const found = args.find((arg) => arg.kind === 'unknown' || (isSequence(arg) && arg.items.length > 0))
  return found === undefined ? bad('no non-null arguments') : good(found)
}

function isNullList(value: Value): boolean {
  return value.kind === 'null' && (value.type.kind === 'list' || value.type.kind === 'tuple')
}

function callConcat(args: readonly Value[]): CallResult {
  if (args.length === 0) return bad('at least one argument is required')
  if (args.every((arg) => arg.kind === 'list')) {
    const type = unify(args.map(typeOf))
    if (type?.kind === 'list') return concatLists(args, type)
  }
  const items: Value[] = []
  for (const [i, arg] of args.entries()) {
    if (arg.kind !== 'list' && arg.kind !== 'tuple') {
      return bad(`all arguments must be lists or tuples; got ${friendlyName(typeOf(arg))}`, i)
    }
    for (const item of arg.items) items.push(item)
  }
  return good(tuple(items))
}

function concatLists(args: readonly Value[], type: ReturnType<typeof typeOf>): CallResult {
  const items: Value[] = []
  for (const [i, arg] of args.entries()) {
    const converted = convert(arg, type)
    if (!converted.ok) return bad(converted.message, i)
    if (isSequence(converted.value)) for (const item of converted.value.items) items.push(item)
  }
  return good(list(type.kind === 'list' ? type.element : ANY, items))
}

function callMerge(args: readonly Value[]): CallResult {
  const untyped = args.findIndex((arg) => typeOf(arg).kind === 'any')
  const typed = untyped < 0 ? args : args.slice(0, untyped)
  const unfit = typed.find((arg) => !['map', 'object'].includes(typeOf(arg).kind))
  const late = args.find((arg) => arg.kind !== 'null' && !isMapping(arg))
  const wrong = unfit ?? late
  if (wrong !== undefined)
    return bad(`arguments must be maps or objects, got "${friendlyName(typeOf(wrong))}"`)
  const entries = new Map<string, Value>()
  for (const arg of args.filter((value): value is Mapping => isMapping(value))) {
    for (const key of sortedKeys(arg.entries)) entries.set(key, arg.entries.get(key) ?? arg)
  }
  const [first] = args
  const firstType = first === undefined ? ANY : typeOf(first)
  const isUniform = untyped < 0 && args.every((arg) => equalTypes(typeOf(arg), firstType))
  return good(
    isUniform && firstType.kind === 'map' ? mapOfEntries(firstType.element, entries) : object(entries),
  )
}

function callZipMap(args: readonly Value[]): CallResult {
  const [keyList, values] = args
  if (values?.kind !== 'list' && values?.kind !== 'tuple') {
    return bad('values argument must be a list or tuple value')
  }
  const keys = isSequence(keyList) ? keyList.items : []
  if (keys.length !== values.items.length) {
    return bad(`number of keys (${keys.length}) does not match number of values (${values.items.length})`)
  }
  const entries = new Map<string, Value>()
  for (const [i, key] of keys.entries()) {
    if (key.kind !== 'string') return bad(`keys list has null value at index ${i}`)
    entries.set(key.value, values.items[i] ?? str(''))
  }
  return good(values.kind === 'list' ? mapOfEntries(values.element, entries) : object(entries))
}
