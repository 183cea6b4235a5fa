import { graphemes } from '../../core/text/grapheme.ts'
import type { TemplatePart, TextPart } from './template-parts.ts'

const LEADING_SPACE = /^[\s\u0085]*/u

/**
 * Takes the common indentation off a `<<-` heredoc: the fewest leading spaces of any line, counted in
 * the source text. Blank lines do not count and keep their spaces; a line that starts with a sequence
 * has none (spec bake 3.3).
 */
export function stripIndentation(parts: readonly TemplatePart[]): void {
  const starts: TextPart[] = []
  let fewest = Number.POSITIVE_INFINITY
  let atLineStart = true
  for (const part of parts) {
    if (atLineStart) {
      if (part.kind !== 'text') fewest = 0
      else if (!isBlankLine(part.text)) {
        starts.push(part)
        fewest = Math.min(fewest, indentOf(part.text))
      }
    }
    atLineStart = part.kind === 'text' && part.text.endsWith('\n')
  }
  if (!Number.isFinite(fewest) || fewest === 0) return
  for (const part of starts) {
    const width = widthOf(part.text, fewest)
    part.text = part.text.slice(width)
    part.span = { ...part.span, start: part.span.start + width }
  }
}

function isBlankLine(text: string): boolean {
  return text.endsWith('\n') && text.trim() === ''
}

function indentOf(text: string): number {
  const space = LEADING_SPACE.exec(text)?.[0] ?? ''
  return /^[ \t]*$/.test(space) ? space.length : [...graphemes(space)].length
}

/** UTF-16 length of the first `count` characters. */
function widthOf(text: string, count: number): number {
  const head = text.slice(0, count)
  if (/^[ \t]*$/.test(head)) return count
  return [...graphemes(text)].slice(0, count).join('').length
}
