/** ASCII without carriage returns: every character is a cluster of its own. */
const SIMPLE = /^[\x00-\x0c\x0e-\x7f]*$/

/** UTF-16 units segmented at once: the time `Intl.Segmenter` takes grows with the square of the length. */
const WINDOW = 1024

let segmenter: Intl.Segmenter | undefined

/** User-perceived characters (extended grapheme clusters, UAX 29), as HCL columns and `strlen` count them. */
export function graphemes(text: string): string[] {
  if (SIMPLE.test(text)) return text.split('')
  return windows(text).flat()
}

/** How many grapheme clusters the text has. */
export function graphemeCount(text: string): number {
  if (SIMPLE.test(text)) return text.length
  return windows(text).reduce((count, part) => count + part.length, 0)
}

/** The clusters in parts. What stands last in a window may go on behind it, so the next one begins there. */
function windows(text: string): string[][] {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
  const parts: string[][] = []
  let from = 0
  let width = WINDOW
  while (from < text.length) {
    let end = Math.min(text.length, from + width)
    while (end < text.length && isHighSurrogate(text.charCodeAt(end - 1))) end += 1
    const part = Array.from(segmenter.segment(text.slice(from, end)), (s) => s.segment)
    if (end < text.length) {
      const last = part.pop() ?? ''
      end -= last.length
    }
    width = part.length === 0 ? width * 2 : WINDOW
    from = end
    parts.push(part)
  }
  return parts
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}
