import { K, type TokenKind } from './tokens.ts'

const START = 1
const PART = 2
const ASCII = new Uint8Array(128)
for (let c = 0; c < 128; c++) {
  const letter = (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 95
  if (letter) ASCII[c] = START | PART
  else if ((c >= 48 && c <= 57) || c === 45) ASCII[c] = PART
}

/** Whether an identifier may start at this offset: a Unicode letter or `_` (spec bake 3.1). */
export function isIdentifierStart(text: string, at: number): boolean {
  const c = text.charCodeAt(at)
  if (c < 128) return ((ASCII[c] ?? 0) & START) !== 0
  // Written here and not above: V8 takes long to read a Unicode class, and most definitions are ASCII.
  return at < text.length && /^\p{ID_Start}$/u.test(String.fromCodePoint(text.codePointAt(at) ?? 0))
}

/** Whether an identifier may go on at this offset; dashes belong to identifiers. */
export function isIdentifierPart(text: string, at: number): boolean {
  const c = text.charCodeAt(at)
  if (c < 128) return ((ASCII[c] ?? 0) & PART) !== 0
  return at < text.length && /^\p{ID_Continue}$/u.test(String.fromCodePoint(text.codePointAt(at) ?? 0))
}

/** Where the identifier that starts at `from` ends. */
export function identifierEnd(text: string, from: number): number {
  for (let i = from; ; ) {
    const c = text.charCodeAt(i)
    if (c < 128) {
      if (((ASCII[c] ?? 0) & PART) === 0) return i
      i += 1
    } else if (isIdentifierPart(text, i)) i += c >= 0xd800 && c < 0xdc00 ? 2 : 1
    else return i
  }
}

/** Whether the text is one identifier. */
export function isIdentifier(text: string): boolean {
  if (!isIdentifierStart(text, 0)) return false
  for (let i = 0; i < text.length; i++) {
    if (!isIdentifierPart(text, i)) return false
    if ((text.codePointAt(i) ?? 0) > 0xffff) i += 1
  }
  return true
}

/** What a punctuation character is alone and together with the one behind it. */
interface Punctuation {
  readonly alone: TokenKind
  readonly pairs: readonly { readonly next: number; readonly kind: TokenKind }[]
}

type PunctuationRow = readonly [string, TokenKind, ...(readonly [string, TokenKind])[]]

const ROWS: readonly PunctuationRow[] = [
  ['[', K.OpenBracket],
  [']', K.CloseBracket],
  ['(', K.OpenParen],
  [')', K.CloseParen],
  ['.', K.Dot],
  [',', K.Comma],
  ['*', K.Star],
  ['/', K.Slash],
  ['%', K.Percent],
  ['+', K.Plus],
  ['-', K.Minus],
  ['=', K.Equal, ['=', K.EqualEqual], ['>', K.FatArrow]],
  ['<', K.Less, ['=', K.LessEqual]],
  ['>', K.Greater, ['=', K.GreaterEqual]],
  ['!', K.Bang, ['=', K.NotEqual]],
  ['?', K.Question],
  [':', K.Colon, [':', K.DoubleColon]],
  ['&', K.BitwiseAnd, ['&', K.And]],
  ['|', K.BitwiseOr, ['|', K.Or]],
  ['~', K.BitwiseNot],
  ['^', K.BitwiseXor],
  [';', K.Semicolon],
  ['`', K.Backtick],
  ["'", K.Apostrophe],
]

/** By character code; undefined for anything that is no punctuation. */
export const PUNCTUATION: readonly (Punctuation | undefined)[] = punctuationByCode(ROWS)

function punctuationByCode(rows: readonly PunctuationRow[]): readonly (Punctuation | undefined)[] {
  const table = new Array<Punctuation | undefined>(128).fill(undefined)
  for (const [char, alone, ...pairs] of rows) {
    table[char.charCodeAt(0)] = {
      alone,
      pairs: pairs.map(([next, kind]) => ({ next: next.charCodeAt(0), kind })),
    }
  }
  return table
}
