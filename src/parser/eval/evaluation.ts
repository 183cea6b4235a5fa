import type { Code, Diagnostic } from '../../core/diag/diagnostic.ts'
import type { Span } from '../../core/source/source-file.ts'
import { unknownOf } from '../../core/value/make.ts'
import { ANY } from '../../core/value/type.ts'
import type { Value } from '../../core/value/value.ts'
import type { Node } from '../hcl/ast.ts'
import { problem } from '../problem.ts'
import type { Budget, Expression, Scope } from '../scope.ts'
import { extentOf, FREE_PARTS, MAX_LEVELS, MAX_PARTS, newBudget, ROUND_WORK } from './limits.ts'
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
  private readonly budget: Budget

  constructor(scope: Scope, semantics: NodeSemantics, diagnostics: Diagnostic[] = [], budget?: Budget) {
    this.scope = scope
    this.semantics = semantics
    this.diagnostics = diagnostics
    this.budget = budget ?? scope.world.budget ?? newBudget()
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
    return new Evaluation(scope, this.semantics, this.diagnostics, this.budget)
  }

  /** The value, unless it is too big to be worked with. */
  sized(node: Node, value: Value): Value {
    const { parts, levels } = extentOf(value)
    if (parts > FREE_PARTS) this.budget.left -= parts
    if (parts > MAX_PARTS) return this.tooBig(node, `It has more than ${MAX_PARTS} parts.`)
    if (levels > MAX_LEVELS) return this.tooBig(node, `It is nested more than ${MAX_LEVELS} levels deep.`)
    return value
  }

  tooBig(node: Node, detail: string): Value {
    return this.fail(node, 'eval/too-big', 'Value too big', detail, node.span)
  }

  /** Takes a round of a loop or a call off what the run may spend; false when nothing is left. */
  spend(node: Node): boolean {
    if (this.budget.left <= 0) {
      const detail =
        'The loops and calls of this definition go on for too long. Loops inside of one another and functions that call several others multiply.'
      this.fail(node, 'eval/too-much-work', 'Too much work', detail, node.span)
      return false
    }
    this.budget.left -= ROUND_WORK
    return true
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
