import { identifierEnd, isIdentifierStart, PUNCTUATION } from './characters.ts'
import { K, type TokenKind, type Tokens } from './tokens.ts'

/** `template` scans text as if it stood between the quotes of a template without escapes (spec bake 2.2). */
export type ScanMode = 'body' | 'template'

/** What the scanner is inside of. Templates nest in code and code nests in templates. */
type Place =
  | { readonly kind: 'code' }
  | { readonly kind: 'string' }
  | { readonly kind: 'bare' }
  | { readonly kind: 'heredoc'; readonly marker: string; lineIsLiteral: boolean }

const CODE: Place = { kind: 'code' }
const STRING: Place = { kind: 'string' }
const BARE: Place = { kind: 'bare' }

const TAB = 9
const NEWLINE = 10
const RETURN = 13
const SPACE = 32
const QUOTE = 34
const HASH = 35
const DOLLAR = 36
const PERCENT = 37
const BACKSLASH = 92
const STAR = 42
const DASH = 45
const DOT = 46
const SLASH = 47
const LESS = 60
const OPEN_BRACE = 123
const CLOSE_BRACE = 125
const TILDE = 126
/** Stands for bytes that are no UTF-8. */
const REPLACEMENT = 0xfffd

/** Cuts a text into tokens; every text can be cut, wrong characters become tokens of their own kinds. */
export function scan(text: string, mode: ScanMode = 'body'): Tokens {
  const scanner = new Scanner(text, mode)
  scanner.run()
  return scanner
}

class Scanner implements Tokens {
  count = 0
  readonly kinds: Uint8Array
  readonly starts: Int32Array
  readonly ends: Int32Array
  private readonly text: string
  private pos = 0
  private place: Place
  private readonly outer: Place[] = []
  private braces = 0
  /** Brace depth at which a template sequence ends, innermost last. */
  private readonly sequenceBraces: number[] = []

  constructor(text: string, mode: ScanMode) {
    this.text = text
    // Every token but the last takes a character, and a heredoc's end two. Untouched pages cost nothing.
    const most = text.length + 2
    this.kinds = new Uint8Array(most)
    this.starts = new Int32Array(most)
    this.ends = new Int32Array(most)
    this.place = mode === 'body' ? CODE : BARE
    if (mode === 'body' && text.charCodeAt(0) === 0xfeff) this.pos = 1
  }

  run(): void {
    const { text } = this
    while (this.pos < text.length) {
      if (this.place.kind === 'code') this.code()
      else if (this.place.kind === 'string') this.quoted()
      else if (this.place.kind === 'heredoc') this.heredoc(this.place)
      else this.bare()
    }
    this.emit(K.EndOfFile, text.length)
  }

  private emit(kind: TokenKind, end: number): void {
    this.kinds[this.count] = kind
    this.starts[this.count] = this.pos
    this.ends[this.count] = end
    this.count += 1
    this.pos = end
  }

  private enter(place: Place): void {
    this.outer.push(this.place)
    this.place = place
  }

  private leave(): void {
    this.place = this.outer.pop() ?? CODE
  }

  private code(): void {
    const { text } = this
    let { pos } = this
    let c = text.charCodeAt(pos)
    while (c === SPACE || c === TAB) {
      pos += 1
      c = text.charCodeAt(pos)
    }
    this.pos = pos
    if (pos >= text.length) return
    if (isIdentifierStart(text, pos)) this.emit(K.Identifier, identifierEnd(text, pos))
    else if (c >= 48 && c <= 57) this.emit(K.Number, numberEnd(text, pos))
    else if (c === NEWLINE) this.emit(K.Newline, pos + 1)
    else if (c === QUOTE) {
      this.emit(K.OpenQuote, pos + 1)
      this.enter(STRING)
    } else this.punctuation(c)
  }

  private punctuation(c: number): void {
    const { text, pos } = this
    const next = text.charCodeAt(pos + 1)
    const comment = c === HASH || c === SLASH ? commentEnd(text, pos) : undefined
    if (comment !== undefined) this.emit(K.Comment, comment)
    else if (c === RETURN && next === NEWLINE) this.emit(K.Newline, pos + 2)
    else if (c === OPEN_BRACE) {
      this.braces += 1
      this.emit(K.OpenBrace, pos + 1)
    } else if (c === CLOSE_BRACE) this.closeBrace()
    else if (c === TILDE && next === CLOSE_BRACE) this.closeSequence(pos + 2)
    else if (c !== LESS || !this.openHeredoc()) this.operator(c, next)
  }

  private operator(c: number, next: number): void {
    const { text, pos } = this
    const row = PUNCTUATION[c]
    if (row === undefined) {
      const width = (text.codePointAt(pos) ?? 0) > 0xffff ? 2 : 1
      this.emit(c === REPLACEMENT ? K.BadEncoding : K.Invalid, pos + width)
    } else if (c === DOT && text.startsWith('...', pos)) this.emit(K.Ellipsis, pos + 3)
    else {
      const pair = row.pairs.length === 0 ? undefined : row.pairs.find((one) => one.next === next)
      if (pair === undefined) this.emit(row.alone, pos + 1)
      else this.emit(pair.kind, pos + 2)
    }
  }

  private closeBrace(): void {
    if (this.sequenceBraces.at(-1) === this.braces) {
      this.closeSequence(this.pos + 1)
      return
    }
    this.braces -= 1
    this.emit(K.CloseBrace, this.pos + 1)
  }

  private closeSequence(end: number): void {
    const closes = this.sequenceBraces.at(-1) === this.braces
    this.braces -= 1
    this.emit(K.TemplateEnd, end)
    if (!closes) return
    this.sequenceBraces.pop()
    this.leave()
  }

  private openHeredoc(): boolean {
    const { text, pos } = this
    if (!text.startsWith('<<', pos)) return false
    const from = text.charCodeAt(pos + 2) === DASH ? pos + 3 : pos + 2
    if (!isIdentifierStart(text, from)) return false
    const to = identifierEnd(text, from)
    const eol = text.charCodeAt(to) === RETURN ? to + 1 : to
    if (text.charCodeAt(eol) !== NEWLINE) return false
    this.emit(K.OpenHeredoc, eol + 1)
    this.enter({ kind: 'heredoc', marker: text.slice(from, to), lineIsLiteral: true })
    return true
  }

  /** Emits `${` or `%{` when one starts here. */
  private openSequence(): boolean {
    const { text, pos } = this
    const c = text.charCodeAt(pos)
    if ((c !== DOLLAR && c !== PERCENT) || text.charCodeAt(pos + 1) !== OPEN_BRACE) return false
    const end = text.charCodeAt(pos + 2) === TILDE ? pos + 3 : pos + 2
    this.emit(c === DOLLAR ? K.Interpolation : K.Directive, end)
    this.braces += 1
    this.sequenceBraces.push(this.braces)
    if (this.place.kind === 'heredoc') this.place.lineIsLiteral = false
    this.enter(CODE)
    return true
  }

  private quoted(): void {
    const { text, pos } = this
    const c = text.charCodeAt(pos)
    if (c === QUOTE) {
      this.emit(K.CloseQuote, pos + 1)
      this.leave()
    } else if (c === NEWLINE || c === RETURN) this.emit(K.QuotedNewline, newlinesEnd(text, pos))
    else if ((c !== DOLLAR && c !== PERCENT) || !this.openSequence()) {
      const end = quotedTextEnd(text, pos)
      if (end === pos) this.emit(c === REPLACEMENT ? K.BadEncoding : K.Invalid, pos + 1)
      else this.emit(K.QuotedText, end)
    }
  }

  private heredoc(place: Extract<Place, { kind: 'heredoc' }>): void {
    if (this.openSequence()) return
    const { text, pos } = this
    const end = wellEncodedEnd(text, pos, plainTextEnd(text, pos))
    if (end === pos) {
      this.emit(K.BadEncoding, pos + 1)
      return
    }
    const isLine = text.charCodeAt(end - 1) === NEWLINE
    if (isLine && place.lineIsLiteral && text.slice(pos, end).trim() === place.marker) {
      this.emit(K.CloseHeredoc, text.charCodeAt(end - 2) === RETURN ? end - 2 : end - 1)
      this.emit(K.Newline, end)
      this.leave()
    } else {
      place.lineIsLiteral = isLine
      this.emit(K.PlainText, end)
    }
  }

  private bare(): void {
    if (!this.openSequence()) this.emit(K.PlainText, plainTextEnd(this.text, this.pos))
  }
}

/** Takes digits, dots and exponents together, so that `1.2.3` is one wrong number; a dot never ends it. */
function numberEnd(text: string, from: number): number {
  let i = from + 1
  let end = i
  while (i < text.length) {
    const c = text.charCodeAt(i)
    if (c === 46) i += 1
    else if (isDigit(c)) end = ++i
    else if (c === 101 || c === 69) {
      const sign = text.charCodeAt(i + 1)
      const digit = sign === 43 || sign === 45 ? i + 2 : i + 1
      if (!isDigit(text.charCodeAt(digit))) break
      end = i = digit + 1
    } else break
  }
  return end
}

function isDigit(c: number): boolean {
  return c >= 48 && c <= 57
}

/** The end of a comment that starts here; line comments take their newline along. */
function commentEnd(text: string, at: number): number | undefined {
  const c = text.charCodeAt(at)
  if (c === HASH) return lineEnd(text, at)
  if (c !== SLASH) return undefined
  const next = text.charCodeAt(at + 1)
  if (next === SLASH) return lineEnd(text, at)
  const close = next === STAR ? text.indexOf('*/', at + 2) : -1
  return close < 0 ? undefined : close + 2
}

/** The end of the line with its newline. */
function lineEnd(text: string, from: number): number {
  const newline = text.indexOf('\n', from)
  return newline < 0 ? text.length : newline + 1
}

function newlinesEnd(text: string, from: number): number {
  let i = from
  while (text.charCodeAt(i) === NEWLINE || text.charCodeAt(i) === RETURN) i += 1
  return i
}

/** Whether `$${` or `%%{` stands here, which is no template sequence. */
function isEscapedSequence(text: string, at: number): boolean {
  return text.charCodeAt(at + 1) === text.charCodeAt(at) && text.charCodeAt(at + 2) === OPEN_BRACE
}

function quotedTextEnd(text: string, from: number): number {
  let i = from
  while (i < text.length) {
    const c = text.charCodeAt(i)
    if (c === QUOTE || c === NEWLINE || c === RETURN || c === REPLACEMENT) break
    if (c === BACKSLASH) {
      const escaped = text.charCodeAt(i + 1)
      if (escaped === NEWLINE || escaped === RETURN || i + 1 >= text.length) break
      i += escaped >= 0xd800 && escaped < 0xdc00 ? 3 : 2
    } else if (c === DOLLAR || c === PERCENT) {
      if (text.charCodeAt(i + 1) === OPEN_BRACE) break
      i += isEscapedSequence(text, i) ? 3 : 1
    } else i += 1
  }
  return Math.min(i, text.length)
}

/** Ends before a template sequence or behind a newline. */
function plainTextEnd(text: string, from: number): number {
  let i = from
  while (i < text.length) {
    const c = text.charCodeAt(i)
    if (c === NEWLINE) return i + 1
    if (c === DOLLAR || c === PERCENT) {
      if (text.charCodeAt(i + 1) === OPEN_BRACE) break
      i += isEscapedSequence(text, i) ? 3 : 1
    } else i += 1
  }
  return i
}

/** `end`, or where something before it is no UTF-8. */
function wellEncodedEnd(text: string, from: number, end: number): number {
  const bad = text.slice(from, end).indexOf('\ufffd')
  return bad < 0 ? end : from + bad
}
