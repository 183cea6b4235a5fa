import type { Checked, Diagnostic } from '../../core/diag/diagnostic.ts'
import { joinSpans, type Span } from '../../core/source/source-file.ts'
import type { Attribute, Block, Body, BodyContent, BodySchema } from '../body.ts'
import { expressionOf } from '../eval/expression.ts'
import { missingArgument } from '../missing-argument.ts'
import { problem } from '../problem.ts'
import type { AttributeSyntax, BlockSyntax, BodySyntax } from './ast.ts'

/** A body in native syntax; expressions and nested bodies are wrapped when they are asked for. */
export function nativeBody(syntax: BodySyntax): Body {
  return new NativeBody(syntax)
}

class NativeBody implements Body {
  private readonly syntax: BodySyntax
  private wrapped: ReadonlyMap<string, Attribute> | undefined

  constructor(syntax: BodySyntax) {
    this.syntax = syntax
  }

  get span(): Span {
    return this.syntax.span
  }

  get missingSpan(): Span {
    return { ...this.syntax.span, end: this.syntax.span.start }
  }

  attributes(): ReadonlyMap<string, Attribute> {
    this.wrapped ??= new Map(this.syntax.attributes.map((one) => [one.name, attributeOf(one)]))
    return this.wrapped
  }

  content(schema: BodySchema): Checked<BodyContent> {
    const { places, required, blockLabels } = indexOf(schema)
    const own = this.attributes()
    const names = this.syntax.attributes.map((one) => one.name).filter((name) => places.has(name))
    names.sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0))
    const attributes = new Map(names.map((name) => [name, own.get(name) as Attribute]))
    const diagnostics: Diagnostic[] = required
      .filter((name) => !own.has(name))
      .map((name) => missingArgument(name, this.missingSpan))
    const blocks: Block[] = []
    for (const block of this.syntax.blocks) {
      const labels = blockLabels.get(block.type)
      if (labels === undefined) continue
      const wrong = labelProblem(block, labels)
      if (wrong === undefined) blocks.push(blockOf(block))
      else diagnostics.push(wrong)
    }
    return { value: { attributes, blocks, unknown: this.unknown(attributes, blockLabels) }, diagnostics }
  }

  private unknown(
    attributes: ReadonlyMap<string, Attribute>,
    blocks: ReadonlyMap<string, unknown>,
  ): BodyContent['unknown'] {
    if (attributes.size === this.syntax.attributes.length && this.syntax.blocks.length === 0) return []
    const names = this.syntax.attributes
      .filter((one) => !attributes.has(one.name))
      .map((one) => ({ name: one.name, kind: 'attribute' as const, span: one.nameSpan }))
    const types = this.syntax.blocks
      .filter((one) => !blocks.has(one.type))
      .map((one) => ({ name: one.type, kind: 'block' as const, span: one.typeSpan }))
    return [...names, ...types].sort((a, b) => a.span.start - b.span.start)
  }
}

/** A schema by name. Definitions have thousands of bodies of the same few schemas. */
interface SchemaIndex {
  /** Places of the attributes in the schema, which decide their order in the content. */
  readonly places: ReadonlyMap<string, number>
  readonly required: readonly string[]
  readonly blockLabels: ReadonlyMap<string, readonly string[]>
}

const indexes = new WeakMap<BodySchema, SchemaIndex>()

function indexOf(schema: BodySchema): SchemaIndex {
  const known = indexes.get(schema)
  if (known !== undefined) return known
  const index: SchemaIndex = {
    places: new Map(schema.attributes.map((one, place) => [one.name, place])),
    required: schema.attributes.filter((one) => one.required === true).map((one) => one.name),
    blockLabels: new Map(schema.blocks.map((one) => [one.type, one.labels])),
  }
  indexes.set(schema, index)
  return index
}

function attributeOf(syntax: AttributeSyntax): Attribute {
  const { name, nameSpan, span } = syntax
  return { name, nameSpan, span, expr: expressionOf(syntax.expr) }
}

function blockOf(syntax: BlockSyntax): Block {
  const { type, typeSpan, labels, labelSpans, openSpan } = syntax
  const headerSpan = joinSpans(typeSpan, openSpan)
  return { type, typeSpan, labels, labelSpans, headerSpan, openSpan, body: nativeBody(syntax.body) }
}

function labelProblem(block: BlockSyntax, names: readonly string[]): Diagnostic | undefined {
  const { type } = block
  const context = joinSpans(block.typeSpan, block.openSpan)
  const missing = names[block.labels.length]
  if (missing !== undefined) {
    const detail = `All ${type} blocks must have ${names.length} labels (${names.join(', ')}).`
    return problem('hcl/missing-label', `Missing ${missing} for ${type}`, detail, block.openSpan, context)
  }
  const extra = block.labelSpans[names.length]
  if (extra === undefined) return undefined
  const detail =
    names.length === 0
      ? `No labels are expected for ${type} blocks.`
      : `Only ${names.length} labels (${names.join(', ')}) are expected for ${type} blocks.`
  return problem('hcl/extraneous-label', `Extraneous label for ${type}`, detail, extra, context)
}
