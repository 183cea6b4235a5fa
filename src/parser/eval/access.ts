import type { Span } from '../../core/source/source-file.ts'
import { list, tuple, unknownOf } from '../../core/value/make.ts'
import { ANY, listOf, type Type, tupleOf } from '../../core/value/type.ts'
import { equalTypes, typeOf } from '../../core/value/type-of.ts'
import type { Value } from '../../core/value/value.ts'
import type { AccessNode, Step } from '../hcl/ast.ts'
import { type Evaluation, UNKNOWN } from './evaluation.ts'
import { getAttribute, getIndex, type Lookup } from './lookup.ts'

/** Evaluates a term and the steps behind it. */
export function evaluateAccess(ev: Evaluation, node: AccessNode): Value {
  const mark = ev.diagnostics.length
  const source = ev.value(node.source)
  return new Walk(ev, node).steps(source, 0, node.steps.length, mark)
}

type SplatStep = Extract<Step, { kind: 'splat' }>

class Walk {
  private readonly ev: Evaluation
  private readonly node: AccessNode

  constructor(ev: Evaluation, node: AccessNode) {
    this.ev = ev
    this.node = node
  }

  /** Applies steps `from` to `to`; after a failure since `mark` the value is unknown and stays so. */
  steps(start: Value, from: number, to: number, mark: number): Value {
    let value = start
    for (let i = from; i < to; i++) {
      const step = this.node.steps[i] as Step
      if (step.kind !== 'splat') value = this.step(value, step)
      else {
        const failed = this.ev.diagnostics.length > mark
        value = failed ? UNKNOWN : this.splat(value, step, i)
        i += step.covered
      }
    }
    return value
  }

  private step(value: Value, step: Exclude<Step, SplatStep>): Value {
    if (step.kind === 'attr') return this.found(getAttribute(value, step.name), step.span)
    const key = step.kind === 'index' ? step.key : this.ev.value(step.key)
    return this.found(getIndex(value, key), step.span)
  }

  private found(lookup: Lookup, subject: Span): Value {
    if (lookup.ok) return lookup.value
    const code = lookup.summary === 'Invalid index' ? 'eval/bad-index' : 'eval/no-attribute'
    return this.ev.fail(this.node, code, lookup.summary, lookup.detail, subject)
  }

  /** `[*]` and `.*`: a value that is no sequence counts as one of one item, null as an empty one. */
  private splat(value: Value, step: SplatStep, at: number): Value {
    const type = typeOf(value)
    const isSequence = type.kind === 'tuple' || type.kind === 'list' || type.kind === 'set'
    if (value.kind === 'null') return isSequence ? this.nullSplat(at) : tuple([])
    if (value.kind === 'unknown') return type.kind === 'any' ? UNKNOWN : this.unknownSplat(type, at, step)
    if (value.kind !== 'list' && value.kind !== 'set' && value.kind !== 'tuple') {
      return this.each([value], at, step, undefined)
    }
    return this.each(value.items, at, step, value.kind === 'tuple' ? undefined : value.element)
  }

  private each(items: readonly Value[], at: number, step: SplatStep, element: Type | undefined): Value {
    const mark = this.ev.diagnostics.length
    const results = items.map((item) => this.covered(item, at, step))
    if (this.ev.diagnostics.length > mark) return this.failedSplat(items, at, step, element)
    if (element === undefined) return tuple(results)
    const [first] = results
    if (first === undefined) return list(typeOf(this.covered(unknownOf(element), at, step)), [])
    const type = typeOf(first)
    if (results.every((result) => equalTypes(typeOf(result), type))) return list(type, results)
    const detail =
      "The second level of splat expression produced elements of different types, so it isn't possible to construct a valid list to represent the top-level result.\n\nConsider using a for expression instead, to produce a tuple-typed result which can therefore have non-homogenous element types."
    const next = this.node.steps[at + 1]
    const subject = {
      ...step.span,
      start: (next ?? step).span.start,
      end: this.lastCovered(at, step).span.end,
    }
    return this.ev.fail(
      this.node,
      'eval/mixed-splat',
      'Invalid nested splat expressions',
      detail,
      subject,
      this.node.span,
    )
  }

  /** A value of the type the splat would have had; finding that out reports nothing anew. */
  private failedSplat(
    items: readonly Value[],
    at: number,
    step: SplatStep,
    element: Type | undefined,
  ): Value {
    const mark = this.ev.diagnostics.length
    const type = element === undefined ? tupleOf(items.map(typeOf)) : listOf(element)
    const result = this.unknownSplat(type, at, step)
    this.ev.diagnostics.length = mark
    return result
  }

  private covered(item: Value, at: number, step: SplatStep): Value {
    return this.steps(item, at + 1, at + 1 + step.covered, this.ev.diagnostics.length)
  }

  private lastCovered(at: number, step: SplatStep): Step {
    return this.node.steps[at + step.covered] ?? step
  }

  private unknownSplat(type: Type, at: number, step: SplatStep): Value {
    const eachType = (element: Type): Type => typeOf(this.covered(unknownOf(element), at, step))
    if (type.kind === 'list' || type.kind === 'set') return unknownOf(listOf(eachType(type.element)))
    if (type.kind === 'tuple') return unknownOf(tupleOf(type.elements.map(eachType)))
    eachType(type)
    return unknownOf(ANY)
  }

  private nullSplat(at: number): Value {
    const { source, steps } = this.node
    const end = (steps[at - 1] ?? source).span.end
    const subject = { ...source.span, end }
    const context = { ...source.span, end: (steps[at] ?? source).span.end }
    const detail = 'Splat expressions (with the * symbol) cannot be applied to null sequences.'
    return this.ev.fail(this.node, 'eval/null-splat', 'Splat of null value', detail, subject, context)
  }
}
