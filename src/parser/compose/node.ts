import type { Span } from '../../core/source/source-file.ts'

/** A plain or quoted YAML scalar; `value` is resolved by YAML's core rules as Go's reader applies them. */
export interface ScalarNode {
  readonly kind: 'scalar'
  readonly value: ScalarValue
  readonly span: Span
}
/** Numbers keep their kind, because Compose prints `1.50` as `1.5` but `10` as it is. */
export type ScalarValue =
  | { readonly type: 'string'; readonly text: string }
  | { readonly type: 'int'; readonly value: bigint }
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'bool'; readonly value: boolean }
  /** A date or time; `text` is how Go prints it, `json` how it is validated. */
  | { readonly type: 'time'; readonly text: string; readonly json: string }
  | { readonly type: 'null' }
export interface SequenceNode {
  readonly kind: 'sequence'
  readonly items: readonly Node[]
  readonly span: Span
}
export interface MappingNode {
  readonly kind: 'mapping'
  readonly entries: ReadonlyMap<string, MappingEntry>
  readonly span: Span
}
export interface MappingEntry {
  readonly value: Node
  readonly keySpan: Span
}
export type Node = ScalarNode | SequenceNode | MappingNode

/** A place in the tree: mapping keys, and for list elements `[]`, from the root. */
export type Path = readonly string[]

/** One YAML document and the paths that its `!reset` and `!override` take away from what was defined before. */
export interface ComposeDocument {
  readonly root: Node
  readonly cleared: readonly Path[]
}

/** A string scalar at a place. */
export function textNode(text: string, span: Span): ScalarNode {
  return { kind: 'scalar', value: { type: 'string', text }, span }
}

/** A boolean scalar at a place. */
export function boolNode(value: boolean, span: Span): ScalarNode {
  return { kind: 'scalar', value: { type: 'bool', value }, span }
}

/** YAML's null at a place. */
export function nullNode(span: Span): ScalarNode {
  return { kind: 'scalar', value: { type: 'null' }, span }
}

/** A mapping of entries at a place. */
export function mappingNode(entries: ReadonlyMap<string, MappingEntry>, span: Span): MappingNode {
  return { kind: 'mapping', entries, span }
}

/** A list of items at a place. */
export function sequenceNode(items: readonly Node[], span: Span): SequenceNode {
  return { kind: 'sequence', items, span }
}

/** The mapping with one entry set; the key keeps its place when it is there already. */
export function withEntry(node: MappingNode, key: string, value: Node): MappingNode {
  const entries = new Map(node.entries)
  entries.set(key, { value, keySpan: node.entries.get(key)?.keySpan ?? value.span })
  return mappingNode(entries, node.span)
}

/** The mapping without one key. */
export function withoutEntry(node: MappingNode, key: string): MappingNode {
  if (!node.entries.has(key)) return node
  const entries = new Map(node.entries)
  entries.delete(key)
  return mappingNode(entries, node.span)
}

/** Whether the node is YAML's null. */
export function isNull(node: Node): boolean {
  return node.kind === 'scalar' && node.value.type === 'null'
}

/** The text of a string scalar; undefined for everything else, numbers included. */
export function stringOf(node: Node | undefined): string | undefined {
  return node?.kind === 'scalar' && node.value.type === 'string' ? node.value.text : undefined
}

/** The value under a key of a mapping; undefined for every other node. */
export function entryOf(node: Node | undefined, key: string): Node | undefined {
  return node?.kind === 'mapping' ? node.entries.get(key)?.value : undefined
}

/** The text of a scalar as Go prints it with `%v`; undefined for null and for collections. */
export function scalarText(node: Node): string | undefined {
  if (node.kind !== 'scalar') return undefined
  const { value } = node
  switch (value.type) {
    case 'string':
    case 'time':
      return value.text
    case 'int':
      return value.value.toString()
    case 'float':
      return floatText(value.value)
    case 'bool':
      return value.value ? 'true' : 'false'
    case 'null':
      return undefined
  }
}

/** Any node as Go prints it with `%v`: `map[a:1 b:2]`, `[x y]`, `<nil>`. */
export function printed(node: Node): string {
  if (node.kind === 'sequence') return `[${node.items.map(printed).join(' ')}]`
  if (node.kind === 'mapping') {
    const keys = [...node.entries.keys()].sort()
    return `map[${keys.map((key) => `${key}:${printed(node.entries.get(key)?.value ?? node)}`).join(' ')}]`
  }
  return scalarText(node) ?? '<nil>'
}

/** A float as Go's `%v` prints it: shortest digits, an exponent below 1e-4 and from 1e6 on when it is no short number. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf'
  if (value === 0) return Object.is(value, -0) ? '-0' : '0'
  const [digits = '0', exponentText = '0'] = Math.abs(value).toExponential().split('e')
  const exponent = Number(exponentText)
  if (exponent < -4 || exponent >= 6) {
    const sign = exponent < 0 ? '-' : '+'
    return `${value < 0 ? '-' : ''}${digits}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`
  }
  return String(value)
}

/** Go's name for the type of a node, as the reference prints it in type errors. */
export function goType(node: Node | undefined): string {
  if (node === undefined) return '<nil>'
  if (node.kind === 'mapping') return 'map[string]interface {}'
  if (node.kind === 'sequence') return '[]interface {}'
  switch (node.value.type) {
    case 'string':
      return 'string'
    case 'int':
      return node.value.value > 2n ** 63n - 1n ? 'uint64' : 'int'
    case 'float':
      return 'float64'
    case 'bool':
      return 'bool'
    case 'time':
      return 'time.Time'
    case 'null':
      return '<nil>'
  }
}
