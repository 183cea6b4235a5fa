import { type LineIndex, lineIndex, tabColumnsOf } from '../core/source/line-index.ts'
import type { SourceFile, Span } from '../core/source/source-file.ts'

/** A span as the reference writes it inside of messages: `FILE:L,C-C` or `FILE:L,C-L,C` (spec bake 13). */
export function placeText(file: SourceFile, span: Span): string {
  const lines = linesOf(file)
  const start = lines.position(span.start)
  const end = lines.position(span.end)
  const to = start.line === end.line ? `${end.column}` : `${end.line},${end.column}`
  return `${file.name}:${start.line},${start.column}-${to}`
}

const known = new WeakMap<SourceFile, LineIndex>()

/** The same index for all messages about a file; a broken one may have thousands. */
function linesOf(file: SourceFile): LineIndex {
  let lines = known.get(file)
  if (lines === undefined) {
    lines = lineIndex(file.text, tabColumnsOf(file.name))
    known.set(file, lines)
  }
  return lines
}
