import type { SourceFile, Span } from '../../core/source/source-file.ts'
import type { Value } from '../../core/value/value.ts'

export type BinaryOperator = '||' | '&&' | '==' | '!=' | '>' | '>=' | '<' | '<=' | '+' | '-' | '*' | '/' | '%'
export type UnaryOperator = '-' | '!'

/** The syntax tree of an expression. Both syntaxes evaluate the same tree. */
export type Node =
  | LiteralNode
  | TemplateNode
  | { readonly kind: 'wrap'; readonly inner: Node; readonly span: Span }
  | { readonly kind: 'join'; readonly each: ForNode; readonly span: Span }
  | { readonly kind: 'paren'; readonly inner: Node; readonly span: Span }
  | VariableNode
  | AccessNode
  | CallNode
  | ConditionalNode
  | BinaryNode
  | UnaryNode
  | TupleNode
  | ObjectNode
  | ForNode

export interface LiteralNode {
  readonly kind: 'literal'
  readonly value: Value
  readonly span: Span
}

/** Text with at least one part; only a template of one literal is constant. */
export interface TemplateNode {
  readonly kind: 'template'
  readonly parts: readonly Node[]
  readonly span: Span
}

export interface VariableNode {
  readonly kind: 'variable'
  readonly name: string
  readonly span: Span
}

/** Steps behind a term, in order: `a.b[0][k].*.c`. */
export interface AccessNode {
  readonly kind: 'access'
  readonly source: Node
  readonly steps: readonly Step[]
  readonly span: Span
}

/** Spans include the dot or the brackets. */
export type Step =
  | { readonly kind: 'attr'; readonly name: string; readonly span: Span }
  | { readonly kind: 'index'; readonly key: Value; readonly span: Span }
  | { readonly kind: 'computed'; readonly key: Node; readonly openSpan: Span; readonly span: Span }
  | {
      readonly kind: 'splat'
      /** How many of the following steps apply to each element instead of to the result. */
      readonly covered: number
      readonly span: Span
    }

export interface CallNode {
  readonly kind: 'call'
  /** Where the call is written, for messages that name places. */
  readonly file: SourceFile
  readonly name: string
  readonly nameSpan: Span
  readonly args: readonly Node[]
  /** The last argument is a collection of arguments. */
  readonly expands: boolean
  readonly openSpan: Span
  readonly closeSpan: Span
  readonly span: Span
}

export interface ConditionalNode {
  readonly kind: 'conditional'
  readonly condition: Node
  readonly yes: Node
  readonly no: Node
  readonly span: Span
}

export interface BinaryNode {
  readonly kind: 'binary'
  readonly operator: BinaryOperator
  readonly left: Node
  readonly right: Node
  readonly span: Span
}

export interface UnaryNode {
  readonly kind: 'unary'
  readonly operator: UnaryOperator
  readonly operand: Node
  readonly symbolSpan: Span
  readonly span: Span
}

export interface TupleNode {
  readonly kind: 'tuple'
  readonly items: readonly Node[]
  readonly openSpan: Span
  readonly span: Span
}

export interface ObjectItem {
  readonly key: Node
  /** The key stands in parentheses, so that a name in it is a reference. */
  readonly forced: boolean
  readonly value: Node
}

export interface ObjectNode {
  readonly kind: 'object'
  readonly items: readonly ObjectItem[]
  readonly openSpan: Span
  readonly span: Span
}

export interface ForNode {
  readonly kind: 'for'
  readonly keyName: string | undefined
  readonly valueName: string
  readonly collection: Node
  /** Present when an object is made. */
  readonly key: Node | undefined
  readonly value: Node
  readonly condition: Node | undefined
  readonly groups: boolean
  readonly openSpan: Span
  readonly span: Span
}

/** Attributes and blocks in source order, as parsed. */
export interface BodySyntax {
  readonly attributes: readonly AttributeSyntax[]
  readonly blocks: readonly BlockSyntax[]
  readonly span: Span
}

export interface AttributeSyntax {
  readonly name: string
  readonly nameSpan: Span
  readonly expr: Node
  readonly span: Span
}

export interface BlockSyntax {
  readonly type: string
  readonly typeSpan: Span
  readonly labels: readonly string[]
  readonly labelSpans: readonly Span[]
  readonly openSpan: Span
  readonly body: BodySyntax
}

/**
 * Where "unsuitable value" errors about a node point (spec bake 13): an opening bracket, the first part
 * of a text, the name and parenthesis of a call, the start of an operand.
 */
export function startSpanOf(node: Node): Span {
  switch (node.kind) {
    case 'template':
      return node.parts[0] === undefined ? node.span : startSpanOf(node.parts[0])
    case 'paren':
      return startSpanOf(node.inner)
    case 'join':
      return node.each.openSpan
    case 'call':
      return { ...node.nameSpan, end: node.openSpan.end }
    case 'conditional':
      return startSpanOf(node.condition)
    case 'binary':
      return startSpanOf(leftmost(node))
    case 'unary':
      return node.symbolSpan
    case 'tuple':
    case 'object':
    case 'for':
      return node.openSpan
    case 'access':
      return accessStart(node)
    default:
      return node.span
  }
}

function leftmost(node: BinaryNode): Node {
  let left: Node = node
  while (left.kind === 'binary') left = left.left
  return left
}

/** A splat starts at its marker; constant steps belong to the whole; a computed index starts anew. */
function accessStart(node: AccessNode): Span {
  let start = startSpanOf(node.source)
  for (let i = 0; i < node.steps.length; i++) {
    const step = node.steps[i] as Step
    if (step.kind === 'splat') {
      start = step.span
      i += step.covered
    } else start = step.kind === 'computed' ? step.openSpan : { ...node.span, end: step.span.end }
  }
  return start
}
