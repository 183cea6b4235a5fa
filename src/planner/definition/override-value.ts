import { boolError, parseBool } from '../../core/go/bool.ts'
import { parseCsvRecord } from '../../core/go/csv.ts'
import { floatError, parseFloat64 } from '../../core/go/float.ts'
import { fromJsonTyped } from '../../core/value/json.ts'
import { bool, list, mapOfEntries, num, setOfItems, str, tuple } from '../../core/value/make.ts'
import { fromFloat64 } from '../../core/value/number.ts'
import type { Type } from '../../core/value/type.ts'
import { friendlyName, isPrimitive, typeOf } from '../../core/value/type-of.ts'
import type { Value } from '../../core/value/value.ts'
import { type Parsed, parsed, refusal } from '../elements/parsed.ts'

/** A text that replaces a variable's default. */
export interface OverrideText {
  readonly text: string
  /** It came from `NAME_JSON`. */
  readonly json: boolean
}

/**
 * Reads the text that overrides variable `name` (spec bake 2.3.2). `type` is the declared type, absent for
 * an untyped variable, which takes the shape of its default instead.
 */
export function overrideValue(
  name: string,
  override: OverrideText,
  type: Type | undefined,
  defaultValue: Value | undefined,
): Parsed<Value> {
  if (type === undefined) return untyped(name, override.text, defaultValue)
  if (override.json) {
    const value = fromJsonTyped(override.text, type)
    return value.ok
      ? parsed(value.value)
      : refusal(`failed to convert variable ${name} from JSON: ${value.message}`)
  }
  if (type.kind === 'list' || type.kind === 'set' || type.kind === 'tuple' || type.kind === 'map') {
    const value = fromCsv(name, override.text, type)
    return value.ok ? value : refusal(`failed to convert variable ${name} from CSV: ${value.message}`)
  }
  if (isPrimitive(type)) return primitive(name, override.text, type)
  return refusal(`unsupported type ${friendlyName(type)} for variable ${name}`)
}

function untyped(name: string, text: string, defaultValue: Value | undefined): Parsed<Value> {
  if (defaultValue === undefined) return parsed(str(text))
  const type = typeOf(defaultValue)
  if (type.kind === 'any') return parsed(str(text))
  if (isPrimitive(type)) return primitive(name, text, type)
  return refusal(`unsupported type ${friendlyName(type)} for variable ${name}`)
}

function primitive(name: string, text: string, type: Type): Parsed<Value> {
  if (type.kind === 'bool') {
    const flag = parseBool(text)
    return flag === undefined
      ? refusal(`failed to parse ${name} as bool: ${boolError(text)}`)
      : parsed(bool(flag))
  }
  if (type.kind === 'number') {
    const number = parseFloat64(text)
    if (number === undefined) return refusal(`failed to parse ${name} as number: ${floatError(text)}`)
    if (!Number.isFinite(number)) {
      return refusal(`failed to parse ${name} as number: invalid number value`)
    }
    return parsed(num(fromFloat64(number)))
  }
  return parsed(str(text))
}

type ItemsType =
  | { readonly kind: 'list' | 'set'; readonly element: Type }
  | { readonly kind: 'tuple'; readonly elements: readonly Type[] }
type MapType = { readonly kind: 'map'; readonly element: Type }

function fromCsv(name: string, text: string, type: Type): Parsed<Value> {
  const record = parseCsvRecord(text)
  if (!record.ok) return refusal(`failed to parse ${text} as CSV: ${record.message}`)
  const { fields } = record
  if (type.kind === 'tuple' && type.elements.length !== fields.length) {
    const wanted = `${friendlyName(type)} expects ${type.elements.length} elements`
    return refusal(`${wanted} but only ${fields.length} provided`)
  }
  if (type.kind === 'map' && isPrimitive(type.element)) {
    return mapFromCsv(name, fields, { kind: 'map', element: type.element })
  }
  if (type.kind === 'tuple' && type.elements.every(isPrimitive)) return itemsFromCsv(name, fields, type)
  if ((type.kind === 'list' || type.kind === 'set') && isPrimitive(type.element)) {
    return itemsFromCsv(name, fields, { kind: type.kind, element: type.element })
  }
  return refusal(`unsupported type ${friendlyName(type)} for CSV specification`)
}

function itemsFromCsv(name: string, fields: readonly string[], type: ItemsType): Parsed<Value> {
  const items: Value[] = []
  for (const [i, field] of fields.entries()) {
    const element = type.kind === 'tuple' ? type.elements[i] : type.element
    if (element === undefined) continue
    const item = primitive(name, field, element)
    if (!item.ok) return refusal(`failed to parse element of type ${friendlyName(type)}: ${item.message}`)
    items.push(item.value)
  }
  if (type.kind === 'tuple') return parsed(tuple(items))
  return parsed(type.kind === 'list' ? list(type.element, items) : setOfItems(type.element, items))
}

function mapFromCsv(name: string, fields: readonly string[], type: MapType): Parsed<Value> {
  const entries = new Map<string, Value>()
  for (const field of fields) {
    const pair = parseCsvRecord(field, ':')
    if (!pair.ok) return refusal(`failed to parse ${field} as k/v for variable ${name}: ${pair.message}`)
    const [key, text] = pair.fields
    if (key === undefined || text === undefined || pair.fields.length !== 2) {
      return refusal(`expected one k/v pair but got ${pair.fields.length} pieces from ${field}`)
    }
    const value = primitive(name, text, type.element)
    if (!value.ok) return refusal(`failed to parse element from type ${friendlyName(type)}: ${value.message}`)
    entries.set(key, value.value)
  }
  return parsed(mapOfEntries(type.element, entries))
}
