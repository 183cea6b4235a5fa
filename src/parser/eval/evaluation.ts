import type { Code, Diagnostic } from '../../core/diag/diagnostic.ts'
import type { Span } from '../../core/source/source-file.ts'
import { unknownOf } from '../../core/value/make.ts'
import { ANY } from '../../core/value/type.ts'
import type { Value } from '../../core/value/value.ts'
import type { Node } from '../hcl/ast.ts'
import { problem } from '../problem.ts'
import type { Expression, Scope } from '../scope.ts'
import { usedValues } from './used-values.ts'

/** What an evaluation gives when it failed: a value nobody knows, so that follow-ups stay silent. */
export const UNKNOWN: Value = unknownOf(ANY)

/** A value with what was wrong on the way, kept apart until it is known whether that counts. */
export interface Captured {
  readonly value: Value
  readonly found: readonly Diagnostic[]
}

/** How nodes are evaluated and wrapped, so that the parts of the evaluator need not import each other. */
export interface NodeSemantics {
  evaluate(ev: Evaluation, node: Node): Value
  asExpression(node: Node): Expression
}

const NONE: readonly Diagnostic[] = []

/** One run over a syntax tree in one scope. */
export class Evaluation {
  readonly scope: Scope
  readonly diagnostics: Diagnostic[]
  readonly semantics: NodeSemantics

  constructor(scope: Scope, semantics: NodeSemantics, diagnostics: Diagnostic[] = []) {
    this.scope = scope
    this.semantics = semantics
    this.diagnostics = diagnostics
  }

  value(node: Node): Value {
    return this.semantics.evaluate(this, node)
  }

  /** Evaluates without adding to the diagnostics. */
  capture(node: Node): Captured {
    const mark = this.diagnostics.length
    const value = this.value(node)
    return { value, found: this.diagnostics.length > mark ? this.diagnostics.splice(mark) : NONE }
  }

  add(found: readonly Diagnostic[]): void {
    if (found.length > 0) this.diagnostics.push(...found)
  }

  /** The same run with more variables. */
  within(scope: Scope): Evaluation {
    return new Evaluation(scope, this.semantics, this.diagnostics)
  }

  /** An error about `node`, with the values of the variables it uses. Not yet added. */
  problem(
    node: Node,
    code: Code,
    summary: string,
    detail: string,
    subject: Span,
    context?: Span,
  ): Diagnostic {
    const found = problem(code, summary, detail, subject, context)
    const values = usedValues(node, this.scope)
    return values.length === 0 ? found : { ...found, values }
  }

  /** Adds an error and gives the unknown value. */
  fail(node: Node, code: Code, summary: string, detail: string, subject: Span, context?: Span): Value {
    this.diagnostics.push(this.problem(node, code, summary, detail, subject, context))
    return UNKNOWN
  }
}
