import { quote } from '../../../core/go/quote.ts'
import { convert } from '../../../core/value/convert.ts'
import { equalValues } from '../../../core/value/equal.ts'
import { bool, list, num, sortedKeys, str, tuple } from '../../../core/value/make.ts'
import { ANY, BOOL, NUMBER, STRING } from '../../../core/value/type.ts'
import { friendlyName, typeOf } from '../../../core/value/type-of.ts'
import type { Value } from '../../../core/value/value.ts'
import { bad, type CallResult, good } from '../../scope.ts'
import {
  type Family,
  isMapping,
  isSequence,
  numberAt,
  param,
  textAt,
  WHOLE_REQUIRED,
  wholeOf,
} from './define.ts'

/** Functions that look into collections (spec bake 3.7). */
export const COLLECTION_READERS: Family = [
  {
    name: 'contains',
    doc: 'Tells whether a list, tuple or set holds a value.',
    params: [param('list', ANY, 'Where to look.'), param('value', ANY, 'What to look for; never converted.')],
    returns: BOOL,
    call: callContains,
  },
  {
    name: 'element',
    doc: 'Gives the element of a list or tuple at an index that wraps round at both ends.',
    params: [param('list', ANY, 'A list or tuple with elements.'), param('index', NUMBER, 'A whole number.')],
    call: callElement,
  },
  {
    name: 'hasindex',
    doc: 'Tells whether a collection has an element with a key or index.',
    params: [param('collection', ANY, 'A list, tuple or map.'), param('key', ANY, 'A key or index.')],
    returns: BOOL,
    call: callHasIndex,
  },
  {
    name: 'index',
    doc: 'Gives the element of a list, tuple or map with a key or index.',
    params: [param('collection', ANY, 'A list, tuple or map.'), param('key', ANY, 'A key or index.')],
    call: callIndex,
  },
  {
    name: 'indexof',
    doc: 'Gives the index of the first element of a list that equals a value.',
    params: [
      param('list', ANY, 'A list or tuple.'),
      param('value', ANY, 'What to look for; never converted.'),
    ],
    returns: NUMBER,
    call: callIndexOf,
  },
  {
    name: 'keys',
    doc: 'Gives the keys of a map, or the attribute names of an object, in order.',
    params: [param('inputMap', ANY, 'A map or object.')],
    call: callKeys,
  },
  {
    name: 'length',
    doc: 'Counts the elements of a list, tuple, set or map.',
    params: [param('collection', ANY, 'A list, tuple, set or map; not an object, not a string.')],
    returns: NUMBER,
    call: callLength,
  },
  {
    name: 'lookup',
    doc: 'Gives the element of a map or object with a key, or a default when there is none.',
    params: [
      param('inputMap', ANY, 'A map or object.'),
      param('key', STRING, 'The key.'),
      param('default', ANY, 'The default; converted to the element type of a map.'),
    ],
    call: callLookup,
  },
  {
    name: 'values',
    doc: 'Gives the values of a map or object in the order of its keys.',
    params: [param('mapping', ANY, 'A map or object.')],
    call: callValues,
  },
]

const NOT_INDEXABLE = 'collection must be a list, a map or a tuple'

function callContains(args: readonly Value[]): CallResult {
  const [where, value] = args
  if (!isSequence(where)) return bad('argument must be list, tuple, or set')
  return good(bool(value !== undefined && where.items.some((item) => equalValues(value, item))))
}

function callElement(args: readonly Value[]): CallResult {
  const [from] = args
  if (from?.kind !== 'list' && from?.kind !== 'tuple') {
    return bad(`cannot read elements from ${from === undefined ? 'nothing' : friendlyName(typeOf(from))}`)
  }
  const index = wholeOf(numberAt(args, 1))
  if (index === undefined) return bad(`invalid index: ${WHOLE_REQUIRED}`)
  const size = BigInt(from.items.length)
  if (size === 0n) return bad('cannot use element function with an empty list')
  const item = from.items[Number(((index % size) + size) % size)]
  return item === undefined ? bad('invalid index') : good(item)
}

function callHasIndex(args: readonly Value[]): CallResult {
  const [collection, key] = args
  if (!isIndexable(collection)) return bad(NOT_INDEXABLE)
  return good(bool(itemAt(collection, key) !== undefined))
}

type Indexable = Extract<Value, { readonly kind: 'list' | 'tuple' | 'map' | 'set' }>

function isIndexable(value: Value | undefined): value is Indexable {
  return value?.kind === 'list' || value?.kind === 'tuple' || value?.kind === 'map'
}

function itemAt(collection: Indexable, key: Value | undefined): Value | undefined {
  if (collection.kind === 'map') return key?.kind === 'string' ? collection.entries.get(key.value) : undefined
  const index = key?.kind === 'number' ? wholeOf(key.value) : undefined
  return index === undefined || index < 0n ? undefined : collection.items[Number(index)]
}

function callIndex(args: readonly Value[]): CallResult {
  const [collection, key] = args
  if (!isIndexable(collection)) return bad(NOT_INDEXABLE)
  const wanted = collection.kind === 'map' ? 'string' : 'number'
  if (key?.kind !== wanted) return bad(`key for ${collection.kind} must be ${wanted}`)
  const item = itemAt(collection, key)
  if (item !== undefined) return good(item)
  if (collection.kind !== 'tuple' || key.kind !== 'number') return bad('invalid index')
  if (wholeOf(key.value) === undefined) return bad(`invalid key for tuple: ${WHOLE_REQUIRED}`)
  return bad(`key must be between 0 and ${collection.items.length} inclusive`)
}

function callIndexOf(args: readonly Value[]): CallResult {
  const [where, value] = args
  if (where?.kind !== 'list' && where?.kind !== 'tuple') return bad('argument must be a list or tuple')
  if (where.items.length === 0) return bad('cannot search an empty list')
  const index = where.items.findIndex((item) => value !== undefined && equalValues(item, value))
  return index < 0 ? bad('item not found') : good(num(index))
}

function callKeys(args: readonly Value[]): CallResult {
  const [mapping] = args
  if (!isMapping(mapping)) return bad('must have map or object type', 0)
  const keys = sortedKeys(mapping.entries).map(str)
  return good(mapping.kind === 'map' ? list(STRING, keys) : tuple(keys))
}

function callLength(args: readonly Value[]): CallResult {
  const [collection] = args
  if (isSequence(collection)) return good(num(collection.items.length))
  return collection?.kind === 'map' ? good(num(collection.entries.size)) : bad(NOT_INDEXABLE)
}

function callLookup(args: readonly Value[]): CallResult {
  const [mapping, , fallback] = args
  if (!isMapping(mapping)) return bad('lookup() requires a map as the first argument', 0)
  const item = mapping.entries.get(textAt(args, 1))
  if (fallback === undefined) return bad(`there is no element ${quote(textAt(args, 1))}`)
  if (mapping.kind === 'object') return good(item ?? fallback)
  const converted = convert(fallback, mapping.element)
  if (!converted.ok) return bad('the default value must have the same type as the map elements', 2)
  return good(item ?? converted.value)
}

function callValues(args: readonly Value[]): CallResult {
  const [mapping] = args
  if (!isMapping(mapping)) return bad('values() requires a map as the first argument')
  const values = sortedKeys(mapping.entries).flatMap((key) => mapping.entries.get(key) ?? [])
  return good(mapping.kind === 'map' ? list(mapping.element, values) : tuple(values))
}
