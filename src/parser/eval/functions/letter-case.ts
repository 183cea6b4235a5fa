const ASCII = /^[\x00-\x7f]*$/

/**
 * Letter case as the Bake language maps it: one character to one character, without regard to language or
 * neighbours (`ß` stays, a final sigma is not special), unlike String.prototype.toUpperCase.
 */
export function upperCase(text: string): string {
  return ASCII.test(text) ? text.toUpperCase() : mapCharacters(text, upperOf)
}

/** The opposite of `upperCase`, with the same rules. */
export function lowerCase(text: string): string {
  return ASCII.test(text) ? text.toLowerCase() : mapCharacters(text, lowerOf)
}

/** Raises each letter that follows a separator; everything else stays (spec 3.7, `title`). */
export function titleCase(text: string): string {
  let previous = ' '
  return mapCharacters(text, (char) => {
    const raised = isSeparator(previous) ? titleOf(char) : char
    previous = char
    return raised
  })
}

/** White space in the sense of the language: Unicode's property. */
export function trimWhiteSpace(text: string): string {
  const chars = Array.from(text)
  let start = 0
  let end = chars.length
  while (start < end && isSpace(chars[start])) start++
  while (end > start && isSpace(chars[end - 1])) end--
  return chars.slice(start, end).join('')
}

function mapCharacters(text: string, change: (char: string) => string): string {
  let out = ''
  for (const char of text) out += change(char)
  return out
}

function upperOf(char: string): string {
  const upper = char.toUpperCase()
  return isOneCharacter(upper) ? upper : singleUpper(char)
}

/** Greek letters with an iota subscript have a capital of one character besides the full form of two. */
function singleUpper(char: string): string {
  const code = char.codePointAt(0) ?? 0
  if (code >= 0x1f80 && code <= 0x1faf) return String.fromCodePoint(code | 8)
  if (code === 0x1fb3 || code === 0x1fc3 || code === 0x1ff3) return String.fromCodePoint(code + 9)
  return char
}

function lowerOf(char: string): string {
  // A dotted capital I would become two characters.
  if (char === '\u0130') return 'i'
  const lower = char.toLowerCase()
  return isOneCharacter(lower) ? lower : char
}

/** Digraphs have a form of their own at the start of a word; Georgian has none. */
function titleOf(char: string): string {
  const code = char.codePointAt(0) ?? 0
  if (code >= 0x01c4 && code <= 0x01cc)
    return String.fromCodePoint(0x01c5 + 3 * Math.floor((code - 0x01c4) / 3))
  if (code >= 0x01f1 && code <= 0x01f3) return '\u01f2'
  if ((code >= 0x10d0 && code <= 0x10fa) || (code >= 0x10fd && code <= 0x10ff)) return char
  return upperOf(char)
}

function isOneCharacter(text: string): boolean {
  return Array.from(text).length === 1
}

function isSeparator(char: string): boolean {
  if (char < '\u0080') return !/\w/.test(char)
  return !/^[\p{L}\p{Nd}]$/u.test(char) && isSpace(char)
}

function isSpace(char: string | undefined): boolean {
  return char !== undefined && /^\p{White_Space}$/u.test(char)
}
