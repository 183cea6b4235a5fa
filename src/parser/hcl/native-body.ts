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
    const diagnostics: Diagnostic[] = []
    const attributes = new Map<string, Attribute>()
    for (const { name, required } of schema.attributes) {
      const attribute = this.attributes().get(name)
      if (attribute !== undefined) attributes.set(name, attribute)
      else if (required === true) diagnostics.push(missingArgument(name, this.missingSpan))
    }
    const blocks: Block[] = []
    const known = new Map(schema.blocks.map((one) => [one.type, one.labels]))
    for (const block of this.syntax.blocks) {
      const labels = known.get(block.type)
      if (labels === undefined) continue
      const wrong = labelProblem(block, labels)
      if (wrong === undefined) blocks.push(blockOf(block))
      else diagnostics.push(wrong)
    }
    return { value: { attributes, blocks, unknown: this.unknown(attributes, known) }, diagnostics }
  }

  private unknown(
    attributes: ReadonlyMap<string, Attribute>,
    blocks: ReadonlyMap<string, unknown>,
  ): BodyContent['unknown'] {
    const names = this.syntax.attributes
      .filter((one) => !attributes.has(one.name))
      .map((one) => ({ name: one.name, kind: 'attribute' as const, span: one.nameSpan }))
    const types = this.syntax.blocks
      .filter((one) => !blocks.has(one.type))
      .map((one) => ({ name: one.type, kind: 'block' as const, span: one.typeSpan }))
    return [...names, ...types].sort((a, b) => a.span.start - b.span.start)
  }
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
