import { joinSpans } from '../../core/source/source-file.ts'
import type { Node } from './ast.ts'
import type { Cursor } from './cursor.ts'
import { K } from './tokens.ts'

/** Parses a call behind its name, which is taken already. `ns::name` is one name (spec bake 3.5). */
export function parseCall(p: Cursor, first: number): Node {
  let last = first
  let open = p.read()
  while (p.kindOf(open) === K.DoubleColon) {
    last = p.read()
    if (p.kindOf(last) !== K.Identifier) return missingName(p, first, last)
    open = p.read()
  }
  if (p.kindOf(open) !== K.OpenParen) return missingParenthesis(p, first, open)

  const nameSpan = joinSpans(p.spanOf(first), p.spanOf(last))
  const name = nameText(p, first, last)
  p.pushNewlines('ignored')
  const { args, expands, close } = parseArguments(p, first, open)
  p.popNewlines()
  const closeSpan = close === undefined ? p.previousSpan() : p.spanOf(close)
  const span = joinSpans(nameSpan, closeSpan)
  return {
    kind: 'call',
    file: p.file,
    name,
    nameSpan,
    args,
    expands,
    openSpan: p.spanOf(open),
    closeSpan,
    span,
  }
}

function nameText(p: Cursor, first: number, last: number): string {
  let name = ''
  for (let token = first; token <= last; token++) {
    const kind = p.kindOf(token)
    if (kind === K.Identifier || kind === K.DoubleColon) name += p.textOf(token)
  }
  return name
}

interface Arguments {
  readonly args: readonly Node[]
  readonly expands: boolean
  readonly close: number | undefined
}

function parseArguments(p: Cursor, name: number, open: number): Arguments {
  const args: Node[] = []
  for (;;) {
    if (p.peek() === K.CloseParen) return { args, expands: false, close: p.read() }
    const mark = p.diagnostics.length
    args.push(p.expression())
    if (p.isLost(mark)) return { args, expands: false, close: p.recover(K.CloseParen) }
    const separator = p.read()
    const kind = p.kindOf(separator)
    if (kind === K.CloseParen) return { args, expands: false, close: separator }
    if (kind === K.Ellipsis) return { args, expands: true, close: closeExpansion(p, name, separator) }
    if (kind !== K.Comma) {
      reportSeparator(p, name, open, separator)
      return { args, expands: false, close: p.recover(K.CloseParen) }
    }
  }
}

function closeExpansion(p: Cursor, name: number, ellipsis: number): number {
  if (p.peek() === K.CloseParen) return p.read()
  p.reportFirst(
    'hcl/missing-parenthesis',
    'Missing closing parenthesis',
    'An expanded function argument (with ...) must be immediately followed by closing parentheses.',
    p.spanOf(ellipsis),
    joinSpans(p.spanOf(name), p.spanOf(ellipsis)),
  )
  return p.recover(K.CloseParen)
}

function reportSeparator(p: Cursor, name: number, open: number, separator: number): void {
  if (p.kindOf(separator) === K.EndOfFile) {
    const detail =
      'There is no closing parenthesis for this function call before the end of the file. This may be caused by incorrect parenthesis nesting elsewhere in this file.'
    const subject = joinSpans(p.spanOf(name), p.spanOf(open))
    p.report('hcl/unterminated', 'Unterminated function call', detail, subject)
    return
  }
  p.report(
    'hcl/missing-separator',
    'Missing argument separator',
    'A comma is required to separate each function argument from the next.',
    p.spanOf(separator),
    joinSpans(p.spanOf(name), p.spanOf(separator)),
  )
}

function missingName(p: Cursor, first: number, found: number): Node {
  const span = joinSpans(p.spanOf(first), p.spanOf(found))
  const detail = 'Function scope resolution symbol :: must be followed by a function name in this scope.'
  p.report('hcl/missing-function-name', 'Missing function name', detail, p.spanOf(found), span)
  p.recoverOver(K.OpenParen)
  return p.placeholder(span)
}

function missingParenthesis(p: Cursor, first: number, found: number): Node {
  const span = joinSpans(p.spanOf(first), p.spanOf(found))
  const detail = 'Function selector must be followed by an open parenthesis to begin the function call.'
  p.report('hcl/missing-parenthesis', 'Missing open parenthesis', detail, p.spanOf(found), span)
  p.recoverOver(K.OpenParen)
  return p.placeholder(span)
}
