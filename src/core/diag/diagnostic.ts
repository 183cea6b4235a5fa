import type { Span } from '../source/source-file.ts'

/** The part of the product that found the mistake; first half of every code. */
export type Area =
  | 'hcl'
  | 'json'
  | 'compose'
  | 'eval'
  | 'schema'
  | 'graph'
  | 'override'
  | 'entitlement'
  | 'load'
  | 'cli'
  | 'solve'

/** Stable, documented in the code catalogue (`codes.ts`), asserted by tests. */
export type Code = `${Area}/${string}`

/** A variable that a failing expression used, with its value rendered for reading. */
export interface UsedValue {
  readonly name: string
  readonly text: string
}

/** Something a user can mend in a file, a flag or a variable. Collected, never thrown. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning'
  readonly code: Code
  /** One clause, no final period. */
  readonly summary: string
  /** Full sentences: why, and what is accepted. */
  readonly detail?: string
  /** Exactly the offending text. */
  readonly subject?: Span
  /** Wider excerpt to show; contains `subject`. */
  readonly context?: Span
  readonly related?: readonly { readonly span: Span; readonly label: string }[]
  /** Each one an action the user can take. */
  readonly hints?: readonly string[]
  /**
   * Where what we find differs from what the reference counts: a `follow-up` is counted but says nothing new,
   * so it is not shown; what lies `beyond` the reference's reach is shown but not counted.
   */
  readonly standing?: 'follow-up' | 'beyond'
  /** Variables the failing expression used, sorted by name. */
  readonly values?: readonly UsedValue[]
}

/** `value` is always safe to walk, even when `diagnostics` holds errors. */
export interface Checked<T> {
  readonly value: T
  readonly diagnostics: readonly Diagnostic[]
}

/** A value without any remark. */
export function checked<T>(value: T, diagnostics: readonly Diagnostic[] = []): Checked<T> {
  return { value, diagnostics }
}

/** Whether at least one error (not only warnings) is among them. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((d) => d.severity === 'error')
}
