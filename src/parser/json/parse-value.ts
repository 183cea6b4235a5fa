import type { Code, Diagnostic } from '../../core/diag/diagnostic.ts'
import { firstNear } from '../../core/diag/suggest.ts'
import { quote } from '../../core/go/quote.ts'
import { joinSpans, type SourceFile, type Span } from '../../core/source/source-file.ts'
import { parseNumber } from '../../core/value/number.ts'
import { problem } from '../problem.ts'
import type { JsonMember, JsonNode, JsonString } from './ast.ts'
import { readStringText } from './string-text.ts'
import { type Token, type TokenKind, tokenAt } from './tokens.ts'

/** Objects and arrays inside of one another; far from the end of the stack. */
const MAX_NESTING = 250
/** One mistake can make many follow-ups; nobody reads more than these. */
const MAX_PROBLEMS = 50

const JSON_NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?$/
const VALUE_START = 'A JSON value must start with a brace, a bracket, a number, a string, or a keyword.'
const KEYWORDS = ['false', 'true', 'null'] as const

/** Reads JSON values from a file and collects what is wrong with them. */
export class JsonReader {
  readonly diagnostics: Diagnostic[] = []
  private readonly file: SourceFile
  private next: Token
  private ended = false
  private depth = 0

  constructor(file: SourceFile) {
    this.file = file
    this.next = tokenAt(file, 0)
  }

  /** Reads the only value of the file. */
  document(): JsonNode {
    const node = this.value()
    if (this.diagnostics.length === 0 && this.peek() !== 'end') {
      const detail = 'Extra characters appear after the JSON value.'
      this.report('json/extra-data', 'Extraneous data after value', detail, this.next.span)
    }
    return node
  }

  private value(): JsonNode {
    const { span } = this.next
    const kind = this.peek()
    switch (kind) {
      case '{':
      case '[':
        return this.nested(kind)
      case 'string':
        return this.string() ?? { kind: 'invalid', span }
      case 'number':
        return this.number()
      case 'word':
        return this.keyword()
      case '}':
        return this.noValue('Missing JSON value', VALUE_START)
      case ']':
        return this.noValue('Missing array element value', VALUE_START)
      case 'end':
        return this.noValue('Missing value', 'The JSON data ends prematurely.')
      default:
        return this.noValue('Invalid start of value', VALUE_START)
    }
  }

  private noValue(summary: string, detail: string): JsonNode {
    const { span } = this.next
    this.report('json/missing-value', summary, detail, span)
    return { kind: 'invalid', span }
  }

  private nested(kind: '{' | '['): JsonNode {
    const { span } = this.next
    if (this.depth >= MAX_NESTING) {
      const detail = `More than ${MAX_NESTING} objects and arrays inside of one another are not accepted.`
      this.report('json/too-deep', 'Nesting too deep', detail, span)
      this.end()
      return { kind: 'invalid', span }
    }
    this.depth += 1
    const node = kind === '{' ? this.object() : this.array()
    this.depth -= 1
    return node ?? { kind: 'invalid', span }
  }

  private object(): JsonNode | undefined {
    const open = this.read()
    const members: JsonMember[] = []
    while (this.peek() !== '}') {
      const member = this.member()
      if (member === undefined) return undefined
      members.push(member)
      if (this.peek() === '}') break
      if (!this.memberSeparator(open)) return undefined
    }
    const close = this.read()
    const span = joinSpans(open.span, close.span)
    return { kind: 'object', members, openSpan: open.span, closeSpan: close.span, span }
  }

  private member(): JsonMember | undefined {
    const name = this.value()
    if (name.kind !== 'string') {
      const subject = 'openSpan' in name ? name.openSpan : name.span
      const detail = 'A JSON object property name must be a string'
      this.report('json/invalid-name', 'Invalid object property name', detail, subject)
      return undefined
    }
    const colon = this.read()
    if (colon.kind === ':') return { name, value: this.value() }
    this.skip('{', '}', colon)
    if (colon.kind === '}' || colon.kind === ',') {
      const detail = 'A JSON object attribute must have a value, introduced by a colon.'
      this.report('json/missing-value', 'Missing object value', detail, colon.span)
    } else {
      const detail =
        colon.kind === '='
          ? 'JSON uses a colon as its name/value delimiter, not an equals sign.'
          : "A colon must appear between an object property's name and its value."
      this.report('json/missing-colon', 'Missing property value colon', detail, colon.span)
    }
    return undefined
  }

  /** Takes the comma between members; false when the object cannot be read on. */
  private memberSeparator(open: Token): boolean {
    const found = this.next
    if (found.kind === 'end') {
      const detail = 'No closing brace was found for this JSON object.'
      this.report('json/unclosed', 'Unclosed object', detail, open.span)
      return false
    }
    this.read()
    if (found.kind === ',') {
      if (this.peek() !== '}') return true
      const detail = 'JSON does not permit a trailing comma after the final property in an object.'
      this.report('json/trailing-comma', 'Trailing comma in object', detail, found.span)
    } else if (found.kind === ']') {
      const detail = 'A JSON object must be closed with a brace, not a bracket.'
      this.report('json/mismatched-bracket', 'Mismatched braces', detail, this.next.span)
    } else {
      this.skip('{', '}', found)
      const detail = 'A comma must appear between each property definition in an object.'
      this.report('json/missing-comma', 'Missing attribute seperator comma', detail, this.next.span)
    }
    return false
  }

  private array(): JsonNode | undefined {
    const open = this.read()
    const items: JsonNode[] = []
    while (this.peek() !== ']') {
      items.push(this.value())
      if (this.peek() === ']') break
      if (!this.itemSeparator(open)) return undefined
    }
    const close = this.read()
    return { kind: 'array', items, openSpan: open.span, span: joinSpans(open.span, close.span) }
  }

  /** Takes the comma between items; false when the array cannot be read on. */
  private itemSeparator(open: Token): boolean {
    const found = this.read()
    if (found.kind === ',') {
      if (this.peek() !== ']') return true
      const detail = 'JSON does not permit a trailing comma after the final value in an array.'
      this.report('json/trailing-comma', 'Trailing comma in array', detail, found.span)
      return false
    }
    this.skip('[', ']', found)
    const here = this.next.span
    if (found.kind === 'end') {
      const detail = 'No closing bracket was found for this JSON array.'
      this.report('json/unclosed', 'Unclosed object', detail, open.span)
    } else if (found.kind === ':') {
      const detail = 'A colon is not used to introduce values in a JSON array.'
      this.report('json/missing-comma', 'Invalid array value', detail, here)
    } else if (found.kind === '}') {
      const detail = 'A JSON array must be closed with a bracket, not a brace.'
      this.report('json/mismatched-bracket', 'Mismatched brackets', detail, here)
    } else {
      const detail = 'A comma must appear between each value in an array.'
      this.report('json/missing-comma', 'Missing attribute seperator comma', detail, here)
    }
    return false
  }

  private string(): JsonString | undefined {
    const { span } = this.read()
    const read = readStringText(this.textOf(span))
    if ('text' in read) return { kind: 'string', text: read.text, span, file: this.file }
    const at = span.start + read.wrongAfter
    const isLineEnd = (this.file.text[at] ?? '') < ' '
    const subject = { ...span, start: at, end: isLineEnd ? at : at + 1 }
    const detail = 'There is a syntax error in the given JSON string.'
    this.report('json/invalid-string', 'Invalid JSON string', detail, subject, span)
    return undefined
  }

  private number(): JsonNode {
    const { span } = this.read()
    const text = this.textOf(span)
    const value = JSON_NUMBER.test(text) ? parseNumber(text) : undefined
    if (value !== undefined) return { kind: 'number', value, span }
    const detail = 'There is a syntax error in the given JSON number.'
    this.report('json/invalid-number', 'Invalid JSON number', detail, span)
    return { kind: 'invalid', span }
  }

  private keyword(): JsonNode {
    const { span } = this.read()
    const word = this.textOf(span)
    if (word === 'true' || word === 'false') return { kind: 'bool', value: word === 'true', span }
    if (word === 'null') return { kind: 'null', span }
    this.report('json/invalid-keyword', 'Invalid JSON keyword', keywordDetail(word), span)
    return { kind: 'invalid', span }
  }

  private peek(): TokenKind {
    return this.next.kind
  }

  private read(): Token {
    const token = this.next
    if (token.kind === 'invalid') this.end()
    else if (!this.ended) this.next = tokenAt(this.file, token.span.end)
    return token
  }

  private end(): void {
    const at = Math.min(this.next.span.end, this.file.text.length)
    this.next = { kind: 'end', span: { ...this.next.span, start: at, end: at } }
    this.ended = true
  }

  /** From `first` on, skips behind the bracket that closes the current object or array. */
  private skip(open: TokenKind, close: TokenKind, first: Token): void {
    let nested = 1
    for (let token = first; token.kind !== 'end'; token = this.read()) {
      if (token.kind === open) nested += 1
      else if (token.kind === close && --nested <= 1) return
    }
  }

  private textOf(span: Span): string {
    return this.file.text.slice(span.start, span.end)
  }

  private report(code: Code, summary: string, detail: string, subject: Span, context?: Span): void {
    if (this.diagnostics.length >= MAX_PROBLEMS) return
    this.diagnostics.push(problem(code, summary, detail, subject, context))
  }
}

function keywordDetail(word: string): string {
  if (word === 'undefined' || word === 'NaN' || word === 'Infinity') {
    return `The JavaScript identifier ${quote(word)} cannot be used in JSON.`
  }
  const near = firstNear(word, KEYWORDS)
  const hint = near === undefined ? '' : ` Did you mean ${quote(near)}?`
  return `${quote(word)} is not a valid JSON keyword.${hint}`
}
