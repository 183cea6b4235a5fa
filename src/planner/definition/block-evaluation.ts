import { type Checked, type Diagnostic, hasErrors } from '../../core/diag/diagnostic.ts'
import { convert } from '../../core/value/convert.ts'
import { mapOfEntries, object } from '../../core/value/make.ts'
import { mapOf, STRING } from '../../core/value/type.ts'
import type { Value } from '../../core/value/value.ts'
import type { Attribute } from '../../parser/body.ts'
import { childScope } from '../../parser/eval/scope.ts'
import type { Scope } from '../../parser/scope.ts'
import { type Parsed, parsed } from '../elements/parsed.ts'
import { fieldOf } from '../fields.ts'
import { groupView, targetView } from './block-view.ts'
import type { BlockSource } from './blocks.ts'
import { decodeField, decodeText, decodeTexts } from './decode.ts'
import type { Decoded } from './decoded.ts'
import type { BlockValues, Evaluation } from './evaluation.ts'
import { type Cell, expandMatrix } from './matrix.ts'
import { diagnosticsOf, type Outcome } from './outcome.ts'
import { unsuitable } from './problems.ts'

/** One target or group a block stands for; a matrix block has several. */
export interface Instance {
  readonly name: string
  readonly source: BlockSource
  readonly decoded: ReadonlyMap<string, Decoded>
}

/** Growing state of an instance while attributes are forced one by one. */
interface State extends Instance {
  readonly decoded: Map<string, Decoded>
  readonly cell: Cell | undefined
  readonly scope: Scope
  readonly attributes: ReadonlyMap<string, Attribute>
  /** Names forced that the block does not have, and names being forced; made when first needed. */
  absent: Set<string> | undefined
  open: Set<string> | undefined
  /** Everything was evaluated; forcing an attribute after that does not make it the latest of its name. */
  complete: boolean
}

const MANY_CELLS = 200
const NAME = /^[a-zA-Z0-9_-]+$/
const BLOCK_LOCAL: ReadonlySet<string> = new Set(['name', 'matrix'])

/**
 * How many attribute references between blocks may hang on each other. Each level costs stack; real files
 * stay below ten.
 */
const DEPTH_LIMIT = 400

/** Names blocks, evaluates their attributes, and answers `target.NAME.ATTR` (spec bake 2.3, 6). */
export class BlockEvaluation implements BlockValues {
  readonly #evaluation: Evaluation
  readonly #instances: Readonly<Record<'target' | 'group', Map<string, State[]>>> = {
    target: new Map(),
    group: new Map(),
  }
  readonly #views: Readonly<Record<'target' | 'group', Map<string, Value>>> = {
    target: new Map(),
    group: new Map(),
  }
  readonly #latest: Readonly<Record<'target' | 'group', Map<string, State>>> = {
    target: new Map(),
    group: new Map(),
  }
  #ready = false
  #depth = 0

  constructor(evaluation: Evaluation) {
    this.#evaluation = evaluation
    evaluation.blocks = this
  }

  /** Expands `matrix` and finds the names of a block. References to other blocks find nothing yet. */
  name(source: BlockSource): Checked<readonly Instance[]> {
    const named = this.#nameInstances(source)
    if (!Array.isArray(named)) {
      const label = source.block.labelSpans[0] ?? source.block.headerSpan
      const outcome = named as Exclude<Outcome, undefined>
      return { value: [], diagnostics: diagnosticsOf(outcome, 'Invalid name', label) }
    }
    for (const instance of named) {
      const known = this.#instances[source.type].get(instance.name)
      if (known === undefined) this.#instances[source.type].set(instance.name, [instance])
      else known.push(instance)
    }
    return { value: named, diagnostics: [] }
  }

  /** From here on references between blocks are followed. */
  open(): void {
    this.#ready = true
  }

  #nameInstances(source: BlockSource): State[] | Exclude<Outcome, undefined> {
    const cells = this.#cells(source)
    if (!Array.isArray(cells)) return cells as Exclude<Outcome, undefined>
    if (cells.length > MANY_CELLS) this.#evaluation.expectMuchWork()
    const found = new Set<string>()
    const instances: State[] = []
    const attributes = ownAttributes(source)
    for (const cell of cells as readonly (Cell | undefined)[]) {
      const outer = this.#evaluation.scope
      const scope = cell === undefined ? outer : childScope(outer, cell)
      if (!NAME.test(source.label)) return badName()
      const name = this.#instanceName(source, cell, scope)
      if (typeof name !== 'string') return name
      if (!NAME.test(name)) return badName()
      if (found.has(name)) return message(`duplicate name "${name}"`)
      found.add(name)
      instances.push({
        name,
        source,
        cell,
        scope,
        attributes,
        decoded: new Map(),
        absent: undefined,
        open: undefined,
        complete: false,
      })
    }
    return instances
  }

  #cells(source: BlockSource): readonly (Cell | undefined)[] | Exclude<Outcome, undefined> {
    const matrix = source.attributes.get('matrix')
    if (matrix === undefined) return [undefined]
    if (source.type === 'group') return message('matrix is not supported for groups')
    const diagnostics = this.#evaluation.load(matrix.expr, undefined)
    if (hasErrors(diagnostics)) return { kind: 'diagnostics', list: diagnostics }
    const value = matrix.expr.evaluate(this.#evaluation.scope)
    if (hasErrors(value.diagnostics)) return { kind: 'diagnostics', list: value.diagnostics }
    const cells = expandMatrix(value.value)
    return cells.ok ? cells.value : message(cells.message)
  }

  #instanceName(
    source: BlockSource,
    cell: Cell | undefined,
    scope: Scope,
  ): string | Exclude<Outcome, undefined> {
    const attribute = source.attributes.get('name')
    if (attribute === undefined) return source.label
    if (source.type === 'group') return message('name is not supported for groups')
    if (cell === undefined) return message('name requires matrix')
    const diagnostics = this.#evaluation.load(attribute.expr, cell)
    if (hasErrors(diagnostics)) return { kind: 'diagnostics', list: diagnostics }
    const value = attribute.expr.evaluate(scope)
    if (hasErrors(value.diagnostics)) return { kind: 'diagnostics', list: value.diagnostics }
    const text = convert(value.value, STRING)
    if (!text.ok) return message(text.message)
    return text.value.kind === 'string' ? text.value.value : message('name must not be null')
  }

  /** Evaluates what is left of all instances a block stands for; stops at the first that fails. */
  resolve(instances: readonly Instance[]): readonly Diagnostic[] {
    for (const instance of instances as readonly State[]) {
      const outcome = this.#evaluate(instance, undefined)
      if (outcome !== undefined) {
        const label = instance.source.block.labelSpans[0] ?? instance.source.block.headerSpan
        return diagnosticsOf(outcome, 'Invalid block', label)
      }
    }
    return []
  }

  root(type: 'target' | 'group'): Value | undefined {
    const views = this.#views[type]
    return this.#latest[type].size === 0 ? mapOfEntries(mapOf(STRING), views) : object(views)
  }

  force(type: 'target' | 'group', name: string, attribute: string | undefined): Outcome {
    if (!this.#ready) return undefined
    for (const instance of this.#instances[type].get(name) ?? []) {
      const outcome = this.#evaluate(instance, attribute)
      if (outcome !== undefined) return outcome
    }
    const latest = this.#latest[type].get(name)
    if (latest !== undefined) {
      const view = type === 'target' ? targetView : groupView
      this.#views[type].set(name, view(name, latest.decoded))
    }
    return undefined
  }

  #evaluate(instance: State, only: string | undefined): Outcome {
    const { source, name, decoded } = instance
    if (only !== undefined) {
      if (instance.complete || decoded.has(only) || instance.absent?.has(only) === true) return undefined
      if (instance.open?.has(only) === true) {
        const text = `reference cycle not allowed for ${source.type}.${name}.${only}`
        return { kind: 'message', code: 'graph/reference-cycle', message: text }
      }
      instance.open ??= new Set()
      instance.open.add(only)
    }
    if (this.#depth >= DEPTH_LIMIT) {
      const text = `references between blocks are nested more than ${DEPTH_LIMIT} deep`
      return { kind: 'message', code: 'graph/too-deep', message: text }
    }
    this.#depth++
    const wanted = wantedOf(instance, only)
    const diagnostics = this.#load(instance, wanted) ?? this.#decode(instance, wanted)
    this.#depth--
    if (hasErrors(diagnostics)) return { kind: 'diagnostics', list: diagnostics }
    if (only === undefined) instance.complete = true
    else if (!decoded.has(only)) {
      instance.absent ??= new Set()
      instance.absent.add(only)
    }
    this.#latest[source.type].set(name, instance)
    return undefined
  }

  #load(instance: State, wanted: Wanted): readonly Diagnostic[] | undefined {
    for (const attribute of wanted.values()) {
      const diagnostics = this.#evaluation.load(attribute.expr, instance.cell)
      if (diagnostics.length > 0) return diagnostics
    }
    return undefined
  }

  #decode(instance: State, wanted: Wanted): readonly Diagnostic[] {
    const diagnostics: Diagnostic[] = []
    for (const [key, { expr }] of wanted) {
      if (instance.decoded.has(key)) continue
      const evaluated = expr.evaluate(instance.scope)
      if (evaluated.diagnostics.length > 0) diagnostics.push(...evaluated.diagnostics)
      const decoded = decodeAttribute(instance.source.type, key, evaluated.value)
      if (decoded.ok) instance.decoded.set(key, decoded.value)
      else diagnostics.push(unsuitable(decoded.message, expr.startSpan, expr.span))
    }
    return diagnostics
  }
}

type Wanted = ReadonlyMap<string, Attribute>

/** The attributes to evaluate now: one, or all that are left. */
function wantedOf(instance: State, only: string | undefined): Wanted {
  const { attributes, decoded } = instance
  if (only !== undefined) {
    const attribute = attributes.get(only)
    return attribute === undefined ? new Map() : new Map([[only, attribute]])
  }
  return decoded.size === 0 ? attributes : new Map([...attributes].filter(([key]) => !decoded.has(key)))
}

function ownAttributes(source: BlockSource): ReadonlyMap<string, Attribute> {
  const isOwn = (key: string): boolean => !BLOCK_LOCAL.has(key)
  const all = [...source.attributes.keys()].every(isOwn)
  return all ? source.attributes : new Map([...source.attributes].filter(([key]) => isOwn(key)))
}

function decodeAttribute(type: 'target' | 'group', key: string, value: Value): Parsed<Decoded> {
  if (type === 'group') return key === 'targets' ? decodeTexts(value) : decodeText(value, true)
  if (key === 'inherits') return decodeTexts(value)
  const row = fieldOf(key)
  return row === undefined ? parsed({ value: undefined }) : decodeField(row, value)
}

function message(text: string): Exclude<Outcome, undefined> {
  return { kind: 'message', code: 'schema/invalid-name', message: text }
}

function badName(): Exclude<Outcome, undefined> {
  return message('only "[a-zA-Z0-9_-]+" are allowed')
}
