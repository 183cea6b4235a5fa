import type { Checked, Diagnostic } from '../../core/diag/diagnostic.ts'
import { quote } from '../../core/go/quote.ts'
import { joinSpans, type Span } from '../../core/source/source-file.ts'
import type { Attribute, Block, Body, BodyContent, BodySchema } from '../body.ts'
import { missingArgument } from '../missing-argument.ts'
import { placeText } from '../place-text.ts'
import { problem } from '../problem.ts'
import { type JsonMember, type JsonNode, startOf } from './ast.ts'
import { jsonExpression } from './json-expression.ts'

/** A JSON object, or an array of objects, read as a body (spec bake 2.2). */
export function jsonBody(node: JsonNode): Body {
  return new JsonBody(node)
}

/** Members of this name are comments. */
const COMMENT = '//'

class JsonBody implements Body {
  private readonly node: JsonNode

  constructor(node: JsonNode) {
    this.node = node
  }

  get span(): Span {
    return this.node.span
  }

  get missingSpan(): Span {
    return this.node.kind === 'object' ? this.node.closeSpan : startOf(this.node)
  }

  attributes(): ReadonlyMap<string, Attribute> {
    const found = new Map<string, Attribute>()
    for (const member of collectMembers(this.node, undefined, [])) {
      const name = member.name.text
      if (name !== COMMENT && !found.has(name)) found.set(name, attributeOf(member))
    }
    return found
  }

  content(schema: BodySchema): Checked<BodyContent> {
    const diagnostics: Diagnostic[] = []
    const attributes = new Map<string, Attribute>()
    const blocks: Block[] = []
    const unknown: BodyContent['unknown'][number][] = []
    const names = new Set(schema.attributes.map((one) => one.name))
    const types = new Map(schema.blocks.map((one) => [one.type, one.labels]))
    for (const member of collectMembers(this.node, undefined, diagnostics)) {
      const name = member.name.text
      const labels = types.get(name)
      if (names.has(name)) addAttribute(member, attributes, diagnostics)
      else if (labels !== undefined)
        new Unpacking(member, diagnostics, blocks).labelled(member.value, labels, [])
      else if (name !== COMMENT) unknown.push({ name, kind: unknownKind(member), span: member.name.span })
    }
    for (const { name, required } of schema.attributes) {
      if (required === true && !attributes.has(name))
        diagnostics.push(missingArgument(name, this.missingSpan))
    }
    return { value: { attributes, blocks, unknown }, diagnostics }
  }
}

function unknownKind(member: JsonMember): 'attribute' | 'block' {
  return member.value.kind === 'object' ? 'block' : 'attribute'
}

function addAttribute(
  member: JsonMember,
  attributes: Map<string, Attribute>,
  diagnostics: Diagnostic[],
): void {
  const name = member.name.text
  const first = attributes.get(name)
  if (first === undefined) attributes.set(name, attributeOf(member))
  else {
    const detail = `The argument ${quote(name)} was already set at ${placeText(member.name.file, first.span)}.`
    diagnostics.push(problem('json/duplicate-argument', 'Duplicate argument', detail, member.name.span))
  }
}

function attributeOf(member: JsonMember): Attribute {
  const nameSpan = member.name.span
  const span = joinSpans(nameSpan, member.value.span)
  return { name: member.name.text, nameSpan, span, expr: jsonExpression(member.value) }
}

/** Members of an object or of all objects of an array. `label` is what names stand for, if not arguments. */
function collectMembers(
  node: JsonNode,
  label: string | undefined,
  diagnostics: Diagnostic[],
): readonly JsonMember[] {
  const purpose =
    label === undefined ? 'to define arguments and child blocks' : `to specify ${label} labels for this block`
  if (node.kind === 'object') return node.members
  if (node.kind === 'null') return []
  if (node.kind === 'array') {
    return node.items.flatMap((item) => {
      if (item.kind === 'object') return item.members
      diagnostics.push(wrongType(`A JSON object is required here, ${purpose}.`, startOf(item)))
      return []
    })
  }
  const detail = `Either a JSON object or JSON array of objects is required here, ${purpose}.`
  diagnostics.push(wrongType(detail, startOf(node)))
  return []
}

/** The bodies of one block type, taken out of the labels around them. */
class Unpacking {
  private readonly type: JsonMember
  private readonly diagnostics: Diagnostic[]
  private readonly blocks: Block[]

  constructor(type: JsonMember, diagnostics: Diagnostic[], blocks: Block[]) {
    this.type = type
    this.diagnostics = diagnostics
    this.blocks = blocks
  }

  labelled(node: JsonNode, wanted: readonly string[], labels: readonly JsonMember[]): void {
    const [label] = wanted
    if (label === undefined) {
      this.bodies(node, labels)
      return
    }
    const members = collectMembers(node, label, this.diagnostics)
    if (members.length === 0) {
      const detail = `At least one object property is required, whose name represents the ${this.type.name.text} block's ${label}.`
      this.diagnostics.push(problem('json/missing-label', 'Missing block label', detail, startOf(node)))
    }
    for (const member of members) this.labelled(member.value, wanted.slice(1), [...labels, member])
  }

  private bodies(node: JsonNode, labels: readonly JsonMember[]): void {
    if (node.kind === 'null') return
    if (node.kind === 'object') this.add(node, labels)
    else if (node.kind === 'array') for (const item of node.items) this.add(item, labels)
    else {
      const detail = `Either a JSON object or a JSON array is required, representing the contents of one or more ${quote(this.type.name.text)} blocks.`
      this.diagnostics.push(wrongType(detail, startOf(node)))
    }
  }

  private add(body: JsonNode, labels: readonly JsonMember[]): void {
    const { name } = this.type
    this.blocks.push({
      type: name.text,
      typeSpan: name.span,
      labels: labels.map((one) => one.name.text),
      labelSpans: labels.map((one) => one.name.span),
      headerSpan: name.span,
      openSpan: startOf(body),
      body: jsonBody(body),
    })
  }
}

function wrongType(detail: string, subject: Span): Diagnostic {
  return problem('json/wrong-type', 'Incorrect JSON value type', detail, subject)
}
