import { graphemes } from './grapheme.ts'

const NARROW = /^[\x20-\x7e]*$/
/** East Asian wide and full-width blocks, first and last code point of each. */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x20000, 0x3fffd],
]

/** Terminal cells a text takes; tabs count as one. */
export function displayWidth(text: string): number {
  if (NARROW.test(text)) return text.length
  return graphemes(text).reduce((sum, cluster) => sum + clusterWidth(cluster), 0)
}

function clusterWidth(cluster: string): number {
  const point = cluster.codePointAt(0) ?? 0
  if (point < 0x7f) return 1
  // The patterns stand here because V8 takes long to read Unicode classes, and most runs need none.
  if (/^[\p{Mn}\p{Me}\p{Cf}]+$/u.test(cluster)) return 0
  if (point > 0x2000 && isEmoji(cluster) && (point > 0xffff || cluster.includes('\ufe0f'))) return 2
  return WIDE.some(([first, last]) => first <= point && point <= last) ? 2 : 1
}

function isEmoji(cluster: string): boolean {
  return /^\p{Extended_Pictographic}|^\p{Regional_Indicator}/u.test(cluster)
}
