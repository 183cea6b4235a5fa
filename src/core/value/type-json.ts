import { quoteJson } from '../go/json-quote.ts'
import type { JsonNode } from './json-text.ts'
import { sortedKeys } from './make.ts'
import { ANY, BOOL, listOf, mapOf, NUMBER, objectOf, STRING, setOf, type Type, tupleOf } from './type.ts'

const PRIMITIVES: Readonly<Record<string, Type>> = {
  string: STRING,
  number: NUMBER,
  bool: BOOL,
  dynamic: ANY,
}

/** A type as go-cty writes it in JSON: `"string"`, `["list","number"]`, `["object",{"a":"bool"}]`. */
export function typeToJson(type: Type): string {
  switch (type.kind) {
    case 'any':
      return '"dynamic"'
    case 'list':
    case 'set':
    case 'map':
      return `["${type.kind}",${typeToJson(type.element)}]`
    case 'tuple':
      return `["tuple",[${type.elements.map(typeToJson).join(',')}]]`
    case 'object': {
      const attributes = sortedKeys(type.attributes).map(
        (name) => `${quoteJson(name)}:${typeToJson(type.attributes.get(name) ?? ANY)}`,
      )
      const optional = [...type.optional].sort().map((name) => quoteJson(name))
      return `["object",{${attributes.join(',')}}${optional.length > 0 ? `,[${optional.join(',')}]` : ''}]`
    }
    default:
      return `"${type.kind}"`
  }
}

/** Reads what `typeToJson` writes; undefined for anything else. */
export function typeFromJson(node: JsonNode): Type | undefined {
  if (node.kind === 'string') return Object.hasOwn(PRIMITIVES, node.text) ? PRIMITIVES[node.text] : undefined
  if (node.kind !== 'array') return undefined
  const [name, inner] = node.items
  if (name?.kind !== 'string' || inner === undefined) return undefined
  if (name.text === 'tuple') return inner.kind === 'array' ? tupleFrom(inner.items) : undefined
  if (name.text === 'object') return inner.kind === 'object' ? objectFrom(inner.members) : undefined
  const element = typeFromJson(inner)
  if (element === undefined) return undefined
  if (name.text === 'list') return listOf(element)
  if (name.text === 'set') return setOf(element)
  return name.text === 'map' ? mapOf(element) : undefined
}

function tupleFrom(items: readonly JsonNode[]): Type | undefined {
  const elements = items.map(typeFromJson).filter((t) => t !== undefined)
  return elements.length === items.length ? tupleOf(elements) : undefined
}

function objectFrom(members: readonly (readonly [string, JsonNode])[]): Type | undefined {
  const attributes = new Map<string, Type>()
  for (const [name, node] of members) {
    const type = typeFromJson(node)
    if (type === undefined) return undefined
    attributes.set(name, type)
  }
  return objectOf(attributes)
}
