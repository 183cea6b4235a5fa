import type { Checked, Diagnostic } from '../core/diag/diagnostic.ts'
import type { Span } from '../core/source/source-file.ts'
import type { Type } from '../core/value/type.ts'
import type { Value } from '../core/value/value.ts'

/** What a name means while an expression is evaluated. */
export interface Scope {
  /** The value of a root name, or undefined when there is none. */
  variable(name: string): Value | undefined
  function(name: string): FunctionSpec | undefined
  /** Every visible root name, for suggestions; sorted. */
  variableNames(): readonly string[]
  /** Every visible function name, for suggestions; sorted. */
  functionNames(): readonly string[]
  /** What function calls may ask of the world. */
  readonly world: CallWorld
}

/** One parameter of a function. */
export interface ParameterSpec {
  readonly name: string
  readonly type: Type
  readonly doc?: string
  /** A null argument reaches `call` instead of being refused. */
  readonly allowNull?: boolean
  /** An unknown argument reaches `call` instead of making the result unknown. */
  readonly allowUnknown?: boolean
}

/** Why a call failed. `argument` is the index of the argument to blame; absent blames the call. */
export interface CallProblem {
  readonly message: string
  readonly argument?: number
}

export type CallResult =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: CallProblem }

/** What a function may ask of the world; values come from the host so that runs can be fixed. */
export interface CallWorld {
  /** Milliseconds since the epoch. */
  readonly now: number
  readonly homeDir: string
  /** `n` random bytes. */
  random(n: number): Uint8Array
  /** What the run may still spend on loops, calls and their results; each expression has its own when absent. */
  readonly budget?: Budget
}

/** Work that is left; every expression of a run takes from the same. */
export interface Budget {
  left: number
}

/** A self-describing record: one function of the library, or a user function. */
export interface FunctionSpec {
  readonly name: string
  readonly doc: string
  readonly params: readonly ParameterSpec[]
  readonly variadic?: ParameterSpec
  /** The type of a successful result where it does not depend on the arguments, for unknown results. */
  readonly returns?: Type
  /** Arguments are already converted to the parameter types and checked for null and unknown. */
  call(args: readonly Value[], world: CallWorld): CallResult
  /**
   * Functions that take expressions, not values (`try`, `can`, `convert`); then `call` is not used.
   * Problems carry complete diagnostics. `place` writes a span of the calling file as messages do.
   */
  callLazily?(args: readonly Expression[], scope: Scope, place: (span: Span) => string): LazyResult
}

export type LazyResult =
  | { readonly ok: true; readonly value: Value }
  | {
      readonly ok: false
      readonly message: string
      readonly argument?: number
      readonly diagnostics?: readonly Diagnostic[]
    }

/** Convenience for function bodies. */
export function good(value: Value): CallResult {
  return { ok: true, value }
}
/** Convenience for function bodies; `argument` is the index to blame. */
export function bad(message: string, argument?: number): CallResult {
  return { ok: false, problem: argument === undefined ? { message } : { message, argument } }
}

/** A step behind a root name. An index with a computed key is not a step: references stop before it. */
export type ReferenceStep =
  | { readonly kind: 'attr'; readonly name: string; readonly span: Span }
  | { readonly kind: 'index'; readonly key: Value; readonly span: Span }
  | { readonly kind: 'splat'; readonly span: Span }

/** A variable traversal an expression needs, outermost names only (not `for` variables). */
export interface Reference {
  readonly root: string
  readonly rootSpan: Span
  readonly steps: readonly ReferenceStep[]
  readonly span: Span
}

/** A call that is read instead of evaluated. */
export interface StaticCall {
  readonly name: string
  readonly nameSpan: Span
  readonly args: readonly Expression[]
  /** The parentheses and what is between them. */
  readonly argsSpan: Span
}

/** An expression that can be evaluated as often as there are scopes. */
export interface Expression {
  readonly span: Span
  /**
   * Where "unsuitable value" errors point (spec 13, subjects): for quoted strings the first literal
   * part, for tuples and objects the opening bracket, else the whole expression.
   */
  readonly startSpan: Span
  references(): readonly Reference[]
  /** Names of functions called anywhere inside, deduplicated. */
  calls(): readonly { readonly name: string; readonly span: Span }[]
  /** Never throws on user text. A failing evaluation yields an unknown value and diagnostics. */
  evaluate(scope: Scope): Checked<Value>
  /** `[a, b]` as expressions when the expression is a tuple literal, else undefined. */
  asList(): readonly Expression[] | undefined
  /** The text of a string (JSON) as it stands, for places that take no templates, else undefined. */
  literalText?(): string | undefined
  /** A bare identifier (native) or the text of a string (JSON) used as a keyword, else undefined. */
  asKeyword(): string | undefined
  /** `f(a, b)` as a name and arguments when the expression is a call (type expressions), else undefined. */
  asCall(): StaticCall | undefined
  /** `{k = v}` as key and value expressions when it is an object literal, else undefined. */
  asMap(): readonly { readonly key: Expression; readonly value: Expression }[] | undefined
}
