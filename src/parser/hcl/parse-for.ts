import { joinSpans, type Span } from '../../core/source/source-file.ts'
import type { ForNode, Node } from './ast.ts'
import type { Cursor } from './cursor.ts'
import { K, type TokenKind } from './tokens.ts'

/** Names declared by a `for`; the value's name comes last in the source. */
export interface ForNames {
  readonly keyName: string | undefined
  readonly valueName: string
}

/** Where the names of a `for` stop making sense. */
export type ForNamesProblem = 'name' | 'second-name' | 'in'

/** Takes `v in` or `k, v in`. */
export function takeForNames(p: Cursor): ForNames | ForNamesProblem {
  if (p.peek() !== K.Identifier) return 'name'
  const first = p.textOf(p.read())
  let names: ForNames = { keyName: undefined, valueName: first }
  if (p.take(K.Comma)) {
    if (p.peek() !== K.Identifier) return 'second-name'
    names = { keyName: first, valueName: p.textOf(p.read()) }
  }
  if (!p.isKeyword('in')) return 'in'
  p.read()
  return names
}

const NAME_DETAILS: Readonly<Record<ForNamesProblem, string>> = {
  name: "For expression requires variable name after 'for'.",
  'second-name': 'For expression requires value variable name after comma.',
  in: "For expression requires the 'in' keyword after its name declarations.",
}

/** Parses a `for` behind its opening bracket; newlines mean nothing in it (spec bake 3.2). */
export function parseFor(p: Cursor, open: number, makes: 'tuple' | 'object'): Node {
  return p.withNewlines('ignored', () => {
    const close = makes === 'tuple' ? K.CloseBracket : K.CloseBrace
    p.read()
    const names = takeForNames(p)
    if (typeof names === 'string') {
      reportFor(p, open, NAME_DETAILS[names], p.nextSpan())
      return abandon(p, open, close)
    }
    let mark = p.diagnostics.length
    const collection = p.expression()
    if (p.isLost(mark)) return abandon(p, open, close)
    if (!p.take(K.Colon)) {
      reportFor(p, open, 'For expression requires a colon after the collection expression.', p.nextSpan())
      return abandon(p, open, close)
    }
    mark = p.diagnostics.length
    let key: Node | undefined
    let value = p.expression()
    if (p.take(K.FatArrow)) {
      key = value
      value = p.expression()
    }
    if (p.isLost(mark)) return abandon(p, open, close)
    const ellipsis = p.peek() === K.Ellipsis ? p.spanOf(p.read()) : undefined
    const tail = parseTail(p, open, close)
    if (tail === undefined) return abandon(p, open, close)
    const node: ForNode = {
      kind: 'for',
      ...names,
      collection,
      key,
      value,
      condition: tail.condition,
      groups: ellipsis !== undefined,
      openSpan: p.spanOf(open),
      span: p.spanFrom(open),
    }
    checkParts(p, node, makes, ellipsis)
    return node
  })
}

/** Parses `if condition` and the closing bracket; undefined when the parser got lost. */
function parseTail(
  p: Cursor,
  open: number,
  close: TokenKind,
): { readonly condition: Node | undefined } | undefined {
  let condition: Node | undefined
  if (p.isKeyword('if')) {
    p.read()
    const mark = p.diagnostics.length
    condition = p.expression()
    if (p.isLost(mark)) return undefined
  }
  if (!p.take(close)) {
    reportFor(p, open, "Extra characters after the end of the 'for' expression.", p.nextSpan())
    p.recover(close)
  }
  return { condition }
}

function checkParts(p: Cursor, node: ForNode, makes: 'tuple' | 'object', ellipsis: Span | undefined): void {
  const report = (detail: string, subject: Span): void =>
    p.report('hcl/invalid-for', "Invalid 'for' expression", detail, subject, node.span)
  if (makes === 'object') {
    if (node.key === undefined) report('Key expression is required when building an object.', node.value.span)
    return
  }
  if (node.key !== undefined) report('Key expression is not valid when building a tuple.', node.key.span)
  if (ellipsis !== undefined)
    report('Grouping ellipsis (...) cannot be used when building a tuple.', ellipsis)
}

function abandon(p: Cursor, open: number, close: TokenKind): Node {
  p.recover(close)
  return p.placeholder(p.spanFrom(open))
}

function reportFor(p: Cursor, open: number, detail: string, subject: Span): void {
  const context = joinSpans(p.spanOf(open), subject)
  p.reportFirst('hcl/invalid-for', "Invalid 'for' expression", detail, subject, context)
}
