const SHORT: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '"': '\\"',
  '\\': '\\\\',
}
const PLAIN = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/

/** `text` in double quotes as Go's `%q` writes it. */
export function quote(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`
  let out = '"'
  for (const char of text) out += SHORT[char] ?? escapeChar(char)
  return `${out}"`
}

/** One character in single quotes, as Go's `%q` writes a rune or as encoding/json names a bad one. */
export function quoteChar(char: string): string {
  if (char === "'") return `'\\''`
  if (char === '"') return `'"'`
  return `'${SHORT[char] ?? escapeChar(char)}'`
}

function escapeChar(char: string): string {
  const point = char.codePointAt(0) ?? 0
  if (point >= 0xd800 && point <= 0xdfff) return '\ufffd'
  if (isPrintable(char)) return char
  if (point < 0x80) return `\\x${hex(point, 2)}`
  return point > 0xffff ? `\\U${hex(point, 8)}` : `\\u${hex(point, 4)}`
}

/** What Go calls printable: letters, marks, numbers, punctuation, symbols and the ASCII space. */
function isPrintable(char: string): boolean {
  // Inside the function: V8 takes long to read Unicode classes, and most runs need none.
  return /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(char)
}

function hex(point: number, width: number): string {
  return point.toString(16).padStart(width, '0')
}
