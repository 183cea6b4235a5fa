import type { SourceFile, Span } from '../../core/source/source-file.ts'
import type { BigFloat } from '../../core/value/number.ts'

/** A JSON value with its place. `invalid` stands where no value could be read. */
export type JsonNode =
  | JsonObject
  | JsonArray
  | JsonString
  | { readonly kind: 'number'; readonly value: BigFloat; readonly span: Span }
  | { readonly kind: 'bool'; readonly value: boolean; readonly span: Span }
  | { readonly kind: 'null' | 'invalid'; readonly span: Span }

export interface JsonObject {
  readonly kind: 'object'
  /** In source order, repeated names included. */
  readonly members: readonly JsonMember[]
  readonly openSpan: Span
  readonly closeSpan: Span
  readonly span: Span
}

export interface JsonMember {
  readonly name: JsonString
  readonly value: JsonNode
}

export interface JsonArray {
  readonly kind: 'array'
  readonly items: readonly JsonNode[]
  readonly openSpan: Span
  readonly span: Span
}

export interface JsonString {
  readonly kind: 'string'
  /** Without quotes and escapes. */
  readonly text: string
  /** Quotes included. */
  readonly span: Span
  readonly file: SourceFile
}

/** Where problems with a value as a whole point: the opening bracket, or the value. */
export function startOf(node: JsonNode): Span {
  return node.kind === 'object' || node.kind === 'array' ? node.openSpan : node.span
}
