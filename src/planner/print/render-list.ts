import type { BakeDefinition } from '../definition/definition.ts'

/** A row of `--list=variables`. */
export interface ListedVariable {
  readonly name: string
  readonly description?: string
  readonly type?: string
  /** Absent for null. */
  readonly value?: string
}
export type ListFormat = 'table' | 'json'

/** Declared variables with their values after overrides, sorted by name. */
export function listVariables(_definition: BakeDefinition): readonly ListedVariable[] {
  return []
}

/** The text of `--list=targets` (spec bake 10.6). */
export function renderTargetList(_definition: BakeDefinition, _format: ListFormat): string {
  return ''
}

/** The text of `--list=variables` (spec bake 10.6). */
export function renderVariableList(_variables: readonly ListedVariable[], _format: ListFormat): string {
  return ''
}
