import { joinSpans } from '../../core/source/source-file.ts'
import { str } from '../../core/value/make.ts'
import type { Node } from './ast.ts'
import type { Cursor } from './cursor.ts'
import { stripIndentation } from './heredoc-indent.ts'
import { decodeLiteral } from './string-literal.ts'
import { parseParts } from './template-parts.ts'
import { buildTemplate, emptyText } from './template-tree.ts'
import { K } from './tokens.ts'

/** Parses a quoted string or a heredoc at its opening token (spec bake 3.3). */
export function parseTemplate(p: Cursor): Node {
  const open = p.read()
  const plain = plainText(p, open)
  if (plain !== undefined) return plain
  const heredoc = p.kindOf(open) === K.OpenHeredoc
  const parts = parseParts(p, heredoc ? K.CloseHeredoc : K.CloseQuote)
  const end = p.previousSpan()
  const span = joinSpans(p.spanOf(open), end)
  if (heredoc && p.textOf(open).startsWith('<<-')) stripIndentation(parts.items)
  return buildTemplate(p, parts, span)
}

/** The quick way for strings without sequences, which are most. */
function plainText(p: Cursor, open: number): Node | undefined {
  if (p.peek() !== K.QuotedText || p.kindOf(p.next + 1) !== K.CloseQuote) return undefined
  const token = p.read()
  const value = str(decodeLiteral(p, token, 'quoted'))
  p.read()
  const parts = [{ kind: 'literal', value, span: p.spanOf(token) } as const]
  return { kind: 'template', parts, span: p.spanFrom(open) }
}

/** Parses a whole text as a template, as JSON strings are. */
export function parseBareTemplate(p: Cursor): Node {
  const start = p.nextSpan()
  const parts = parseParts(p, K.EndOfFile)
  if (parts.items.length === 0) return emptyText({ ...start, end: start.start })
  return buildTemplate(p, parts, joinSpans(start, p.previousSpan()))
}
