const NAMED: ReadonlyMap<number, string> = new Map([
  [0x07, '\\a'],
  [0x08, '\\b'],
  [0x09, '\\t'],
  [0x0a, '\\n'],
  [0x0b, '\\v'],
  [0x0c, '\\f'],
  [0x0d, '\\r'],
  [0x5c, '\\\\'],
])

/** A text in double quotes as Go's `%q` writes it: unprintable characters escaped. */
export function quoteText(text: string): string {
  let out = '"'
  for (const char of text) out += char === '"' ? '\\"' : escapeChar(char)
  return `${out}"`
}

/** One character in single quotes as Go's `%q` writes a rune. */
export function quoteChar(char: string): string {
  return `'${char === "'" ? "\\'" : escapeChar(char)}'`
}

function escapeChar(char: string): string {
  const code = char.codePointAt(0) ?? 0
  const named = NAMED.get(code)
  if (named !== undefined) return named
  if (isPrintable(char, code)) return char
  if (code < 0x80) return `\\x${hex(code, 2)}`
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`
}

function isPrintable(char: string, code: number): boolean {
  if (code < 0x80) return code >= 0x20 && code < 0x7f
  return /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(char)
}

function hex(code: number, width: number): string {
  return code.toString(16).padStart(width, '0')
}
