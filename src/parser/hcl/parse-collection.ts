import { joinSpans } from '../../core/source/source-file.ts'
import type { Node, ObjectItem } from './ast.ts'
import type { Cursor } from './cursor.ts'
import { parseFor } from './parse-for.ts'
import { K } from './tokens.ts'

/** Parses `[a, b]` or a `for` in brackets. */
export function parseTuple(p: Cursor): Node {
  const open = p.read()
  return p.withNewlines('ignored', () => {
    if (p.isKeyword('for')) return parseFor(p, open, 'tuple')
    const items: Node[] = []
    while (p.peek() !== K.CloseBracket) {
      const mark = p.diagnostics.length
      items.push(p.expression())
      const lost = p.isLost(mark)
      if (!lost && p.take(K.Comma)) continue
      if (!lost && p.peek() === K.CloseBracket) break
      if (!lost) reportTupleSeparator(p, open)
      p.recover(K.CloseBracket)
      return { kind: 'tuple', items, openSpan: p.spanOf(open), span: p.spanFrom(open) }
    }
    p.read()
    return { kind: 'tuple', items, openSpan: p.spanOf(open), span: p.spanFrom(open) }
  })
}

function reportTupleSeparator(p: Cursor, open: number): void {
  if (p.peek() === K.EndOfFile) {
    const detail =
      'There is no corresponding closing bracket before the end of the file. This may be caused by incorrect bracket nesting elsewhere in this file.'
    p.reportFirst('hcl/unterminated', 'Unterminated tuple constructor expression', detail, p.spanOf(open))
    return
  }
  p.reportFirst(
    'hcl/missing-separator',
    'Missing item separator',
    'Expected a comma to mark the beginning of the next item.',
    p.nextSpan(),
    joinSpans(p.spanOf(open), p.nextSpan()),
  )
}

/** Parses `{k = v}` or a `for` in braces; newlines separate items as commas do (spec bake 3.2). */
export function parseObject(p: Cursor): Node {
  const open = p.read()
  const isFor = p.withNewlines('ignored', () => p.isKeyword('for'))
  if (isFor) return parseFor(p, open, 'object')
  return p.withNewlines('significant', () => {
    const items: ObjectItem[] = []
    while (p.peek() !== K.CloseBrace) {
      if (p.take(K.Newline)) continue
      if (!parseItem(p, open, items)) {
        p.recover(K.CloseBrace)
        return { kind: 'object', items, openSpan: p.spanOf(open), span: p.spanFrom(open) }
      }
    }
    p.read()
    return { kind: 'object', items, openSpan: p.spanOf(open), span: p.spanFrom(open) }
  })
}

/** Parses one item with its separator; false when the rest of the object has to be skipped. */
function parseItem(p: Cursor, open: number, items: ObjectItem[]): boolean {
  const forced = p.peek() === K.OpenParen
  const mark = p.diagnostics.length
  const key = p.expression()
  if (p.isLost(mark)) return false
  if (p.peek() !== K.Equal && p.peek() !== K.Colon) {
    reportMissingValue(p, open)
    return false
  }
  p.read()
  const valueMark = p.diagnostics.length
  const value = p.expression()
  if (p.isLost(valueMark)) return false
  items.push({ key, forced, value })
  if (p.peek() === K.CloseBrace || p.take(K.Comma) || p.take(K.Newline)) return true
  reportItemSeparator(p, open)
  return false
}

function reportMissingValue(p: Cursor, open: number): void {
  if (p.peek() === K.EndOfFile) {
    reportUnclosed(p, open)
    return
  }
  const context = joinSpans(p.spanOf(open), p.nextSpan())
  if (p.peek() === K.Newline || p.peek() === K.Comma) {
    const detail = 'Expected an attribute value, introduced by an equals sign ("=").'
    p.reportFirst('hcl/missing-value', 'Missing attribute value', detail, p.nextSpan(), context)
    return
  }
  const expected = 'Expected an equals sign ("=") to mark the beginning of the attribute value.'
  const hint =
    ' If you intended to given an attribute name containing periods or spaces, write the name in quotes to create a string literal.'
  const detail = p.peek() === K.Identifier ? expected + hint : expected
  p.reportFirst('hcl/missing-separator', 'Missing key/value separator', detail, p.nextSpan(), context)
}

function reportItemSeparator(p: Cursor, open: number): void {
  if (p.peek() === K.EndOfFile) {
    reportUnclosed(p, open)
    return
  }
  p.reportFirst(
    'hcl/missing-separator',
    'Missing attribute separator',
    'Expected a newline or comma to mark the beginning of the next attribute.',
    p.nextSpan(),
    joinSpans(p.spanOf(open), p.nextSpan()),
  )
}

function reportUnclosed(p: Cursor, open: number): void {
  const detail =
    'There is no corresponding closing brace before the end of the file. This may be caused by incorrect brace nesting elsewhere in this file.'
  p.reportFirst('hcl/unterminated', 'Unterminated object constructor expression', detail, p.spanOf(open))
}
