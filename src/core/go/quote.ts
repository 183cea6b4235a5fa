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
/** What Go calls printable: letters, marks, numbers, punctuation, symbols and the ASCII space. */
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u

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
  if (PRINTABLE.test(char)) return char
  if (point < 0x80) return `\\x${hex(point, 2)}`
  return point > 0xffff ? `\\U${hex(point, 8)}` : `\\u${hex(point, 4)}`
}

function hex(point: number, width: number): string {
  return point.toString(16).padStart(width, '0')
}
