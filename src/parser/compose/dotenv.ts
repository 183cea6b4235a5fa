import { quote } from '../../core/go/quote.ts'
import { requiredMessage } from './interpolate.ts'
import { type Lookup, substitute } from './substitute.ts'

export type DotenvResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly message: string; readonly offset: number }

/** Where the names of an env file come from and go to. */
export interface DotenvScope {
  readonly lookup: Lookup
  readonly unset: (name: string) => void
  /** Filled with what the file sets; read for names that `lookup` does not know. */
  readonly out: Map<string, string>
}

const SPACE = /[\s\u0085]/
const INLINE_SPACE = /^[\t\v\f\r \u0085\u00a0]*/
const EXPORT = /^export\s+/
const KEY_CHAR = /[\p{L}\p{N}_.\-[\]]/u
const ESCAPE = /\\(?:[abcfnrtv$"\\]|0\d{0,3})/g
const CONTROL: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
}

/**
 * Reads `NAME=value` lines as the reference does: `export`, `#` comments, single quotes literal, double
 * quotes with escapes and variables, bare values with variables, a bare name takes its value from `lookup`
 * (compose-go dotenv/parser.go).
 */
export function readDotenv(text: string, scope: DotenvScope): DotenvResult {
  return new DotenvReader(text, scope).read()
}

class DotenvReader {
  private readonly text: string
  private readonly scope: DotenvScope
  private at = 0
  private line = 1

  constructor(text: string, scope: DotenvScope) {
    this.text = text
    this.scope = scope
  }

  read(): DotenvResult {
    while (this.toStatement()) {
      const start = this.at
      const failure = this.statement()
      if (failure !== undefined) return { ok: false, message: failure, offset: start }
    }
    return { ok: true }
  }

  /** Moves to the next name; false at the end. */
  private toStatement(): boolean {
    for (;;) {
      while (this.at < this.text.length && SPACE.test(this.text.charAt(this.at))) {
        if (this.text.charAt(this.at) === '\n') this.line += 1
        this.at += 1
      }
      if (this.at >= this.text.length) return false
      if (this.text.charAt(this.at) !== '#') return true
      const end = this.text.indexOf('\n', this.at)
      if (end < 0) return false
      this.at = end
    }
  }

  private statement(): string | undefined {
    const name = this.name()
    if (typeof name === 'string') return name
    const { key, inherited } = name
    if (key.includes(' ')) return `line ${this.line}: key cannot contain a space`
    if (inherited) {
      const value = this.scope.lookup(key)
      if (value !== undefined) this.scope.out.set(key, value)
      return undefined
    }
    const value = this.value()
    if (!value.ok) return value.message
    this.scope.out.set(key, value.text)
    return undefined
  }

  private name(): { readonly key: string; readonly inherited: boolean } | string {
    const skipped = EXPORT.exec(this.text.slice(this.at, this.at + 4096))
    if (skipped !== null) this.at += 6 + (INLINE_SPACE.exec(this.text.slice(this.at + 6))?.[0].length ?? 0)
    const start = this.at
    for (const char of this.text.slice(start)) {
      if (char === '=' || char === ':' || char === '\n') {
        const key = this.text.slice(start, this.at)
        const inherited = char === '\n'
        this.at += 1
        if (inherited && !key.includes(' ')) this.line += 1
        this.skipInlineSpace()
        return { key: key.replace(/[\s\u0085]+$/, ''), inherited }
      }
      if (!KEY_CHAR.test(char) && !/[\t\v\f\r \u0085\u00a0]/.test(char)) {
        const shown = this.text.slice(start).split('\n', 1)[0] ?? ''
        return `line ${this.line}: unexpected character ${quote(char)} in variable name ${quote(shown)}`
      }
      this.at += char.length
    }
    // Without anything behind it, the reference takes the rest as the value of a nameless variable.
    if (start >= this.text.length) return 'zero length string'
    this.at = start
    return { key: '', inherited: false }
  }

  private skipInlineSpace(): void {
    this.at += INLINE_SPACE.exec(this.text.slice(this.at))?.[0].length ?? 0
  }

  private value():
    | { readonly ok: true; readonly text: string }
    | { readonly ok: false; readonly message: string } {
    const mark = this.text.charAt(this.at)
    if (mark === '"' || mark === "'") return this.quoted(mark)
    const end = this.text.indexOf('\n', this.at)
    const line = this.text.slice(this.at, end < 0 ? undefined : end)
    this.at = end < 0 ? this.text.length : end + 1
    this.line += 1
    const value = (line.split(' #', 1)[0] ?? '').replace(/[\s\u0085]+$/, '')
    return this.expand(value)
  }

  private quoted(
    mark: string,
  ): { readonly ok: true; readonly text: string } | { readonly ok: false; readonly message: string } {
    const start = this.at
    let text = ''
    let escaped = false
    for (let i = start + 1; i < this.text.length; i++) {
      const char = this.text.charAt(i)
      if (char === '\n') this.line += 1
      if (char === mark && !escaped) {
        this.at = i + 1
        return mark === '"' ? this.expand(text.replaceAll(ESCAPE, plainEscape)) : { ok: true, text }
      }
      if (char === '\\' && !escaped) {
        escaped = true
        continue
      }
      if (escaped && char !== mark) text += '\\'
      escaped = false
      text += char
    }
    const shown = this.text.slice(start).split('\n', 1)[0] ?? ''
    return { ok: false, message: `line ${this.line}: unterminated quoted value ${shown}` }
  }

  private expand(
    value: string,
  ): { readonly ok: true; readonly text: string } | { readonly ok: false; readonly message: string } {
    const { lookup, out, unset } = this.scope
    const filled = substitute(value, { lookup: (name) => lookup(name) ?? out.get(name), unset })
    if (filled.ok) return filled
    const why = filled.problem
    const message =
      why.kind === 'missing'
        ? requiredMessage(why.name, why.reason)
        : `Invalid template: ${quote(why.template)}`
    return { ok: false, message }
  }
}

/** `\$` becomes `$$` so that it survives the filling in; `\0123` is octal; what is no escape stays. */
function plainEscape(found: string): string {
  if (found === '\\$') return '$$'
  const digits = found.slice(2)
  if (found.startsWith('\\0')) {
    if (!/^[0-7]{3}$/.test(digits) || Number.parseInt(digits, 8) > 255) return found.replace('\\0', '\\')
    return String.fromCharCode(Number.parseInt(digits, 8))
  }
  return CONTROL[found.slice(1)] ?? found
}
