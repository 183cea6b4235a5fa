import { joinSpans } from '../../core/source/source-file.ts'
import type { Node } from './ast.ts'
import type { Cursor } from './cursor.ts'
import { stripIndentation } from './heredoc-indent.ts'
import { parseParts } from './template-parts.ts'
import { buildTemplate, emptyText } from './template-tree.ts'
import { K } from './tokens.ts'

/** Parses a quoted string or a heredoc at its opening token (spec bake 3.3). */
export function parseTemplate(p: Cursor): Node {
  const open = p.read()
  const heredoc = p.kindOf(open) === K.OpenHeredoc
  const parts = parseParts(p, heredoc ? K.CloseHeredoc : K.CloseQuote)
  const end = p.previousSpan()
  const span = joinSpans(p.spanOf(open), end)
  if (heredoc && p.textOf(open).startsWith('<<-')) stripIndentation(parts.items)
  return buildTemplate(p, parts, span)
}

/** Parses a whole text as a template, as JSON strings are. */
export function parseBareTemplate(p: Cursor): Node {
  const start = p.nextSpan()
  const parts = parseParts(p, K.EndOfFile)
  if (parts.items.length === 0) return emptyText({ ...start, end: start.start })
  return buildTemplate(p, parts, joinSpans(start, p.previousSpan()))
}
