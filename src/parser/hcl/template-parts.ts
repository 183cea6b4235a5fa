import { editDistance } from '../../core/diag/suggest.ts'
import { joinSpans, type Span } from '../../core/source/source-file.ts'
import type { Node } from './ast.ts'
import type { Cursor } from './cursor.ts'
import { type ForNames, type ForNamesProblem, takeForNames } from './parse-for.ts'
import { decodeLiteral } from './string-literal.ts'
import { K, type TokenKind } from './tokens.ts'

/** A piece of a template, before directives are matched with one another. */
export type TemplatePart =
  | TextPart
  | { readonly kind: 'value'; readonly node: Node; readonly span: Span }
  | { readonly kind: 'if'; readonly condition: Node; readonly span: Span }
  | { readonly kind: 'for'; readonly names: ForNames; readonly collection: Node; readonly span: Span }
  | { readonly kind: 'else' | 'endif' | 'endfor'; readonly span: Span }

/** Literal text; trimming changes it while the template is parsed. */
export interface TextPart {
  readonly kind: 'text'
  text: string
  span: Span
}

export interface TemplateParts {
  readonly items: TemplatePart[]
  /** The closing token. */
  readonly endSpan: Span
  /** Just behind the first token, for the span of an empty text. */
  readonly startSpan: Span
}

const LEADING_SPACE = /^[\s\u0085]+/u
const TRAILING_SPACE = /[\s\u0085]+$/u
const DIRECTIVES = ['if', 'for', 'else', 'endif', 'endfor'] as const

/** Reads parts up to the token that closes the template, strip markers already applied. */
export function parseParts(p: Cursor, close: TokenKind): TemplateParts {
  const items: TemplatePart[] = []
  const startSpan = p.nextSpan()
  let trimsNext = false
  for (;;) {
    const token = p.read()
    const kind = p.kindOf(token)
    if (kind === close) return { items, startSpan, endSpan: p.spanOf(token) }
    const trims = trimsNext
    trimsNext = false
    if (kind === K.QuotedText || kind === K.PlainText) {
      const text = decodeLiteral(p, token, kind === K.QuotedText ? 'quoted' : 'plain')
      items.push({
        kind: 'text',
        text: trims ? text.replace(LEADING_SPACE, '') : text,
        span: p.spanOf(token),
      })
    } else if (kind === K.Interpolation || kind === K.Directive) {
      if (p.textOf(token).endsWith('~')) trimBefore(items)
      p.pushNewlines('ignored')
      if (kind === K.Interpolation) trimsNext = parseInterpolation(p, token, startSpan, close, items)
      else trimsNext = parseDirective(p, token, startSpan, items)
      p.popNewlines()
    } else {
      const context = joinSpans(startSpan, p.spanOf(token))
      const detail = 'No closing marker was found for the string.'
      p.reportFirst('hcl/unterminated', 'Unterminated template string', detail, p.spanOf(token), context)
      return { items, startSpan, endSpan: p.spanOf(p.recover(close)) }
    }
  }
}

function trimBefore(items: TemplatePart[]): void {
  const last = items.at(-1)
  if (last?.kind === 'text') last.text = last.text.replace(TRAILING_SPACE, '')
}

/** Parses behind `${`; true when the sequence ends in `~}`. */
function parseInterpolation(
  p: Cursor,
  open: number,
  start: Span,
  close: TokenKind,
  items: TemplatePart[],
): boolean {
  const node = p.expression()
  const end = p.next
  if (p.peek() !== K.TemplateEnd) reportUnclosed(p, start, close)
  const trims = closeSequence(p)
  items.push({ kind: 'value', node, span: joinSpans(p.spanOf(open), p.spanOf(end)) })
  return trims
}

function closeSequence(p: Cursor): boolean {
  if (p.peek() !== K.TemplateEnd) {
    p.recover(K.TemplateEnd)
    return false
  }
  return p.textOf(p.read()).startsWith('~')
}

function reportUnclosed(p: Cursor, start: Span, close: TokenKind): void {
  const kind = p.peek()
  const quoteInside = (kind === K.CloseQuote || kind === K.OpenQuote) && close === K.CloseQuote
  if (kind === K.EndOfFile || quoteInside) {
    const where = quoteInside ? 'quoted template' : 'file'
    p.reportFirst(
      'hcl/unclosed-interpolation',
      'Unclosed template interpolation sequence',
      `There is no closing brace for this interpolation sequence before the end of the ${where}. This might be caused by incorrect nesting inside the given expression.`,
      start,
    )
    return
  }
  p.reportFirst(
    'hcl/extra-characters',
    'Extra characters after interpolation expression',
    kind === K.Colon ? COLON_DETAIL : EXTRA_DETAIL,
    p.nextSpan(),
    joinSpans(start, p.nextSpan()),
  )
}

const COLON_DETAIL =
  'Template interpolation doesn\'t expect a colon at this location. Did you intend this to be a literal sequence to be processed as part of another language? If so, you can escape it by starting with "$${" instead of just "${".'
const EXTRA_DETAIL =
  'Expected a closing brace to end the interpolation expression, but found extra characters.\n\nThis can happen when you include interpolation syntax for another language, such as shell scripting, but forget to escape the interpolation start token. If this is an embedded sequence for another language, escape it by starting with "$${" instead of just "${".'

/** Parses behind `%{`; true when the sequence ends in `~}`. */
function parseDirective(p: Cursor, open: number, start: Span, items: TemplatePart[]): boolean {
  if (p.peek() !== K.Identifier) {
    const detail =
      'A template directive keyword ("if", "for", etc) is expected at the beginning of a %{ sequence.'
    const context = joinSpans(p.spanOf(open), p.nextSpan())
    p.reportFirst('hcl/invalid-directive', 'Invalid template directive', detail, p.nextSpan(), context)
    p.recover(K.TemplateEnd)
    return false
  }
  const token = p.read()
  const keyword = p.textOf(token)
  const part = parseDirectivePart(p, open, token, keyword)
  if (part === undefined) {
    p.recover(K.TemplateEnd)
    return false
  }
  items.push(part)
  if (p.peek() !== K.TemplateEnd) {
    p.reportFirst(
      'hcl/extra-characters',
      `Extra characters in ${keyword} marker`,
      'Expected a closing brace to end the sequence, but found extra characters.',
      p.nextSpan(),
      joinSpans(start, p.nextSpan()),
    )
  }
  return closeSequence(p)
}

function parseDirectivePart(
  p: Cursor,
  open: number,
  token: number,
  keyword: string,
): TemplatePart | undefined {
  const span = (): Span => joinSpans(p.spanOf(open), p.nextSpan())
  switch (keyword) {
    case 'if': {
      const condition = p.expression()
      return { kind: 'if', condition, span: span() }
    }
    case 'for': {
      const names = takeForNames(p)
      if (typeof names === 'string') {
        p.reportFirst('hcl/invalid-for', "Invalid 'for' directive", NAME_DETAILS[names], p.nextSpan())
        return undefined
      }
      const collection = p.expression()
      return { kind: 'for', names, collection, span: span() }
    }
    case 'else':
    case 'endif':
    case 'endfor':
      return { kind: keyword, span: span() }
    default:
      reportKeyword(p, open, token, keyword)
      return undefined
  }
}

const NAME_DETAILS: Readonly<Record<ForNamesProblem, string>> = {
  name: "For directive requires variable name after 'for'.",
  'second-name': 'For directive requires value variable name after comma.',
  in: "For directive requires 'in' keyword after names.",
}

function reportKeyword(p: Cursor, open: number, token: number, keyword: string): void {
  const near = DIRECTIVES.find((directive) => editDistance(keyword, directive) < 3)
  const hint = near === undefined ? '' : ` Did you mean "${near}"?`
  p.reportFirst(
    'hcl/invalid-directive',
    'Invalid template control keyword',
    `"${keyword}" is not a valid template control keyword.${hint}`,
    p.spanOf(token),
    joinSpans(p.spanOf(open), p.spanOf(token)),
  )
}
