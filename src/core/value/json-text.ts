import { quoteChar } from '../go/quote.ts'

/** A JSON document as written: numbers keep their text, objects their order and repeated keys. */
export type JsonNode =
  | { readonly kind: 'null' }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'number' | 'string'; readonly text: string }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'object'; readonly members: readonly (readonly [string, JsonNode])[] }

export type JsonParse =
  | { readonly ok: true; readonly node: JsonNode }
  | { readonly ok: false; readonly message: string }

/** Deeper documents are refused so that reading cannot exhaust the stack. */
const MAX_DEPTH = 1000
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const SPACE = /[ \t\r\n]*/y
const PLAIN_STRING = /"[^"\\\x00-\x1f]*"/y
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

/** Thrown inside this file only, to leave the recursion. */
class Refusal {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}

/** Parses one JSON document; messages are those of Go's streaming decoder, as `jsondecode` shows them. */
export function parseJson(text: string): JsonParse {
  try {
    return { ok: true, node: new Reader(text).document() }
  } catch (thrown) {
    if (thrown instanceof Refusal) return { ok: false, message: thrown.message }
    throw thrown
  }
}

class Reader {
  private readonly text: string
  private at = 0

  constructor(text: string) {
    this.text = text
  }

  document(): JsonNode {
    const node = this.value(this.next(), 0)
    this.skipSpace()
    if (this.at < this.text.length) throw new Refusal('extraneous data after JSON object')
    return node
  }

  private value(first: string, depth: number): JsonNode {
    if (depth > MAX_DEPTH) throw new Refusal('exceeded max depth')
    switch (first) {
      case '{':
        return this.object(depth)
      case '[':
        return this.array(depth)
      case '"':
        return { kind: 'string', text: this.string() }
      case 't':
        return this.word('true', { kind: 'bool', value: true })
      case 'f':
        return this.word('false', { kind: 'bool', value: false })
      case 'n':
        return this.word('null', { kind: 'null' })
      default:
        if (first === '-' || (first >= '0' && first <= '9')) return { kind: 'number', text: this.number() }
        throw this.unexpected(' looking for beginning of value')
    }
  }

  private array(depth: number): JsonNode {
    const items: JsonNode[] = []
    this.at += 1
    if (this.next() === ']') return this.close({ kind: 'array', items })
    for (;;) {
      items.push(this.value(this.next(), depth + 1))
      const after = this.next()
      if (after === ']') return this.close({ kind: 'array', items })
      if (after !== ',') throw this.unexpected(' after array element')
      this.at += 1
    }
  }

  private object(depth: number): JsonNode {
    const members: (readonly [string, JsonNode])[] = []
    this.at += 1
    if (this.next() === '}') return this.close({ kind: 'object', members })
    for (;;) {
      if (this.next() !== '"') throw this.unexpected(' looking for beginning of object key string')
      const key = this.string()
      if (this.next() !== ':') throw this.unexpected(' after object key')
      this.at += 1
      members.push([key, this.value(this.next(), depth + 1)])
      const after = this.next()
      if (after === '}') return this.close({ kind: 'object', members })
      if (after !== ',') throw this.unexpected(' after object key:value pair')
      this.at += 1
    }
  }

  private close(node: JsonNode): JsonNode {
    this.at += 1
    return node
  }

  private word(word: string, node: JsonNode): JsonNode {
    for (let i = 1; i < word.length; i++) {
      const char = this.text[this.at + i]
      if (char === undefined) throw new Refusal('unexpected EOF')
      if (char !== word[i]) {
        this.at += i
        throw this.unexpected(` in literal ${word} (expecting ${quoteChar(word[i] ?? '')})`)
      }
    }
    this.at += word.length
    return node
  }

  private number(): string {
    NUMBER.lastIndex = this.at
    const found = NUMBER.exec(this.text)?.[0] ?? ''
    this.at += found === '' ? 1 : found.length
    const next = this.text[this.at] ?? ''
    if (found === '') throw this.unexpectedOrEnd(' in numeric literal')
    if (next === '.' && !/[.eE]/.test(found)) {
      this.at += 1
      throw this.unexpectedOrEnd(' after decimal point in numeric literal')
    }
    if ((next === 'e' || next === 'E') && !/[eE]/.test(found)) {
      this.at += /[+-]/.test(this.text[this.at + 1] ?? '') ? 2 : 1
      throw this.unexpectedOrEnd(' in exponent of numeric literal')
    }
    return found
  }

  private string(): string {
    PLAIN_STRING.lastIndex = this.at
    const plain = PLAIN_STRING.exec(this.text)?.[0]
    if (plain !== undefined) {
      this.at += plain.length
      return plain.slice(1, -1)
    }
    this.at += 1
    let out = ''
    for (;;) {
      const char = this.text[this.at]
      if (char === undefined) throw new Refusal('unexpected EOF')
      if (char < ' ') throw this.unexpected(' in string literal')
      this.at += 1
      if (char === '"')
        return out.replace(
          /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
          '\ufffd',
        )
      out += char === '\\' ? this.escape() : char
    }
  }

  private escape(): string {
    const selector = this.text[this.at]
    if (selector === undefined) throw new Refusal('unexpected EOF')
    if (selector !== 'u') {
      const meaning = Object.hasOwn(ESCAPES, selector) ? ESCAPES[selector] : undefined
      if (meaning === undefined) throw this.unexpected(' in string escape code')
      this.at += 1
      return meaning
    }
    for (let i = 0; i < 4; i++) {
      this.at += 1
      if (!/[\da-fA-F]/.test(this.text[this.at] ?? '')) {
        throw this.unexpectedOrEnd(' in \\u hexadecimal character escape')
      }
    }
    this.at += 1
    return String.fromCharCode(Number.parseInt(this.text.slice(this.at - 4, this.at), 16))
  }

  /** The next character that is not space; the end of the text is an error. */
  private next(): string {
    this.skipSpace()
    const char = this.text[this.at]
    if (char === undefined) throw new Refusal('EOF')
    return char
  }

  private skipSpace(): void {
    SPACE.lastIndex = this.at
    this.at += SPACE.exec(this.text)?.[0].length ?? 0
  }

  private unexpectedOrEnd(context: string): Refusal {
    return this.at < this.text.length ? this.unexpected(context) : new Refusal('unexpected EOF')
  }

  private unexpected(context: string): Refusal {
    const char = String.fromCharCode(leadByte(this.text.codePointAt(this.at) ?? 0))
    return new Refusal(`invalid character ${quoteChar(char)}${context}`)
  }
}

/** The first UTF-8 byte of a character: Go names the offending byte, not the character. */
function leadByte(point: number): number {
  if (point < 0x80) return point
  if (point < 0x800) return 0xc0 | (point >> 6)
  return point < 0x10000 ? 0xe0 | (point >> 12) : 0xf0 | (point >> 18)
}
