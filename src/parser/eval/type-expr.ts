import type { Checked, Diagnostic } from '../../core/diag/diagnostic.ts'
import { quote } from '../../core/go/quote.ts'
import { joinSpans, type Span } from '../../core/source/source-file.ts'
import {
  ANY,
  BOOL,
  listOf,
  mapOf,
  NUMBER,
  objectOf,
  STRING,
  setOf,
  type Type,
  tupleOf,
} from '../../core/value/type.ts'
import { problem } from '../problem.ts'
import type { Expression, StaticCall } from '../scope.ts'

/** Where a type stands: only the type of a variable may mark attributes with `optional(T)`. */
export interface TypePosition {
  readonly optionalAllowed: boolean
}

const SUMMARY = 'Invalid type specification'
const PRIMITIVES: ReadonlyMap<string, Type> = new Map([
  ['bool', BOOL],
  ['string', STRING],
  ['number', NUMBER],
  ['any', ANY],
])
const COLLECTIONS: ReadonlyMap<string, (element: Type) => Type> = new Map([
  ['list', listOf],
  ['set', setOf],
  ['map', mapOf],
])
const OBJECT_ARGUMENT =
  'The object type constructor requires one argument specifying the attribute types and values as a map.'
const TUPLE_ARGUMENT =
  'The tuple type constructor requires one argument specifying the element types as a list.'

/** Reads an expression such as `list(object({a = string}))` as a type (spec bake 3.6). */
export function readTypeExpression(expr: Expression, position: TypePosition): Checked<Type> {
  const reader = new TypeReader(position)
  const value = reader.type(expr)
  return { value, diagnostics: reader.diagnostics }
}

class TypeReader {
  readonly diagnostics: Diagnostic[] = []
  private readonly position: TypePosition

  constructor(position: TypePosition) {
    this.position = position
  }

  type(expr: Expression): Type {
    const word = expr.asKeyword()
    if (word !== undefined) return this.keyword(word, expr)
    const call = expr.asCall()
    if (call !== undefined) return this.constructed(call, expr)
    return this.fail(
      'A type specification is either a primitive type keyword (bool, number, string) or a complex type constructor call, like list(string).',
      expr.span,
    )
  }

  private keyword(word: string, expr: Expression): Type {
    const primitive = PRIMITIVES.get(word)
    if (primitive !== undefined) return primitive
    return this.fail(
      argumentDetail(word) ?? `The keyword ${quote(word)} is not a valid type specification.`,
      expr.span,
    )
  }

  private constructed(call: StaticCall, expr: Expression): Type {
    if (PRIMITIVES.has(call.name)) {
      const noun = call.name === 'any' ? 'Type constraint' : 'Primitive type'
      return this.fail(`${noun} keyword ${quote(call.name)} does not expect arguments.`, call.argsSpan)
    }
    const [argument] = call.args
    const wants = argumentDetail(call.name)
    if (wants !== undefined && (argument === undefined || call.args.length !== 1)) {
      return this.fail(wants, extraArguments(call) ?? call.argsSpan, call.argsSpan)
    }
    const collection = COLLECTIONS.get(call.name)
    if (argument !== undefined && collection !== undefined) return collection(this.type(argument))
    if (argument !== undefined && call.name === 'object') return this.object(argument, expr)
    if (argument !== undefined && call.name === 'tuple') return this.tuple(argument, expr)
    if (call.name === 'optional') {
      return this.fail(
        'Keyword "optional" is valid only as a modifier for object type attributes.',
        call.nameSpan,
      )
    }
    return this.fail(`Keyword ${quote(call.name)} is not a valid type constructor.`, expr.span)
  }

  private tuple(argument: Expression, whole: Expression): Type {
    const items = argument.asList()
    if (items !== undefined) return tupleOf(items.map((item) => this.type(item)))
    return this.fail('Tuple type constructor requires a list of element types.', argument.span, whole.span)
  }

  private object(argument: Expression, whole: Expression): Type {
    const items = argument.asMap()
    if (items === undefined) {
      return this.fail(
        'Object type constructor requires a map whose keys are attribute names and whose values are the corresponding attribute types.',
        argument.span,
        whole.span,
      )
    }
    const attributes = new Map<string, Type>()
    const optional = new Set<string>()
    for (const item of items) {
      const name = item.key.asKeyword()
      if (name === undefined) {
        this.fail('Object constructor map keys must be attribute names.', item.key.span, whole.span)
      } else if (attributes.has(name)) {
        this.fail('Object constructor map keys must be unique.', item.key.span, whole.span)
      } else this.attribute(name, item.value, attributes, optional)
    }
    return objectOf(attributes, optional)
  }

  private attribute(
    name: string,
    value: Expression,
    attributes: Map<string, Type>,
    optional: Set<string>,
  ): void {
    const call = value.asCall()
    if (call?.name !== 'optional') {
      attributes.set(name, this.type(value))
      return
    }
    const [inner] = call.args
    if (inner === undefined) {
      this.fail(
        'Optional attribute modifier requires the attribute type as its argument.',
        call.argsSpan,
        value.span,
      )
      return
    }
    if (!this.position.optionalAllowed) {
      const detail = 'Optional attribute modifier is only for type constraints, not for exact types.'
      this.fail(detail, call.nameSpan, value.span)
    } else if (call.args.length === 1) optional.add(name)
    else {
      const detail = 'Optional attribute modifier expects only one argument: the attribute type.'
      this.fail(detail, call.argsSpan, value.span)
    }
    attributes.set(name, this.type(inner))
  }

  private fail(detail: string, subject: Span, context?: Span): Type {
    this.diagnostics.push(problem('eval/bad-type', SUMMARY, detail, subject, context))
    return ANY
  }
}

function argumentDetail(name: string): string | undefined {
  if (COLLECTIONS.has(name)) {
    return `The ${name} type constructor requires one argument specifying the element type.`
  }
  if (name === 'object') return OBJECT_ARGUMENT
  return name === 'tuple' ? TUPLE_ARGUMENT : undefined
}

function extraArguments(call: StaticCall): Span | undefined {
  const second = call.args[1]
  const last = call.args.at(-1)
  return second === undefined || last === undefined ? undefined : joinSpans(second.span, last.span)
}
