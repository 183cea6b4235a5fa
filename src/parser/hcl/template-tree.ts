import { joinSpans, type Span } from '../../core/source/source-file.ts'
import { str } from '../../core/value/make.ts'
import { placeText } from '../place-text.ts'
import type { ForNode, Node } from './ast.ts'
import type { Cursor } from './cursor.ts'
import { MAX_NESTING } from './cursor.ts'
import type { TemplatePart, TemplateParts } from './template-parts.ts'

/** Matches directives with their ends and makes one node of all parts. */
export function buildTemplate(p: Cursor, parts: TemplateParts, span: Span): Node {
  const only = parts.items.length === 1 ? parts.items[0] : undefined
  if (only?.kind === 'value') return { kind: 'wrap', inner: only.node, span }
  if (only?.kind === 'text') return textTemplate(only.text, only.span, span)
  if (parts.items.length === 0) {
    return textTemplate('', { ...parts.startSpan, start: parts.startSpan.end }, span)
  }
  const nodes = new TreeBuilder(p, meldTexts(parts.items), parts.endSpan).all()
  return { kind: 'template', parts: nodes, span }
}

/** A template of one empty text. */
export function emptyText(span: Span): Node {
  return textTemplate('', span, span)
}

function textTemplate(text: string, textSpan: Span, span: Span): Node {
  return { kind: 'template', parts: [{ kind: 'literal', value: str(text), span: textSpan }], span }
}

/** Joins texts that stand next to each other. */
function meldTexts(items: readonly TemplatePart[]): readonly TemplatePart[] {
  const melded: TemplatePart[] = []
  for (const item of items) {
    const last = melded.at(-1)
    if (item.kind === 'text' && last?.kind === 'text') {
      last.text += item.text
      last.span = joinSpans(last.span, item.span)
    } else melded.push(item)
  }
  return melded
}

/** What stops a row of nodes: one of these directives, or the end. */
type Stop = Extract<TemplatePart, { kind: 'else' | 'endif' | 'endfor' }>

class TreeBuilder {
  private readonly p: Cursor
  private readonly parts: readonly TemplatePart[]
  private readonly endSpan: Span
  private at = 0
  private depth = 0
  private gaveUp = false

  constructor(p: Cursor, parts: readonly TemplatePart[], endSpan: Span) {
    this.p = p
    this.parts = parts
    this.endSpan = endSpan
  }

  all(): readonly Node[] {
    const nodes: Node[] = []
    for (;;) {
      const stop = this.row(nodes)
      if (stop === undefined) return nodes
      this.unexpected(stop, 'The control directives within this template are unbalanced.')
      nodes.push(this.p.placeholder(stop.span))
    }
  }

  /** Adds nodes up to a directive that ends something, which is taken and returned. */
  private row(nodes: Node[]): Stop | undefined {
    for (;;) {
      const part = this.parts[this.at]
      if (part === undefined) return undefined
      this.at += 1
      switch (part.kind) {
        case 'text':
          nodes.push({ kind: 'literal', value: str(part.text), span: part.span })
          break
        case 'value':
          nodes.push(part.node)
          break
        case 'if':
          nodes.push(this.nested(part.span, () => this.conditional(part)))
          break
        case 'for':
          nodes.push(this.nested(part.span, () => this.loop(part)))
          break
        default:
          return part
      }
    }
  }

  private conditional(open: Extract<TemplatePart, { kind: 'if' }>): Node {
    const yes: Node[] = []
    const no: Node[] = []
    let stop = this.row(yes)
    const hasElse = stop?.kind === 'else'
    if (hasElse) stop = this.row(no)
    if (stop?.kind !== 'endif') return this.badEnd('if', open.span, stop, hasElse)
    return {
      kind: 'conditional',
      condition: open.condition,
      yes: rowTemplate(yes, { ...open.span, start: open.span.end }),
      no: rowTemplate(no, { ...stop.span, end: stop.span.start }),
      span: joinSpans(open.span, stop.span),
    }
  }

  private loop(open: Extract<TemplatePart, { kind: 'for' }>): Node {
    const content: Node[] = []
    const stop = this.row(content)
    if (stop?.kind !== 'endfor') return this.badEnd('for', open.span, stop, false)
    const span = joinSpans(open.span, stop.span)
    const each: ForNode = {
      kind: 'for',
      ...open.names,
      collection: open.collection,
      key: undefined,
      value: rowTemplate(content, { ...open.span, start: open.span.end }),
      condition: undefined,
      groups: false,
      openSpan: open.span,
      span,
    }
    return { kind: 'join', each, span }
  }

  private badEnd(directive: 'if' | 'for', open: Span, stop: Stop | undefined, hasElse: boolean): Node {
    if (this.gaveUp) return this.p.placeholder(open)
    const place = placeText(this.p.file, open)
    const end = `end${directive}`
    if (stop === undefined) {
      const detail = `The ${directive} directive at ${place} is missing its corresponding ${end} directive.`
      this.p.report('hcl/unbalanced-directive', 'Unexpected end of template', detail, this.endSpan)
      return this.p.placeholder(this.endSpan)
    }
    if (stop.kind === 'else' && directive === 'for') {
      this.unexpected(stop, 'An else clause is not expected for a for directive.')
    } else if (stop.kind === 'else' && hasElse) {
      this.unexpected(stop, `Already in the else clause for the if started at ${place}.`)
    } else if (directive === 'if') {
      this.unexpected(stop, `Expecting an endif directive for the if started at ${place}.`)
    } else {
      this.unexpected(stop, `Expecting an endfor directive corresponding to the for directive at ${place}.`)
    }
    return this.p.placeholder(stop.span)
  }

  private unexpected(stop: Stop, detail: string): void {
    this.p.report('hcl/unbalanced-directive', `Unexpected ${stop.kind} directive`, detail, stop.span)
  }

  private nested(span: Span, build: () => Node): Node {
    if (this.depth >= MAX_NESTING) {
      const detail = `More than ${MAX_NESTING} directives inside of one another are not accepted.`
      this.p.report('hcl/too-deep', 'Nesting too deep', detail, span)
      this.at = this.parts.length
      this.gaveUp = true
      return this.p.placeholder(span)
    }
    this.depth += 1
    const node = build()
    this.depth -= 1
    return node
  }
}

function rowTemplate(nodes: readonly Node[], emptySpan: Span): Node {
  const [first] = nodes
  const last = nodes.at(-1)
  if (first === undefined || last === undefined) return emptyText(emptySpan)
  return { kind: 'template', parts: nodes, span: joinSpans(first.span, last.span) }
}
