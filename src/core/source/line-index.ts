import { graphemeCount } from '../text/grapheme.ts'

/** A place in a text; all counts start at 1. */
export interface Position {
  readonly line: number
  /** In grapheme clusters, as HCL counts; a tab may count more. */
  readonly column: number
  /** In Unicode code points, as our own diagnostics count. */
  readonly codePointColumn: number
}

/** Finds lines in one text. A text after the last newline, even an empty one, is a line. */
export interface LineIndex {
  readonly lineCount: number
  /** Offsets beyond the text mean its end. */
  position(offset: number): Position
  /** Line `n` from 1 without its line ending; empty when there is no such line. */
  lineText(n: number): string
  /** UTF-16 offset at which line `n` starts. */
  lineStart(n: number): number
}

const ASCII = /^[\x00-\x7f]*$/

/** How many columns a tab is wide: HCL's reader of JSON counts two, everything else one. */
export function tabColumnsOf(fileName: string): number {
  return fileName.endsWith('.json') ? 2 : 1
}

/** Line starts are computed at the first question. Tabs add `tabColumns` to `column`. */
export function lineIndex(text: string, tabColumns = 1): LineIndex {
  let found: readonly number[] | undefined
  const starts = (): readonly number[] => {
    found ??= findStarts(text)
    return found
  }
  const lineStart = (n: number): number => starts()[n - 1] ?? text.length
  return {
    get lineCount(): number {
      return starts().length
    },
    lineStart,
    lineText: (n) => {
      if (n < 1 || n > starts().length) return ''
      const end = n < starts().length ? lineStart(n + 1) - 1 : text.length
      return text.slice(lineStart(n), end).replace(/\r$/, '')
    },
    position: (offset) => {
      const at = Math.max(0, Math.min(offset, text.length))
      const line = lastAtMost(starts(), at)
      const before = text.slice(lineStart(line), at)
      const first = tabColumns === 1 ? 1 : 1 + (before.split('\t').length - 1) * (tabColumns - 1)
      if (ASCII.test(before)) {
        return { line, column: before.length + first, codePointColumn: before.length + 1 }
      }
      return { line, column: graphemeCount(before) + first, codePointColumn: codePointCount(before) + 1 }
    },
  }
}

function findStarts(text: string): readonly number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

/** The 1-based number of the last start that is not behind `offset`. */
function lastAtMost(starts: readonly number[], offset: number): number {
  let low = 0
  let high = starts.length
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle
  }
  return low + 1
}

function codePointCount(text: string): number {
  let count = 0
  for (const _ of text) count += 1
  return count
}
