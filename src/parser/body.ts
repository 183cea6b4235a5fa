import type { Checked, Diagnostic } from '../core/diag/diagnostic.ts'
import type { Span } from '../core/source/source-file.ts'
import type { Expression } from './scope.ts'

/** One way a body may be read: which attributes and nested blocks the reader knows. */
export interface BodySchema {
  readonly attributes: readonly { readonly name: string; readonly required?: boolean }[]
  readonly blocks: readonly { readonly type: string; readonly labels: readonly string[] }[]
}

export interface Attribute {
  readonly name: string
  readonly nameSpan: Span
  /** Name, equals sign and expression. */
  readonly span: Span
  readonly expr: Expression
}

export interface Block {
  readonly type: string
  readonly typeSpan: Span
  readonly labels: readonly string[]
  /** Quotes included. */
  readonly labelSpans: readonly Span[]
  /** From the type to the opening brace's end (native) or the property name (JSON). */
  readonly headerSpan: Span
  /** The opening brace; variable value errors point at its zero-width end (spec 13). */
  readonly openSpan: Span
  readonly body: Body
}

/** What a schema found in a body. `blocks` keep source order. */
export interface BodyContent {
  readonly attributes: ReadonlyMap<string, Attribute>
  readonly blocks: readonly Block[]
  /** Attributes and blocks the schema does not know, in source order, for warnings. */
  readonly unknown: readonly {
    readonly name: string
    readonly kind: 'attribute' | 'block'
    readonly span: Span
    /** The error of a reader that takes nothing unknown, where the syntax has its own words for it. */
    refusal?(): Diagnostic
  }[]
}

/** A body of attributes and blocks, whatever syntax it was written in. */
export interface Body {
  readonly span: Span
  /**
   * Splits the body by `schema`. What the schema does not name goes to `unknown`. Reports missing
   * required attributes (at `missingSpan`) and wrong label counts.
   */
  content(schema: BodySchema): Checked<BodyContent>
  /** All attributes, for bodies that hold nothing else by contract (globals). Blocks are left out. */
  attributes(): ReadonlyMap<string, Attribute>
  /** Where a missing item is reported: just behind the opening brace or at the end of the file. */
  readonly missingSpan: Span
}

export type { Expression, Reference, ReferenceStep } from './scope.ts'
