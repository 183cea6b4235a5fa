import { convert } from '../../core/value/convert.ts'
import { BOOL, listOf, mapOf, STRING } from '../../core/value/type.ts'
import type { Value } from '../../core/value/value.ts'
import { type Parsed, parsed, refusal } from '../elements/parsed.ts'
import type { FieldRow } from '../fields.ts'
import { decodeElements, decodeResources } from './decode-elements.ts'
import type { Decoded } from './decoded.ts'

const TEXTS = listOf(STRING)
const TEXT_MAP = mapOf(STRING)

/** Reads the value of one target attribute; refusals are worded like the reference's decoder. */
export function decodeField(row: FieldRow, value: Value): Parsed<Decoded> {
  switch (row.kind) {
    case 'string':
      return decodeText(value, row.key === 'description')
    case 'bool':
      return decodeBool(value)
    case 'strings':
      return decodeTexts(value)
    case 'map':
      return decodeMap(value, row.key === 'contexts')
    case 'resources':
      return decodeResources(value)
    default:
      return decodeElements(row.kind, value)
  }
}

/** Reads a text. `required` refuses null instead of taking it as "not set". */
export function decodeText(value: Value, required: boolean): Parsed<Decoded> {
  const text = convert(value, STRING)
  if (!text.ok) return refusal(text.message)
  if (text.value.kind === 'string') return parsed({ value: text.value.value, seen: text.value })
  if (text.value.kind === 'unknown') return refusal('value must be known')
  return required ? refusal('null value is not allowed') : parsed({ value: undefined, seen: text.value })
}

function decodeBool(value: Value): Parsed<Decoded> {
  const flag = convert(value, BOOL)
  if (!flag.ok) return refusal(flag.message)
  if (flag.value.kind === 'bool') return parsed({ value: flag.value.value, seen: flag.value })
  if (flag.value.kind === 'unknown') return refusal('value must be known')
  return parsed({ value: undefined, seen: flag.value })
}

/** Reads a list of texts; null means "not set", a null element is refused. */
export function decodeTexts(value: Value): Parsed<Decoded> {
  const list =
    value.kind === 'tuple' && value.items.every(isText) ? textList(value.items) : convert(value, TEXTS)
  if (!list.ok) return refusal(list.message)
  if (list.value.kind === 'unknown') return refusal('value must be known')
  if (list.value.kind !== 'list') return parsed({ value: undefined, seen: list.value })
  const texts: string[] = []
  for (const item of list.value.items) {
    if (item.kind === 'unknown') return refusal('value must be known')
    if (item.kind !== 'string') return refusal('null value is not allowed')
    texts.push(item.value)
  }
  return parsed({ value: texts, seen: list.value })
}

/** Null values of a map are left out (spec bake 2.4), or refused where the key cannot hold them. */
function decodeMap(value: Value, refuseNull: boolean): Parsed<Decoded> {
  const isPlain = value.kind === 'object' && [...value.entries.values()].every(isText)
  const map = isPlain ? textMap(value.entries) : convert(value, TEXT_MAP)
  if (!map.ok) return refusal(map.message)
  if (map.value.kind === 'unknown') return refusal('value must be known')
  if (map.value.kind !== 'map') return parsed({ value: undefined, seen: map.value })
  const texts = new Map<string, string>()
  for (const [name, item] of map.value.entries) {
    if (item.kind === 'unknown') return refusal('value must be known')
    if (item.kind === 'string') texts.set(name, item.value)
    else if (refuseNull) return refusal('null value is not allowed')
  }
  return parsed({ value: texts, seen: map.value })
}

/** Most lists and maps hold texts only; they need no look at composed types. */
function isText(item: Value): boolean {
  return item.kind === 'string'
}

function textList(items: readonly Value[]): { readonly ok: true; readonly value: Value } {
  return { ok: true, value: { kind: 'list', element: STRING, items } }
}

function textMap(entries: ReadonlyMap<string, Value>): { readonly ok: true; readonly value: Value } {
  return { ok: true, value: { kind: 'map', element: STRING, entries } }
}
