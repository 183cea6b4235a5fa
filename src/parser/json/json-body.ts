import type { Checked, Diagnostic } from '../../core/diag/diagnostic.ts'
import { firstNear } from '../../core/diag/suggest.ts'
import { quote } from '../../core/go/quote.ts'
import { joinSpans, type Span } from '../../core/source/source-file.ts'
import type { Attribute, Block, Body, BodyContent, BodySchema } from '../body.ts'
import { missingArgument } from '../missing-argument.ts'
import { placeText } from '../place-text.ts'
import { problem } from '../problem.ts'
import { type JsonMember, type JsonNode, startOf } from './ast.ts'
import { jsonExpression } from './json-expression.ts'

/**
 * The root of a file as a body (spec bake 2.2). There every property is a block or an attribute: properties
 * no schema knows must not be repeated, and the root must be an object.
 */
export function jsonFileBody(node: JsonNode): Body {
  return new JsonBody(node, 'file')
}

/** Members of this name are comments. */
const COMMENT = '//'

class JsonBody implements Body {
  private readonly node: JsonNode
  private readonly role: 'file' | 'block'

  constructor(node: JsonNode, role: 'file' | 'block') {
    this.node = node
    this.role = role
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
    const unknown: JsonMember[] = []
    const names = new Set(schema.attributes.map((one) => one.name))
    const types = new Map(schema.blocks.map((one) => [one.type, one.labels]))
    for (const member of collectMembers(this.node, undefined, diagnostics)) {
      const name = member.name.text
      const labels = types.get(name)
      if (names.has(name)) addAttribute(member, attributes, diagnostics)
      else if (labels !== undefined)
        new Unpacking(member, diagnostics, blocks).labelled(member.value, labels, [])
      else if (name !== COMMENT) unknown.push(member)
    }
    for (const { name, required } of schema.attributes) {
      if (required === true && !attributes.has(name))
        diagnostics.push(missingArgument(name, this.missingSpan))
    }
    if (this.role === 'file') checkFile(this.node, unknown, diagnostics)
    const unused = schema.attributes.map((one) => one.name).filter((name) => !attributes.has(name))
    const known = [...unused, ...types.keys()]
    const strays = unknown.map((member) => strayOf(member, known))
    return { value: { attributes, blocks, unknown: strays }, diagnostics }
  }
}

function checkFile(root: JsonNode, unknown: readonly JsonMember[], diagnostics: Diagnostic[]): void {
  if (root.kind !== 'object') {
    const detail = 'A JSON object is required here, setting the arguments for this block.'
    diagnostics.push(wrongType(detail, startOf(root)))
    return
  }
  const first = new Map<string, JsonMember>()
  for (const member of unknown) {
    const earlier = first.get(member.name.text)
    if (earlier === undefined) first.set(member.name.text, member)
    else diagnostics.push(repeated('Duplicate attribute definition', member, attributeOf(earlier).span))
  }
}

function strayOf(member: JsonMember, known: readonly string[]): BodyContent['unknown'][number] {
  const { text: name, span } = member.name
  const refusal = (): Diagnostic => {
    const near = firstNear(name, known)
    const hint = near === undefined ? '' : ` Did you mean ${quote(near)}?`
    const detail = `No argument or block type is named ${quote(name)}.${hint}`
    const context = joinSpans(span, member.value.span)
    return problem('json/extraneous-property', 'Extraneous JSON object property', detail, span, context)
  }
  return { name, kind: member.value.kind === 'object' ? 'block' : 'attribute', span, refusal }
}

function addAttribute(
  member: JsonMember,
  attributes: Map<string, Attribute>,
  diagnostics: Diagnostic[],
): void {
  const name = member.name.text
  const first = attributes.get(name)
  if (first === undefined) attributes.set(name, attributeOf(member))
  else diagnostics.push(repeated('Duplicate argument', member, first.span))
}

function repeated(summary: string, member: JsonMember, first: Span): Diagnostic {
  const { text, span, file } = member.name
  const detail = `The argument ${quote(text)} was already set at ${placeText(file, first)}.`
  return problem('json/duplicate-argument', summary, detail, span, joinSpans(span, member.value.span))
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
      body: new JsonBody(body, 'block'),
    })
  }
}

function wrongType(detail: string, subject: Span): Diagnostic {
  return problem('json/wrong-type', 'Incorrect JSON value type', detail, subject)
}
