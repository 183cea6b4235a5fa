import { joinSpans, type Span } from '../../core/source/source-file.ts'
import { placeText } from '../place-text.ts'
import type { AttributeSyntax, BlockSyntax, BodySyntax } from './ast.ts'
import type { Cursor } from './cursor.ts'
import { parseLabel } from './parse-label.ts'
import { K } from './tokens.ts'

type Close = typeof K.EndOfFile | typeof K.CloseBrace
/** Attributes and blocks while a body is read. */
interface Items {
  readonly attributes: Map<string, AttributeSyntax>
  readonly blocks: BlockSyntax[]
}

const ITEM_REQUIRED = 'Argument or block definition required'
const ITEM_REQUIRED_HERE = 'An argument or block definition is required here.'
const EQUALS_HINT = ' To set an argument, use the equals sign "=" to introduce the argument value.'

/** Parses the items of a file or of a block behind its brace, up to the end (spec bake 3.2). */
export function parseBody(p: Cursor, close: Close): BodySyntax {
  const start = p.previousSpan()
  const items: Items = { attributes: new Map(), blocks: [] }
  const before = p.diagnostics.length
  let isRest = false
  while (p.peek() !== close) {
    if (p.take(K.Newline)) continue
    const first = p.next
    const mark = p.diagnostics.length
    if (p.peek() === K.Identifier) parseItem(p, items)
    else if (!p.recovering && p.peek() !== K.EndOfFile) {
      if (!isRest && !isLeftover(p)) reportStray(p, first)
      isRest = true
      p.take(K.CloseBrace)
      p.recoverAfterItem()
      p.resume(first)
      continue
    } else {
      if (p.peek() === K.EndOfFile && p.diagnostics.length === before) reportUnclosedBlock(p, start)
      p.read()
      p.recover(close)
      return finish(items, joinSpans(start, p.spanOf(first)))
    }
    // What stands behind a mistake and is no item is most likely the rest of the broken one.
    isRest = p.diagnostics.length > mark
    p.resume(first)
  }
  const end = p.spanOf(p.read())
  return finish(items, joinSpans(start, end))
}

/** Whether this closes something that a mistake before has opened. */
function isLeftover(p: Cursor): boolean {
  return p.peek() === K.CloseBrace && p.diagnostics.length > 0
}

function finish(items: Items, span: Span): BodySyntax {
  return { attributes: [...items.attributes.values()], blocks: items.blocks, span }
}

function reportStray(p: Cursor, token: number): void {
  if (p.kindOf(token) === K.OpenQuote) {
    const detail = 'Argument names must not be quoted.'
    p.report('hcl/quoted-name', 'Invalid argument name', detail, p.spanOf(token))
  } else p.report('hcl/item-required', ITEM_REQUIRED, ITEM_REQUIRED_HERE, p.spanOf(token))
}

function reportUnclosedBlock(p: Cursor, subject: Span, context?: Span): void {
  const detail =
    'There is no closing brace for this block before the end of the file. This may be caused by incorrect brace nesting elsewhere in this file.'
  p.reportFirst('hcl/unclosed-block', 'Unclosed configuration block', detail, subject, context)
}

function parseItem(p: Cursor, items: Items): void {
  const name = p.read()
  if (p.peek() === K.Equal) {
    addAttribute(p, parseAttribute(p, name, 'own-line'), items)
    return
  }
  if (p.peek() === K.OpenQuote || p.peek() === K.OpenBrace || p.peek() === K.Identifier) {
    items.blocks.push(parseBlock(p, name))
    return
  }
  p.recoverAfterItem()
  p.report('hcl/item-required', ITEM_REQUIRED, ITEM_REQUIRED_HERE + EQUALS_HINT, p.spanOf(name))
}

function addAttribute(p: Cursor, attribute: AttributeSyntax, items: Items): void {
  const existing = items.attributes.get(attribute.name)
  if (existing === undefined) {
    items.attributes.set(attribute.name, attribute)
    return
  }
  const place = placeText(p.file, existing.nameSpan)
  const detail = `The argument "${attribute.name}" was already set at ${place}. Each argument may be set only once.`
  p.report('hcl/attribute-redefined', 'Attribute redefined', detail, attribute.nameSpan)
}

/** Parses behind the name. An attribute in a one-line block ends before the brace, any other with its line. */
function parseAttribute(p: Cursor, name: number, place: 'own-line' | 'one-line-block'): AttributeSyntax {
  p.read()
  const mark = p.diagnostics.length
  const expr = p.expression()
  const span = p.spanFrom(name)
  if (p.isLost(mark)) p.recoverAfterItem()
  else if (place === 'own-line') endLine(p, name)
  return { name: p.textOf(name), nameSpan: p.spanOf(name), expr, span }
}

function endLine(p: Cursor, name: number): void {
  if (p.peek() === K.Newline || p.peek() === K.EndOfFile) {
    p.read()
    return
  }
  const context = joinSpans(p.spanOf(name), p.nextSpan())
  const detail = 'An argument definition must end with a newline.'
  if (p.peek() === K.Comma) {
    const hint = `Argument definitions must be separated by newlines, not commas. ${detail}`
    p.reportFirst('hcl/unexpected-comma', 'Unexpected comma after argument', hint, p.nextSpan(), context)
  } else p.reportFirst('hcl/missing-newline', 'Missing newline after argument', detail, p.nextSpan(), context)
  p.recoverAfterItem()
}

function parseBlock(p: Cursor, type: number): BlockSyntax {
  const typeSpan = p.spanOf(type)
  const labels: string[] = []
  const labelSpans: Span[] = []
  while (p.peek() === K.OpenQuote || p.peek() === K.Identifier) {
    const label = parseLabel(p)
    labels.push(label.text)
    labelSpans.push(label.span)
  }
  const head = { type: p.textOf(type), typeSpan, labels, labelSpans }
  if (p.peek() !== K.OpenBrace) {
    reportBadHeader(p, type)
    p.recoverAfterItem()
    return { ...head, openSpan: typeSpan, body: { attributes: [], blocks: [], span: typeSpan } }
  }
  const openSpan = p.spanOf(p.read())
  const body = parseBlockBody(p, typeSpan, openSpan)
  if (p.peek() === K.Newline || p.peek() === K.EndOfFile) p.read()
  else {
    const detail = 'A block definition must end with a newline.'
    const context = joinSpans(typeSpan, p.nextSpan())
    p.reportFirst(
      'hcl/missing-newline',
      'Missing newline after block definition',
      detail,
      p.nextSpan(),
      context,
    )
    p.recoverAfterItem()
  }
  return { ...head, openSpan, body }
}

function reportBadHeader(p: Cursor, type: number): void {
  const context = joinSpans(p.spanOf(type), p.nextSpan())
  const report = (detail: string): void =>
    p.report('hcl/invalid-block', 'Invalid block definition', detail, p.nextSpan(), context)
  if (p.peek() === K.Equal) {
    report(
      'The equals sign "=" indicates an argument definition, and must not be used when defining a block.',
    )
  } else if (p.peek() === K.Newline) {
    report(
      'A block definition must have block content delimited by "{" and "}", starting on the same line as the block header.',
    )
  } else if (!p.recovering) {
    report('Either a quoted string block label or an opening brace ("{") is expected here.')
  }
}

function parseBlockBody(p: Cursor, typeSpan: Span, openSpan: Span): BodySyntax {
  if (!p.enter()) {
    p.recover(K.CloseBrace)
    return { attributes: [], blocks: [], span: joinSpans(openSpan, p.previousSpan()) }
  }
  const multiLine = p.peek() === K.Newline || p.peek() === K.EndOfFile || p.peek() === K.CloseBrace
  const body = multiLine ? parseBody(p, K.CloseBrace) : parseOneLineBody(p, typeSpan, openSpan)
  p.leave()
  return body
}

/** A block of one line holds one attribute and nothing else. */
function parseOneLineBody(p: Cursor, typeSpan: Span, openSpan: Span): BodySyntax {
  const mark = p.diagnostics.length
  const attribute = parseOnlyAttribute(p)
  const found = p.diagnostics.splice(mark)
  if (!p.take(K.CloseBrace)) {
    reportOneLineEnd(p, openSpan, joinSpans(typeSpan, openSpan))
    p.recover(K.CloseBrace)
  }
  p.diagnostics.push(...found)
  if (attribute === undefined) {
    return { attributes: [], blocks: [], span: joinSpans(openSpan, p.previousSpan()) }
  }
  return { attributes: [attribute], blocks: [], span: attribute.span }
}

function parseOnlyAttribute(p: Cursor): AttributeSyntax | undefined {
  const name = p.read()
  const nameSpan = p.spanOf(name)
  if (p.kindOf(name) !== K.Identifier) {
    p.recoverAfterItem()
    p.report('hcl/item-required', ITEM_REQUIRED, ITEM_REQUIRED_HERE, nameSpan)
    return undefined
  }
  if (p.peek() === K.Equal) return parseAttribute(p, name, 'one-line-block')
  const subject = joinSpans(nameSpan, p.nextSpan())
  const isBlock = p.peek() === K.OpenQuote || p.peek() === K.OpenBrace || p.peek() === K.Identifier
  p.recoverAfterItem()
  if (isBlock) {
    const detail = `A single-line block definition can contain only a single argument. If you meant to define argument "${p.textOf(name)}", use an equals sign to assign it a value. To define a nested block, place it on a line of its own within its parent block.`
    p.report('hcl/argument-required', 'Argument definition required', detail, subject)
  } else p.report('hcl/item-required', ITEM_REQUIRED, ITEM_REQUIRED_HERE + EQUALS_HINT, nameSpan)
  return undefined
}

function reportOneLineEnd(p: Cursor, openSpan: Span, header: Span): void {
  const report = (detail: string): void =>
    p.report('hcl/one-line-block', 'Invalid single-argument block definition', detail, p.nextSpan())
  if (p.peek() === K.Comma) {
    report(
      'Single-line block syntax can include only one argument definition. To define multiple arguments, use the multi-line block syntax with one argument definition per line.',
    )
  } else if (p.peek() === K.Newline) {
    report(
      "An argument definition on the same line as its containing block creates a single-line block definition, which must also be closed on the same line. Place the block's closing brace immediately after the argument definition.",
    )
  } else if (p.recovering) return
  else if (p.peek() === K.EndOfFile) reportUnclosedBlock(p, openSpan, header)
  else {
    report(
      'A single-line block definition must end with a closing brace immediately after its single argument definition.',
    )
  }
}
