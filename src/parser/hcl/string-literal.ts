import { quote } from '../../core/go/quote.ts'
import type { Span } from '../../core/source/source-file.ts'
import type { Cursor } from './cursor.ts'

/** The text a literal token stands for; `quoted` ones have backslash escapes (spec bake 3.3). */
export function decodeLiteral(p: Cursor, token: number, style: 'quoted' | 'plain'): string {
  const raw = p.textOf(token)
  const text = style === 'quoted' && raw.includes('\\') ? decodeEscapes(p, raw, p.spanOf(token)) : undefined
  return text ?? unescapeSequences(raw)
}

/** `$${` and `%%{` stand for `${` and `%{`. */
function unescapeSequences(raw: string): string {
  if (!raw.includes('$${') && !raw.includes('%%{')) return raw
  return raw.replaceAll('$${', '${').replaceAll('%%{', '%{')
}

const SIMPLE: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' }
const HEX = /[0-9a-fA-F]*/y

function decodeEscapes(p: Cursor, raw: string, span: Span): string {
  let out = ''
  let i = 0
  while (i < raw.length) {
    const backslash = raw.indexOf('\\', i)
    const end = backslash < 0 ? raw.length : backslash
    out += unescapeSequences(raw.slice(i, end))
    if (backslash < 0) break
    const [text, length] = decodeEscape(p, raw, backslash, span)
    out += text
    i = backslash + length
  }
  return out
}

/** The meaning of the escape at `at` and its length. */
function decodeEscape(p: Cursor, raw: string, at: number, span: Span): readonly [string, number] {
  const selector = String.fromCodePoint(raw.codePointAt(at + 1) ?? 0)
  if (selector === 'u' || selector === 'U') return decodeCodePoint(p, raw, at, span)
  const simple = SIMPLE[selector]
  if (simple !== undefined) return [simple, 2]
  const subject = { ...span, start: span.start + at, end: span.start + at + 1 + selector.length }
  const detail = `The symbol ${quote(selector)} is not a valid escape sequence selector.`
  p.report('hcl/invalid-escape', 'Invalid escape sequence', detail, subject)
  return [selector, 1 + selector.length]
}

function decodeCodePoint(p: Cursor, raw: string, at: number, span: Span): readonly [string, number] {
  const wanted = raw[at + 1] === 'u' ? 4 : 8
  HEX.lastIndex = at + 2
  const digits = (HEX.exec(raw)?.[0] ?? '').slice(0, wanted)
  const length = 2 + digits.length
  const subject = { ...span, start: span.start + at, end: span.start + at + length }
  const literal = [raw.slice(at, at + length), length] as const
  if (digits.length < wanted) {
    const count = wanted === 4 ? 'four' : 'eight'
    const detail = `The \\${raw[at + 1]} escape sequence must be followed by ${count} hexadecimal digits.`
    p.report('hcl/invalid-escape', 'Invalid escape sequence', detail, subject)
    return literal
  }
  const point = Number.parseInt(digits, 16)
  if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) {
    const name = point.toString(16).padStart(4, '0')
    p.report(
      'hcl/invalid-escape',
      'Invalid escape sequence',
      `Cannot encode character U+${name} in UTF-8.`,
      subject,
    )
    return literal
  }
  return [String.fromCodePoint(point), length]
}
