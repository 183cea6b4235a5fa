import type { Span } from '../../core/source/source-file.ts'
import type { Type } from '../../core/value/type.ts'
import type { Value } from '../../core/value/value.ts'
import type { TargetFields } from '../plan.ts'

/** A text with the place it was written at; no span when it came from Compose or a default. */
export interface Sourced<T> {
  readonly value: T
  readonly span?: Span
}

/**
 * Directories that relative context paths start from (spec bake 1.7). Present only when file-relative
 * paths are switched on.
 */
export interface ContextBase {
  /** Directory of the last defining block; used when no `context` is set at all. */
  readonly fallback?: string
  /** Directory of the file that set `context`. */
  readonly context?: string
  /** Directories of the files that set single named contexts. */
  readonly contexts?: ReadonlyMap<string, string>
}

/** A target as written: evaluated and merged over files; inheritance and overrides not applied. */
export interface TargetDefinition {
  readonly name: string
  readonly inherits: readonly Sourced<string>[]
  readonly fields: TargetFields
  /** The label of the block that defined it first. */
  readonly span?: Span
  /** Where single keys were written last, by bake key. */
  readonly fieldSpans: ReadonlyMap<string, Span>
  readonly base?: ContextBase
}

export interface GroupDefinition {
  readonly name: string
  readonly description?: string
  /** Without repeats; `null` prints as null. */
  readonly members: readonly Sourced<string>[] | null
  readonly span?: Span
  /** Stands for the instances of a matrix block of that label. */
  readonly generated?: true
}

/** A declared variable after overrides. */
export interface VariableDefinition {
  readonly name: string
  readonly description: string
  /** Only when the block declared one. */
  readonly type?: Type
  readonly value: Value
  readonly span?: Span
}

/** Everything the files say, decoded and evaluated (spec bake 2). Maps iterate in source order. */
export interface BakeDefinition {
  readonly groups: ReadonlyMap<string, GroupDefinition>
  readonly targets: ReadonlyMap<string, TargetDefinition>
  readonly variables: readonly VariableDefinition[]
  /** No HCL or JSON file was read: variables then list as null. */
  readonly composeOnly?: true
}
