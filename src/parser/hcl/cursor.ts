import type { Code, Diagnostic } from '../../core/diag/diagnostic.ts'
import { joinSpans, type SourceFile, type Span } from '../../core/source/source-file.ts'
import { unknownOf } from '../../core/value/make.ts'
import { ANY } from '../../core/value/type.ts'
import { problem } from '../problem.ts'
import type { Node } from './ast.ts'
import { K, oppositeOf, type TokenKind, type Tokens } from './tokens.ts'

/**
 * Brackets, templates, blocks, unary operators and conditionals inside of one another. More than any
 * hand writes, and few enough that parsing and evaluating stay far from the end of the stack.
 */
export const MAX_NESTING = 250

/** From so many problems on, one more hides the rest. */
const MAX_SETTLED = 100

/** Tokens and the text they were cut from. */
export interface TokenSource {
  readonly file: SourceFile
  readonly tokens: Tokens
  readonly text: string
  /** Where an offset of `text` is in the file, when `text` is not the file itself. */
  readonly toFileOffset?: (offset: number) => number
}

/** Where a token is in its file. */
export function placeToken(source: TokenSource, token: number): Span {
  const start = source.tokens.starts[token] ?? 0
  const end = source.tokens.ends[token] ?? 0
  const { toFileOffset } = source
  if (toFileOffset === undefined) return { file: source.file.id, start, end }
  return { file: source.file.id, start: toFileOffset(start), end: toFileOffset(end) }
}

/**
 * Reads tokens one after the other and collects what is wrong with them. After the first mistake it is
 * `recovering`: from then on mere follow-ups of bad tokens stay unreported.
 */
export class Cursor {
  readonly file: SourceFile
  readonly diagnostics: Diagnostic[] = []
  recovering = false
  private resumed = false
  /** Number of the next token. */
  next = 0
  private readonly source: TokenSource
  private readonly tokens: Tokens
  private readonly parse: (cursor: Cursor) => Node
  private previous = -1
  private nextKind: TokenKind = K.EndOfFile
  private newlines = true
  private readonly outerNewlines: boolean[] = []
  private readonly last: number
  private depth = 0
  private strayCloser = false
  private openString: boolean | undefined

  constructor(source: TokenSource, parse: (cursor: Cursor) => Node) {
    this.source = source
    this.file = source.file
    this.tokens = source.tokens
    this.last = source.tokens.count - 1
    this.parse = parse
    this.settle()
  }

  /** Kind of the next token. */
  peek(): TokenKind {
    return this.nextKind
  }

  /** Takes the next token and returns its number. The end of the file can be taken again and again. */
  read(): number {
    const token = this.next
    this.previous = token
    this.settle()
    return token
  }

  /** Takes the next token if it is of this kind. */
  take(kind: TokenKind): boolean {
    if (this.nextKind !== kind) return false
    this.read()
    return true
  }

  isKeyword(word: string): boolean {
    return this.nextKind === K.Identifier && this.textOf(this.next) === word
  }

  kindOf(token: number): TokenKind {
    const kind = (this.tokens.kinds[token] ?? K.EndOfFile) as TokenKind
    return kind === K.Comment ? K.Newline : kind
  }

  textOf(token: number): string {
    return this.source.text.slice(this.tokens.starts[token], this.tokens.ends[token])
  }

  spanOf(token: number): Span {
    const { toFileOffset } = this.source
    if (toFileOffset !== undefined) return placeToken(this.source, token)
    const { starts, ends } = this.tokens
    return { file: this.file.id, start: starts[token] ?? 0, end: ends[token] ?? 0 }
  }

  nextSpan(): Span {
    return this.spanOf(this.next)
  }

  previousSpan(): Span {
    return this.spanOf(this.previous < 0 ? this.next : this.previous)
  }

  /** From the start of one token to the end of the token taken last. */
  spanFrom(token: number): Span {
    if (this.source.toFileOffset !== undefined) return joinSpans(this.spanOf(token), this.previousSpan())
    const { starts, ends } = this.tokens
    return { file: this.file.id, start: starts[token] ?? 0, end: ends[Math.max(token, this.previous)] ?? 0 }
  }

  /** Whether the next tokens are a name, a number or a plain string with nothing behind that goes on with it. */
  isLoneTerm(): boolean {
    const first = this.nextKind
    let behind = this.next + 1
    if (first === K.OpenQuote) {
      if (this.kindOf(behind) !== K.QuotedText || this.kindOf(behind + 1) !== K.CloseQuote) return false
      behind += 2
    } else if (first !== K.Identifier && first !== K.Number) return false
    const end = this.kindOf(behind)
    return end === K.Newline ? this.newlines : TERM_ENDS.has(end)
  }

  /** Runs `read` with newlines as tokens or as mere space. */
  withNewlines<T>(mode: 'significant' | 'ignored', read: () => T): T {
    this.pushNewlines(mode)
    const result = read()
    this.popNewlines()
    return result
  }

  pushNewlines(mode: 'significant' | 'ignored'): void {
    this.outerNewlines.push(this.newlines)
    this.setNewlines(mode === 'significant')
  }

  popNewlines(): void {
    this.setNewlines(this.outerNewlines.pop() ?? true)
  }

  private setNewlines(significant: boolean): void {
    if (this.newlines === significant) return
    this.newlines = significant
    this.settle()
  }

  /** Parses an expression, one level further in; too deep gives a placeholder instead. */
  expression(): Node {
    if (!this.enter()) return this.placeholder(this.nextSpan())
    const node = this.parse(this)
    this.depth -= 1
    return node
  }

  /** Goes one level further in; false, with a report, when that is too deep. */
  enter(): boolean {
    if (this.depth >= MAX_NESTING) {
      this.tooDeep()
      return false
    }
    this.depth += 1
    return true
  }

  leave(): void {
    this.depth -= 1
  }

  placeholder(span: Span): Node {
    return { kind: 'literal', value: unknownOf(ANY), span }
  }

  report(code: Code, summary: string, detail: string, subject: Span, context?: Span): void {
    this.diagnostics.push(problem(code, summary, detail, subject, context))
  }

  /** As `report`, unless an earlier mistake explains this one. */
  reportFirst(code: Code, summary: string, detail: string, subject: Span, context?: Span): void {
    if (this.recovering) return
    const found = problem(code, summary, detail, subject, context)
    // The reference is silent about such mistakes from the first one on.
    this.diagnostics.push(this.resumed ? { ...found, standing: 'beyond' } : found)
  }

  /** Whether something went wrong since `mark` so that the next token may be any. */
  isLost(mark: number): boolean {
    return this.recovering && this.diagnostics.length > mark
  }

  /** Skips behind the bracket that closes the current one; brackets of that kind are balanced. */
  recover(close: TokenKind): number {
    const open = oppositeOf(close)
    this.recovering = true
    for (let nested = 0; ; ) {
      const token = this.read()
      let kind = this.kindOf(token)
      if (close === K.TemplateEnd && kind === K.Directive) kind = K.Interpolation
      if (kind === K.EndOfFile) return token
      if (kind === close) {
        if (nested < 1) return token
        nested -= 1
      } else if (kind === open) nested += 1
    }
  }

  /** Skips the next bracket of this kind with all it holds. */
  recoverOver(open: TokenKind): void {
    for (;;) {
      const kind = this.kindOf(this.read())
      if (kind === open || kind === K.EndOfFile) break
    }
    this.recover(oppositeOf(open) ?? K.EndOfFile)
  }

  /** Skips to the next line outside of all brackets that open on the way. */
  recoverAfterItem(): void {
    this.recovering = true
    this.strayCloser = false
    const open: TokenKind[] = []
    for (;;) {
      const kind = this.kindOf(this.read())
      if (kind === K.EndOfFile || (kind === K.Newline && open.length === 0)) return
      if (OPENERS.has(kind)) open.push(kind)
      else if (CLOSERS.has(kind)) {
        if (open.length === 0) this.strayCloser = true
        closeBracket(open, kind)
      }
    }
  }

  /**
   * Takes mistakes in the item that starts at token `first` as settled when what was skipped looks like
   * that item and nothing else: one line, or lines up to a bracket as far indented as the first. Then
   * mistakes in the next item are worth reporting. After an open string nothing is.
   */
  resume(first: number): void {
    if (this.diagnostics.length >= MAX_SETTLED) return
    if (!this.recovering || this.strayCloser || this.nextKind === K.EndOfFile || this.hasOpenString()) return
    const { text, tokens } = this.source
    const start = tokens.starts[first] ?? 0
    const end = tokens.starts[this.next] ?? text.length
    const skipped = text.slice(start, end).trimEnd()
    const lastLine = skipped.slice(skipped.lastIndexOf('\n') + 1)
    const indent = indentBefore(text, start)
    const closes = lastLine.startsWith(indent) && CLOSING_LINE.test(lastLine.slice(indent.length))
    if (!closes && skipped.includes('\n')) return
    this.recovering = false
    this.resumed = true
  }

  private hasOpenString(): boolean {
    this.openString ??= this.tokens.kinds.includes(K.QuotedNewline)
    return this.openString
  }

  private tooDeep(): void {
    if (!this.diagnostics.some((d) => d.code === 'hcl/too-deep')) {
      const detail = `More than ${MAX_NESTING} expressions, templates and blocks inside of one another are not accepted.`
      this.report('hcl/too-deep', 'Nesting too deep', detail, this.nextSpan())
    }
    this.recovering = true
  }

  private settle(): void {
    const { kinds } = this.tokens
    const last = this.last
    for (let i = this.previous + 1; i < last; i++) {
      const kind = kinds[i] as TokenKind
      if (kind === K.Newline || kind === K.Comment) {
        if (!this.newlines || (kind === K.Comment && !this.endsLine(i))) continue
        this.next = i
        this.nextKind = K.Newline
        return
      }
      this.next = i
      this.nextKind = kind
      return
    }
    this.next = last
    this.nextKind = K.EndOfFile
  }

  private endsLine(token: number): boolean {
    return this.source.text.charCodeAt((this.tokens.ends[token] ?? 0) - 1) === 10
  }
}

/** Newlines end a term too, where they mean something. */
const TERM_ENDS: ReadonlySet<TokenKind> = new Set<TokenKind>([
  K.Comma,
  K.Equal,
  K.CloseBrace,
  K.CloseBracket,
  K.CloseParen,
  K.TemplateEnd,
  K.EndOfFile,
])

const OPENERS: ReadonlySet<TokenKind> = new Set<TokenKind>([
  K.OpenBrace,
  K.OpenBracket,
  K.OpenParen,
  K.OpenQuote,
  K.OpenHeredoc,
  K.Interpolation,
  K.Directive,
])
const CLOSERS: ReadonlySet<TokenKind> = new Set<TokenKind>([
  K.CloseBrace,
  K.CloseBracket,
  K.CloseParen,
  K.CloseQuote,
  K.CloseHeredoc,
  K.TemplateEnd,
])

const CLOSING_LINE = /^[\]})]/

/** The white space between the start of the line and `at`. */
function indentBefore(text: string, at: number): string {
  return text.slice(text.lastIndexOf('\n', at - 1) + 1, at)
}

/** Drops unclosed brackets until the one that `close` belongs to, and that one. */
function closeBracket(open: TokenKind[], close: TokenKind): void {
  const matches = (kind: TokenKind): boolean => oppositeOf(kind) === close
  while (open.length > 0 && !matches(open.at(-1) ?? K.EndOfFile)) open.pop()
  open.pop()
}
