/** ASCII without carriage returns: every character is a cluster of its own. */
const SIMPLE = /^[\x00-\x0c\x0e-\x7f]*$/

let segmenter: Intl.Segmenter | undefined

/** User-perceived characters (extended grapheme clusters, UAX 29), as HCL columns and `strlen` count them. */
export function graphemes(text: string): string[] {
  if (SIMPLE.test(text)) return text.split('')
  return Array.from(segments(text), (s) => s.segment)
}

/** How many grapheme clusters the text has. */
export function graphemeCount(text: string): number {
  if (SIMPLE.test(text)) return text.length
  let count = 0
  for (const _ of segments(text)) count += 1
  return count
}

function segments(text: string): Iterable<Intl.SegmentData> {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
  return segmenter.segment(text)
}
