import { type Diagnostic, hasErrors } from '../../core/diag/diagnostic.ts'
import type { Span } from '../../core/source/source-file.ts'
import { compareBytes } from '../../core/text/byte-order.ts'
import type { BakeDefinition, Sourced, TargetDefinition } from '../definition/definition.ts'
import { rebased } from '../definition/relative-paths.ts'
import { mergeFields, normaliseFields } from '../merge.ts'
import type { OverrideGrants, TargetFields } from '../plan.ts'
import { applyOverrides } from './apply-override.ts'
import type { OverrideTable } from './override-table.ts'
import { unknownTarget } from './select.ts'

/** A target with its parents merged in and its overrides applied. */
export interface Inherited {
  readonly fields: TargetFields
  readonly fieldSpans: ReadonlyMap<string, Span>
  readonly span?: Span
  /** Directory that stands for a missing `context` (spec bake 1.7). */
  readonly fallback?: string
}

interface Frame {
  readonly target: TargetDefinition
  next: number
  fields: TargetFields
  spans: ReadonlyMap<string, Span>
  fallback: string | undefined
  /** Whether something in progress was left out: the result then holds for this root only. */
  partial: boolean
}

/**
 * Merges parents into targets (spec bake 5). Parents come first, in order, each with its own overrides; a
 * parent still being resolved contributes nothing, so cycles end quietly, with a warning. Results are kept,
 * and chains of any length are walked with an explicit stack.
 */
export class Inheritance {
  readonly diagnostics: Diagnostic[] = []
  readonly grants: OverrideGrants[] = []
  readonly #definition: BakeDefinition
  readonly #overrides: OverrideTable
  /** Results that hold wherever the target is inherited, before defaults. */
  readonly #settled: Map<string, Inherited> = new Map()
  readonly #roots: Map<string, Inherited> = new Map()
  readonly #overridden: Set<string> = new Set()
  readonly #cycles: Set<string> = new Set()

  constructor(definition: BakeDefinition, overrides: OverrideTable) {
    this.#definition = definition
    this.#overrides = overrides
  }

  /** The resolved target, or undefined with a diagnostic. `mention` is where somebody asked for it. */
  resolve(name: string, mention?: { readonly span: Span; readonly label: string }): Inherited | undefined {
    const known = this.#roots.get(name)
    if (known !== undefined) return known
    const target = this.#definition.targets.get(name)
    if (target === undefined) {
      this.diagnostics.push(unknownTarget(this.#definition, name, mention))
      return undefined
    }
    const resolved = this.#settled.get(name) ?? this.#walk(target)
    if (resolved === undefined) return undefined
    const complete = withDefaults(resolved)
    this.#roots.set(name, complete)
    return complete
  }

  #walk(root: TargetDefinition): Inherited | undefined {
    const visited = new Map<string, Inherited | undefined>([[root.name, undefined]])
    const frames: Frame[] = [frameOf(root)]
    for (;;) {
      const top = frames.at(-1)
      if (top === undefined) return undefined
      const parent = top.target.inherits[top.next]
      if (parent !== undefined) {
        top.next++
        if (!this.#enter(parent, top, frames, visited)) return undefined
        continue
      }
      const result = this.#finish(top)
      if (result === undefined) return undefined
      frames.pop()
      visited.set(top.target.name, result)
      if (!top.partial) this.#settled.set(top.target.name, result)
      const below = frames.at(-1)
      if (below === undefined) return result
      below.partial ||= top.partial
      take(below, result)
    }
  }

  /** Merges a parent that is known, or starts resolving it; false when there is no such target. */
  #enter(
    parent: Sourced<string>,
    top: Frame,
    frames: Frame[],
    visited: Map<string, Inherited | undefined>,
  ): boolean {
    const name = parent.value
    if (visited.has(name)) {
      const known = visited.get(name)
      if (known === undefined) {
        top.partial = true
        this.#warnCycle(name, frames, parent.span)
      } else take(top, known)
      return true
    }
    const target = this.#definition.targets.get(name)
    if (target === undefined) {
      const label = `"${top.target.name}" inherits it here`
      const mention = parent.span === undefined ? undefined : { span: parent.span, label }
      this.diagnostics.push(unknownTarget(this.#definition, name, mention))
      return false
    }
    const settled = this.#settled.get(name)
    if (settled !== undefined) {
      visited.set(name, settled)
      take(top, settled)
      return true
    }
    visited.set(name, undefined)
    frames.push(frameOf(target))
    return true
  }

  #finish(frame: Frame): Inherited | undefined {
    const { target } = frame
    const own = mergeFields(frame.fields, target.fields)
    const overrides = this.#overrides.get(target.name)
    const applied = overrides === undefined ? undefined : applyOverrides(own, overrides)
    if (applied !== undefined && !this.#overridden.has(target.name)) {
      this.#overridden.add(target.name)
      this.diagnostics.push(...applied.diagnostics)
      this.grants.push(applied.grants)
    }
    if (applied !== undefined && hasErrors(applied.diagnostics)) return undefined
    const fallback = target.base?.fallback ?? frame.fallback
    return {
      fields: normaliseFields(applied?.fields ?? own),
      fieldSpans: joinSpanMaps(frame.spans, target.fieldSpans),
      ...(target.span === undefined ? {} : { span: target.span }),
      ...(fallback === undefined ? {} : { fallback }),
    }
  }

  #warnCycle(name: string, frames: readonly Frame[], span: Span | undefined): void {
    const from = frames.findIndex((frame) => frame.target.name === name)
    const members = frames.slice(from).map((frame) => frame.target.name)
    const key = [...members].sort(compareBytes).join('\n')
    if (this.#cycles.has(key)) return
    this.#cycles.add(key)
    const [only] = members
    const summary =
      members.length === 1
        ? `target "${only}" inherits itself`
        : `targets inherit each other: ${[...members, name].join(' -> ')}`
    this.diagnostics.push({
      severity: 'warning',
      code: 'graph/inherit-cycle',
      summary,
      detail: `The cycle is cut here: "${name}" contributes nothing.`,
      ...(span === undefined ? {} : { subject: span }),
    })
  }
}

function frameOf(target: TargetDefinition): Frame {
  return { target, next: 0, fields: {}, spans: new Map(), fallback: undefined, partial: false }
}

function take(frame: Frame, parent: Inherited): void {
  frame.fields = mergeFields(frame.fields, parent.fields)
  frame.fallback = parent.fallback ?? frame.fallback
  frame.spans = joinSpanMaps(frame.spans, parent.fieldSpans)
}

function joinSpanMaps(
  under: ReadonlyMap<string, Span>,
  over: ReadonlyMap<string, Span>,
): ReadonlyMap<string, Span> {
  if (under.size === 0 || over.size === 0) return under.size === 0 ? over : under
  const joined = new Map(under)
  for (const [key, span] of over) joined.set(key, span)
  return joined
}

function withDefaults(target: Inherited): Inherited {
  const { context, dockerfile } = target.fields
  if (context !== undefined && dockerfile !== undefined && dockerfile !== '') return target
  return {
    ...target,
    fields: {
      ...target.fields,
      context: context ?? rebased(target.fallback, '.'),
      dockerfile: dockerfile === undefined || dockerfile === '' ? 'Dockerfile' : dockerfile,
    },
  }
}
