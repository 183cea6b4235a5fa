import { joinSpans } from '../../core/source/source-file.ts'
import { FALSE, nullOf, TRUE } from '../../core/value/make.ts'
import { ANY } from '../../core/value/type.ts'
import type { Value } from '../../core/value/value.ts'
import type { BinaryOperator, Node, UnaryOperator } from './ast.ts'
import type { Cursor } from './cursor.ts'
import { takeNumber } from './number-token.ts'
import { parseCall } from './parse-call.ts'
import { parseObject, parseTuple } from './parse-collection.ts'
import { parseSteps } from './parse-steps.ts'
import { parseTemplate } from './parse-template.ts'
import { K, type TokenKind } from './tokens.ts'

/** Binary operators with their binding strength; all of them group to the left (spec bake 3.4). */
const BINARY: ReadonlyMap<TokenKind, { readonly operator: BinaryOperator; readonly strength: number }> =
  new Map([
    [K.Or, { operator: '||', strength: 1 }],
    [K.And, { operator: '&&', strength: 2 }],
    [K.EqualEqual, { operator: '==', strength: 3 }],
    [K.NotEqual, { operator: '!=', strength: 3 }],
    [K.Greater, { operator: '>', strength: 4 }],
    [K.GreaterEqual, { operator: '>=', strength: 4 }],
    [K.Less, { operator: '<', strength: 4 }],
    [K.LessEqual, { operator: '<=', strength: 4 }],
    [K.Plus, { operator: '+', strength: 5 }],
    [K.Minus, { operator: '-', strength: 5 }],
    [K.Star, { operator: '*', strength: 6 }],
    [K.Slash, { operator: '/', strength: 6 }],
    [K.Percent, { operator: '%', strength: 6 }],
  ])

const KEYWORDS: ReadonlyMap<string, Value> = new Map([
  ['true', TRUE],
  ['false', FALSE],
  ['null', nullOf(ANY)],
])

/** Parses one expression. Always gives a node; what is wrong is reported to the cursor. */
export function parseExpression(p: Cursor): Node {
  if (p.isLoneTerm()) return parseTerm(p)
  const start = p.next
  let mark = p.diagnostics.length
  const condition = parseBinary(p, 0)
  if (p.isLost(mark) || p.peek() !== K.Question) return condition
  p.read()

  mark = p.diagnostics.length
  const yes = p.expression()
  if (p.isLost(mark)) return condition
  if (p.peek() !== K.Colon) {
    p.report(
      'hcl/missing-false-branch',
      'Missing false expression in conditional',
      'The conditional operator (...?...:...) requires a false expression, delimited by a colon.',
      p.nextSpan(),
      joinSpans(p.spanOf(start), p.nextSpan()),
    )
    return condition
  }
  p.read()

  mark = p.diagnostics.length
  const no = p.expression()
  if (p.isLost(mark)) return condition
  return { kind: 'conditional', condition, yes, no, span: joinSpans(p.spanOf(start), no.span) }
}

/** Parses a term and all operators behind it that bind stronger than `floor`. */
function parseBinary(p: Cursor, floor: number): Node {
  const start = p.diagnostics.length
  let left = parseOperand(p)
  if (p.isLost(start)) return left
  for (;;) {
    const found = BINARY.get(p.peek())
    if (found === undefined || found.strength <= floor) return left
    p.read()
    const mark = p.diagnostics.length
    const right = parseBinary(p, found.strength)
    if (p.isLost(mark)) return left
    left = { kind: 'binary', operator: found.operator, left, right, span: joinSpans(left.span, right.span) }
  }
}

function parseOperand(p: Cursor): Node {
  return parseSteps(p, parseTerm(p))
}

function parseTerm(p: Cursor): Node {
  switch (p.peek()) {
    case K.Identifier:
      return parseName(p)
    case K.OpenQuote:
    case K.OpenHeredoc:
      return parseTemplate(p)
    case K.OpenBracket:
      return parseTuple(p)
    case K.OpenBrace:
      return parseObject(p)
    case K.Number:
      return { kind: 'literal', value: takeNumber(p), span: p.previousSpan() }
    case K.OpenParen:
      return parseParentheses(p)
    case K.Minus:
      return parseUnary(p, '-')
    case K.Bang:
      return parseUnary(p, '!')
    default:
      return missingTerm(p)
  }
}

function parseName(p: Cursor): Node {
  const token = p.read()
  if (p.peek() === K.OpenParen || p.peek() === K.DoubleColon) return parseCall(p, token)
  const name = p.textOf(token)
  const span = p.spanOf(token)
  const keyword = KEYWORDS.get(name)
  return keyword === undefined ? { kind: 'variable', name, span } : { kind: 'literal', value: keyword, span }
}

function parseParentheses(p: Cursor): Node {
  const open = p.read()
  p.pushNewlines('ignored')
  const mark = p.diagnostics.length
  const inner = p.expression()
  if (p.diagnostics.length > mark) {
    p.recover(K.CloseParen)
    p.popNewlines()
    return inner
  }
  if (p.peek() !== K.CloseParen) {
    p.report(
      'hcl/unbalanced-parentheses',
      'Unbalanced parentheses',
      'Expected a closing parenthesis to terminate the expression.',
      p.nextSpan(),
      joinSpans(p.spanOf(open), p.nextSpan()),
    )
    p.recovering = true
  }
  p.read()
  const span = p.spanFrom(open)
  p.popNewlines()
  return { kind: 'paren', inner, span }
}

/** The operand is a term with its steps, so that `-a.b + 1` is `(-(a.b)) + 1`. */
function parseUnary(p: Cursor, operator: UnaryOperator): Node {
  const token = p.read()
  const operand = parseInner(p)
  const symbolSpan = p.spanOf(token)
  return { kind: 'unary', operator, operand, symbolSpan, span: joinSpans(symbolSpan, operand.span) }
}

function parseInner(p: Cursor): Node {
  if (!p.enter()) return p.placeholder(p.nextSpan())
  const node = parseOperand(p)
  p.leave()
  return node
}

function missingTerm(p: Cursor): Node {
  const span = p.nextSpan()
  if (p.peek() === K.EndOfFile) {
    const detail = 'Expected the start of an expression, but found the end of the file.'
    p.reportFirst('hcl/missing-expression', 'Missing expression', detail, span)
  } else if (p.peek() < K.BitwiseAnd || p.diagnostics.length === 0) {
    // A character the language does not use is reported as such already; the reference adds this once.
    const detail = 'Expected the start of an expression, but found an invalid expression token.'
    p.reportFirst('hcl/invalid-expression', 'Invalid expression', detail, span)
  }
  p.recovering = true
  return p.placeholder(span)
}
