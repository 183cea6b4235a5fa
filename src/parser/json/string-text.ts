const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))/y
const PLAIN = /^"[^"\\\x00-\x1f]*"$/
const SHORT: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

/** The text of a string token, or how many characters were read until it went wrong. */
export type StringText = { readonly text: string } | { readonly wrongAfter: number }

/** Reads a string with its quotes. Lone surrogates become U+FFFD, as Go reads them. */
export function readStringText(raw: string): StringText {
  if (PLAIN.test(raw)) return { text: raw.slice(1, -1) }
  let text = ''
  let i = 1
  while (i < raw.length) {
    const c = raw[i] ?? ''
    if (c === '"') return { text: text.replace(/\p{Surrogate}/gu, '\ufffd') }
    if (c !== '\\') {
      text += c
      i += 1
      continue
    }
    ESCAPE.lastIndex = i
    const found = ESCAPE.exec(raw)
    if (found === null) return { wrongAfter: wrongEscape(raw, i) }
    text +=
      found[1] === undefined
        ? (SHORT[found[2] ?? ''] ?? found[2])
        : String.fromCharCode(Number.parseInt(found[1], 16))
    i += found[0].length
  }
  return { wrongAfter: raw.length }
}

/** Go counts the offending character as read. */
function wrongEscape(raw: string, at: number): number {
  if (raw[at + 1] !== 'u') return Math.min(at + 2, raw.length)
  const digits = /^[0-9a-fA-F]*/.exec(raw.slice(at + 2))?.[0].length ?? 0
  return Math.min(at + 3 + digits, raw.length)
}

/**
 * Maps offsets of the text of a string to offsets of the file: `raw` starts at `start` with its quote.
 * Offsets between the halves of one escape mean its start.
 */
export function offsetMap(raw: string, start: number): (offset: number) => number {
  if (!raw.includes('\\')) return (offset) => start + 1 + offset
  const places: number[] = []
  let i = 1
  while (i < raw.length && raw[i] !== '"') {
    places.push(start + i)
    if (raw[i] !== '\\') i += 1
    else i += raw[i + 1] === 'u' ? 6 : 2
  }
  places.push(start + i)
  return (offset) => places[offset] ?? start + i
}
