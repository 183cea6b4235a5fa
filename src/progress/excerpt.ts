import type { SourceInfo, SourceRange } from '../core/event/event.ts'

const RULE = '--------------------'
const PAD_LINES = 2
const PAD_SINGLE_LINE = 4

/**
 * The place of an error in a source file, as the reference prints it (spec buildkit 13.2): file and
 * first line, then the lines with `>>>` before the marked ones.
 */
export function excerpt(source: SourceInfo, ranges: readonly SourceRange[]): string {
  const lines = new TextDecoder().decode(source.data).split('\n')
  const first = Math.min(...ranges.map((r) => r.start.line))
  const last = Math.max(...ranges.map((r) => Math.max(r.end.line, r.start.line)))
  if (ranges.length === 0 || first < 1 || first > lines.length) return ''
  const window = widen(first, Math.min(last, lines.length), lines.length)
  let text = `${source.filename}:${first}\n${RULE}\n`
  for (let line = window.from; line <= window.to; line++) {
    const marked = ranges.some((r) => line >= r.start.line && line <= Math.max(r.end.line, r.start.line))
    text += ` ${String(line).padStart(3)} | ${marked ? '>>>' : '   '} ${lines[line - 1] ?? ''}\n`
  }
  return `${text}${RULE}\n`
}

/** Adds lines before and behind in turn until the padding is spent; each round costs one more. */
function widen(first: number, last: number, count: number): { readonly from: number; readonly to: number } {
  let from = first
  let to = last
  const pad = first === last ? PAD_SINGLE_LINE : PAD_LINES
  for (let spent = 0; spent < pad; spent++) {
    if (from > 1) {
      from -= 1
      spent += 1
    }
    if (to < count) {
      to += 1
      spent += 1
    }
    if (from === 1 && to === count) break
  }
  return { from, to }
}
