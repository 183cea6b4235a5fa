import { type Diagnostic, hasErrors } from '../../core/diag/diagnostic.ts'
import type { Span } from '../../core/source/source-file.ts'
import { convert } from '../../core/value/convert.ts'
import { nullOf, str } from '../../core/value/make.ts'
import { ANY, type Type } from '../../core/value/type.ts'
import { friendlyName } from '../../core/value/type-of.ts'
import type { Value } from '../../core/value/value.ts'
import type { Expression, Reference } from '../../parser/body.ts'
import { LIBRARY } from '../../parser/eval/functions/table.ts'
import { newBudget } from '../../parser/eval/limits.ts'
import type { FunctionSpec, Scope } from '../../parser/scope.ts'
import { builtinValues, type Sources, type VariableSource } from './blocks.ts'
import { declaredType } from './declared-type.ts'
import type { DefinitionInputs } from './inputs.ts'
import { diagnosticsOf, type Outcome } from './outcome.ts'
import { type OverrideText, overrideValue } from './override-value.ts'
import { problem } from './problems.ts'
import { tableScope } from './scope.ts'
import { readSignature, userFunction } from './user-function.ts'

/** The part of evaluation that knows target and group blocks. */
export interface BlockValues {
  /** Evaluates one attribute (or all) of every block with that name; no such block is fine. */
  force(type: 'target' | 'group', name: string, attribute: string | undefined): Outcome
  /** What the bare root `target` or `group` stands for. */
  root(type: 'target' | 'group'): Value | undefined
}

/** How deep user functions may call other user functions. Each level costs stack; real files stay below ten. */
const DEPTH_LIMIT = 200

/** A global or variable on its way to a value. */
interface Frame {
  readonly name: string
  readonly expr: Expression | undefined
  readonly references: readonly Reference[]
  next: number
}

/**
 * Settles variables, globals and user functions on demand, depth first along the references of each
 * expression (spec bake 2.3). Chains of names are walked with an explicit stack, so their length is free.
 */
export class Evaluation {
  readonly scope: Scope
  /** Declared types of variables settled so far. */
  readonly types: Map<string, Type> = new Map()
  /** Set once block names are known; before that `target` and `group` are ordinary names. */
  blocks: BlockValues | undefined

  readonly #inputs: DefinitionInputs
  readonly #sources: Sources
  readonly #values: Map<string, Value> = new Map()
  readonly #failures: Map<string, Outcome> = new Map()
  readonly #functions: Map<string, FunctionSpec> = new Map()
  readonly #openFunctions: Set<string> = new Set()
  readonly #builtins: Readonly<Record<string, string>>
  readonly #describe: (diagnostics: readonly Diagnostic[]) => string

  constructor(
    inputs: DefinitionInputs,
    sources: Sources,
    describe: (diagnostics: readonly Diagnostic[]) => string,
  ) {
    this.#inputs = inputs
    this.#sources = sources
    this.#describe = describe
    this.#builtins = builtinValues(inputs)
    for (const [name, value] of Object.entries(this.#builtins)) this.#values.set(name, str(value))
    this.scope = tableScope(
      (name) => this.#lookup(name),
      () => this.#names(),
      [LIBRARY, this.#functions],
      { ...inputs.world, budget: inputs.world.budget ?? newBudget() },
    )
  }

  /** See `DefinitionInputs`. */
  expectMuchWork(): void {
    this.#inputs.expectMuchWork?.()
  }

  /** The value of a settled name. */
  value(name: string): Value | undefined {
    return this.#values.get(name)
  }

  /**
   * Settles everything an expression needs. `locals` are names of its own. With `parameters` the expression
   * is a function body: those names are its own and unknown names are errors.
   */
  load(
    expr: Expression,
    locals: ReadonlyMap<string, Value> | undefined,
    parameters?: ReadonlySet<string>,
  ): readonly Diagnostic[] {
    const strict = parameters !== undefined
    for (const call of expr.calls()) {
      const outcome = this.settleFunction(call.name)
      if (outcome === undefined || (outcome.kind === 'missing' && !strict)) continue
      return diagnosticsOf(outcome, 'Invalid expression', expr.span)
    }
    for (const reference of expr.references()) {
      if (parameters?.has(reference.root) === true) continue
      const outcome = this.#settleReference(reference, locals)
      if (outcome === undefined || (outcome.kind === 'missing' && !strict)) continue
      return diagnosticsOf(outcome, 'Invalid expression', expr.span)
    }
    return []
  }

  #settleReference(reference: Reference, locals: ReadonlyMap<string, Value> | undefined): Outcome {
    const { root } = reference
    if (this.blocks === undefined || (root !== 'target' && root !== 'group')) {
      return locals?.has(root) === true ? undefined : this.settleValue(root)
    }
    const [name, attribute] = reference.steps
    if (name === undefined) {
      return { kind: 'message', code: 'graph/bare-block', message: `cannot access ${root} as a variable` }
    }
    if (name.kind !== 'attr') {
      return {
        kind: 'message',
        code: 'graph/bare-block',
        message: `cannot traverse ${root} without attribute`,
      }
    }
    return this.blocks.force(root, name.name, attribute?.kind === 'attr' ? attribute.name : undefined)
  }

  /** Settles a variable or global with everything it needs. */
  settleValue(name: string): Outcome {
    if (this.#values.has(name)) return undefined
    if (!this.#isDefined(name)) {
      return { kind: 'missing', message: `variable "${name}" does not exist: undefined` }
    }
    const frames: Frame[] = [this.#frame(name)]
    const open = new Set([name])
    for (let top = frames.at(-1); top !== undefined; top = frames.at(-1)) {
      const known = this.#failures.get(top.name)
      const outcome = known ?? this.#advance(top, frames, open)
      if (outcome === 'waiting') continue
      frames.pop()
      open.delete(top.name)
      if (outcome === undefined) continue
      this.#failures.set(top.name, outcome)
      const below = frames.at(-1)?.expr
      const passed: Outcome =
        below === undefined || outcome.kind === 'diagnostics'
          ? outcome
          : { kind: 'diagnostics', list: diagnosticsOf(outcome, 'Invalid expression', below.span) }
      for (const frame of frames) this.#failures.set(frame.name, passed)
      return passed
    }
    return undefined
  }

  /** Pushes the next unsettled name a frame needs, or evaluates the frame when none is left. */
  #advance(frame: Frame, frames: Frame[], open: Set<string>): Outcome | 'waiting' {
    for (; frame.next < frame.references.length; frame.next++) {
      const name = frame.references[frame.next]?.root ?? ''
      const block = this.blocks !== undefined && (name === 'target' || name === 'group')
      if (block || this.#values.has(name) || !this.#isDefined(name)) continue
      if (open.has(name)) {
        return { kind: 'diagnostics', list: this.#cycle(name, frames) }
      }
      frames.push(this.#frame(name))
      open.add(name)
      return 'waiting'
    }
    if (frame.expr !== undefined) {
      const diagnostics = this.load(frame.expr, undefined)
      if (hasErrors(diagnostics)) return { kind: 'diagnostics', list: diagnostics }
    }
    return this.#evaluate(frame)
  }

  #cycle(name: string, frames: readonly Frame[]): readonly Diagnostic[] {
    const from = frames.findIndex((frame) => frame.name === name)
    const subject = frames.at(-1)?.expr?.span
    const message = `variable cycle not allowed for ${name}`
    const told = problem('graph/variable-cycle', 'Invalid expression', message, subject, subject)
    const related = frames.slice(from).flatMap((frame) => {
      const span = this.#definedAt(frame.name)
      return span === undefined ? [] : [{ span, label: `"${frame.name}" is part of the cycle` }]
    })
    return [{ ...told, related }]
  }

  #frame(name: string): Frame {
    const expr = this.#sources.globals.get(name)?.expr ?? this.#sources.variables.get(name)?.defaultValue
    return { name, expr, references: expr?.references() ?? [], next: 0 }
  }

  #evaluate(frame: Frame): Outcome {
    const { name, expr } = frame
    const variable = this.#sources.variables.get(name)
    const isGlobal = this.#sources.globals.has(name)
    const declared = isGlobal ? undefined : declaredType(variable?.type)
    if (declared !== undefined && hasErrors(declared.diagnostics)) {
      return { kind: 'diagnostics', list: declared.diagnostics }
    }
    const type = declared?.value
    if (type !== undefined) this.types.set(name, type)
    let value: Value | undefined
    if (expr !== undefined) {
      const evaluated = expr.evaluate(this.scope)
      if (hasErrors(evaluated.diagnostics)) return { kind: 'diagnostics', list: evaluated.diagnostics }
      const converted = convert(evaluated.value, type ?? ANY)
      if (!converted.ok) {
        const what = `invalid type ${friendlyName(type ?? ANY)} for variable ${name} default value`
        return { kind: 'message', code: 'eval/invalid-value', message: `${what}: ${converted.message}` }
      }
      value = converted.value
    }
    const override = variable === undefined ? undefined : this.#override(variable, type !== undefined)
    if (override !== undefined) {
      const replaced = overrideValue(name, override, type, value)
      if (!replaced.ok) return { kind: 'message', code: 'eval/invalid-value', message: replaced.message }
      value = replaced.value
    }
    this.#values.set(name, value ?? (type === undefined ? str('') : nullOf(type)))
    return undefined
  }

  /** The text that replaces a default, from `--var` or the environment (spec bake 2.3.2). */
  #override(variable: VariableSource, typed: boolean): OverrideText | undefined {
    const { name } = variable
    const plain = this.#outside(name)
    if (plain === undefined || typed) {
      const jsonName = `${name}_JSON`
      if (!this.#sources.variables.has(jsonName) && this.#builtins[jsonName] === undefined) {
        const json = this.#outside(jsonName)
        if (json !== undefined) return { text: json, json: true }
      }
    }
    return plain === undefined ? undefined : { text: plain, json: false }
  }

  #outside(name: string): string | undefined {
    const given = this.#inputs.vars.get(name)
    if (given !== undefined || !this.#inputs.envLookup) return given
    return Object.hasOwn(this.#inputs.env, name) ? this.#inputs.env[name] : undefined
  }

  /** Makes a user function callable; library functions always are, and win. */
  settleFunction(name: string): Outcome {
    if (LIBRARY.has(name) || this.#functions.has(name)) return undefined
    const source = this.#sources.functions.get(name)
    if (source === undefined)
      return { kind: 'missing', message: `function "${name}" does not exist: undefined` }
    if (this.#openFunctions.has(name)) {
      return {
        kind: 'message',
        code: 'graph/function-cycle',
        message: `function cycle not allowed for ${name}`,
      }
    }
    this.#openFunctions.add(name)
    if (source.result === undefined) return emptyPart('result', name)
    if (source.params === undefined) return emptyPart('params', name)
    const signature = readSignature(source)
    if (hasErrors(signature.diagnostics)) return { kind: 'diagnostics', list: signature.diagnostics }
    const { params, variadic } = signature.value
    const own = new Set(variadic === undefined ? params : [...params, variadic])
    const result = source.result.expr
    if (this.#openFunctions.size - this.#functions.size > DEPTH_LIMIT) {
      const text = `functions call each other more than ${DEPTH_LIMIT} deep`
      return { kind: 'message', code: 'graph/too-deep', message: text }
    }
    const needs = this.load(result, undefined, own)
    if (hasErrors(needs)) return { kind: 'diagnostics', list: needs }
    this.#functions.set(name, userFunction(name, signature.value, result, this.scope, this.#describe))
    return undefined
  }

  #isDefined(name: string): boolean {
    return this.#sources.globals.has(name) || this.#sources.variables.has(name)
  }

  #definedAt(name: string): Span | undefined {
    return this.#sources.globals.get(name)?.nameSpan ?? this.#sources.variables.get(name)?.block.labelSpans[0]
  }

  #lookup(name: string): Value | undefined {
    const value = this.#values.get(name)
    if (value !== undefined) return value
    return name === 'target' || name === 'group' ? this.blocks?.root(name) : undefined
  }

  #names(): Iterable<string> {
    const { globals, variables } = this.#sources
    return [...this.#values.keys(), ...globals.keys(), ...variables.keys()]
  }
}

function emptyPart(part: string, name: string): Outcome {
  return {
    kind: 'message',
    code: 'schema/incomplete-function',
    message: `empty ${part} not allowed for ${name}`,
  }
}
