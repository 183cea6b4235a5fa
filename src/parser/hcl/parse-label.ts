import { joinSpans, type Span } from '../../core/source/source-file.ts'
import type { Cursor } from './cursor.ts'
import { decodeLiteral } from './string-literal.ts'
import { K } from './tokens.ts'

/** Takes a block label: a bare name, or a quoted string without template sequences. */
export function parseLabel(p: Cursor): { readonly text: string; readonly span: Span } {
  const first = p.read()
  if (p.kindOf(first) === K.Identifier) return { text: p.textOf(first), span: p.spanOf(first) }
  let text = ''
  for (;;) {
    const token = p.read()
    const kind = p.kindOf(token)
    if (kind === K.QuotedText) text += decodeLiteral(p, token, 'quoted')
    else if (kind === K.Interpolation || kind === K.Directive) text += skipSequence(p, first, token)
    else {
      if (kind !== K.CloseQuote) reportBadPart(p, first, token)
      return { text, span: joinSpans(p.spanOf(first), p.spanOf(token)) }
    }
  }
}

/** Refuses a template sequence; a mark stays in the label so that it equals no other label. */
function skipSequence(p: Cursor, open: number, token: number): string {
  const sign = p.kindOf(token) === K.Directive ? '%' : '$'
  const detail = `Template sequences are not allowed in this string. To include a literal "${sign}", double it (as "${sign}${sign}") to escape it.`
  const context = joinSpans(p.spanOf(open), p.spanOf(token))
  p.report('hcl/invalid-string', 'Invalid string literal', detail, p.spanOf(token), context)
  p.recover(K.TemplateEnd)
  return `${sign}{ ... }`
}

function reportBadPart(p: Cursor, open: number, token: number): void {
  const subject = p.spanOf(token)
  const context = joinSpans(p.spanOf(open), subject)
  if (p.kindOf(token) === K.EndOfFile) {
    const detail = 'Unable to find the closing quote mark before the end of the file.'
    p.report('hcl/unterminated', 'Unterminated string literal', detail, subject, context)
    return
  }
  p.report(
    'hcl/invalid-string',
    'Invalid string literal',
    'This item is not valid in a string literal.',
    subject,
    context,
  )
  p.recover(K.CloseQuote)
}
