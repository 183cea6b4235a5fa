/** What a token is. Numbers, because the scanner makes one for every few characters of a file. */
export const K = {
  EndOfFile: 0,
  Newline: 1,
  Comment: 2,
  Identifier: 3,
  Number: 4,
  OpenQuote: 5,
  CloseQuote: 6,
  OpenHeredoc: 7,
  CloseHeredoc: 8,
  QuotedText: 9,
  PlainText: 10,
  Interpolation: 11,
  Directive: 12,
  TemplateEnd: 13,
  OpenBrace: 14,
  CloseBrace: 15,
  OpenBracket: 16,
  CloseBracket: 17,
  OpenParen: 18,
  CloseParen: 19,
  Equal: 20,
  Comma: 21,
  Colon: 22,
  DoubleColon: 23,
  Dot: 24,
  Ellipsis: 25,
  FatArrow: 26,
  Question: 27,
  Bang: 28,
  Plus: 29,
  Minus: 30,
  Star: 31,
  Slash: 32,
  Percent: 33,
  EqualEqual: 34,
  NotEqual: 35,
  Less: 36,
  LessEqual: 37,
  Greater: 38,
  GreaterEqual: 39,
  And: 40,
  Or: 41,
  BitwiseAnd: 42,
  BitwiseOr: 43,
  BitwiseXor: 44,
  BitwiseNot: 45,
  Backtick: 46,
  Apostrophe: 47,
  Semicolon: 48,
  QuotedNewline: 49,
  BadEncoding: 50,
  Invalid: 51,
} as const

export type TokenKind = (typeof K)[keyof typeof K]

/**
 * All tokens of a text in order, the last one being the end of the file. Between two tokens there are
 * only spaces and tabs (and a byte order mark at the start), so that tokens and gaps make up the text.
 */
export interface Tokens {
  readonly count: number
  /** A `TokenKind` each. The arrays may be longer than `count`. */
  readonly kinds: Uint8Array
  /** UTF-16 offsets. */
  readonly starts: Int32Array
  readonly ends: Int32Array
}

/** The bracket that belongs to a bracket, by kind; undefined for anything else. */
export function oppositeOf(kind: TokenKind): TokenKind | undefined {
  return OPPOSITES.get(kind)
}

const OPPOSITES: ReadonlyMap<TokenKind, TokenKind> = new Map<TokenKind, TokenKind>([
  [K.OpenBrace, K.CloseBrace],
  [K.OpenBracket, K.CloseBracket],
  [K.OpenParen, K.CloseParen],
  [K.OpenQuote, K.CloseQuote],
  [K.OpenHeredoc, K.CloseHeredoc],
  [K.CloseBrace, K.OpenBrace],
  [K.CloseBracket, K.OpenBracket],
  [K.CloseParen, K.OpenParen],
  [K.CloseQuote, K.OpenQuote],
  [K.CloseHeredoc, K.OpenHeredoc],
  [K.Interpolation, K.TemplateEnd],
  [K.Directive, K.TemplateEnd],
  [K.TemplateEnd, K.Interpolation],
])
