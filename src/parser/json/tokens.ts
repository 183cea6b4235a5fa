import type { SourceFile, Span } from '../../core/source/source-file.ts'

export type TokenKind =
  | '{'
  | '}'
  | '['
  | ']'
  | ','
  | ':'
  | '='
  | 'string'
  | 'number'
  | 'word'
  | 'invalid'
  | 'end'

export interface Token {
  readonly kind: TokenKind
  readonly span: Span
}

const WHITESPACE = /[ \t\r\n]*/y
const NUMBER = /[-+.eE0-9]+/y
const WORD = /[A-Za-z_]+/y

/**
 * Takes the token at `offset` or behind white space. Anything JSON has no use for is `invalid`; nothing
 * behind it can be relied on.
 */
export function tokenAt(file: SourceFile, offset: number): Token {
  const { text } = file
  const start = matchEnd(WHITESPACE, text, offset)
  const [kind, end] = kindAt(text, start)
  return { kind, span: { file: file.id, start, end } }
}

function kindAt(text: string, at: number): readonly [TokenKind, number] {
  const c = text[at]
  switch (c) {
    case undefined:
      return ['end', at]
    case '{':
    case '}':
    case '[':
    case ']':
    case ',':
    case ':':
    case '=':
      return [c, at + 1]
    case '"':
      return ['string', stringEnd(text, at)]
    default:
  }
  if (/[-+.0-9]/.test(c)) return ['number', matchEnd(NUMBER, text, at)]
  if (/[A-Za-z]/.test(c)) return ['word', matchEnd(WORD, text, at)]
  return ['invalid', at + 1]
}

function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return at + (pattern.exec(text)?.[0].length ?? 0)
}

/** Behind the closing quote, or before the control character or the end where it is missing. */
function stringEnd(text: string, at: number): number {
  for (let i = at + 1; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c === 34) return i + 1
    if (c < 32) return i
    if (c === 92 && text.charCodeAt(i + 1) >= 32) i += 1
  }
  return text.length
}
