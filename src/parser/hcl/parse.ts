import type { Checked } from '../../core/diag/diagnostic.ts'
import type { SourceFile } from '../../core/source/source-file.ts'
import type { Body } from '../body.ts'
import { expressionOf } from '../eval/expression.ts'
import type { Expression } from '../scope.ts'
import type { Node } from './ast.ts'
import { checkTokens } from './bad-tokens.ts'
import { Cursor, type TokenSource } from './cursor.ts'
import { nativeBody } from './native-body.ts'
import { parseBody } from './parse-body.ts'
import { parseExpression } from './parse-expr.ts'
import { parseBareTemplate } from './parse-template.ts'
import { scan } from './scan.ts'
import { K } from './tokens.ts'

/** Reads a file in native syntax (spec bake 2.1, 3.1, 3.2). */
export function parseHcl(file: SourceFile): Checked<Body> {
  const source = { file, text: file.text, tokens: scan(file.text) }
  const cursor = new Cursor(source, parseExpression)
  const body = parseBody(cursor, K.EndOfFile)
  return { value: nativeBody(body), diagnostics: [...checkTokens(source), ...cursor.diagnostics] }
}

/** Reads a text that is one expression. */
export function parseHclExpression(file: SourceFile): Checked<Expression> {
  const { value, diagnostics } = parseExpressionText({ file, text: file.text })
  return { value: expressionOf(value), diagnostics }
}

/** Reads an expression from a part of a file. Newlines mean nothing, what is left behind it is an error. */
export function parseExpressionText(part: FilePart): Checked<Node> {
  const source = { ...part, tokens: scan(part.text) }
  const cursor = new Cursor(source, parseExpression)
  cursor.pushNewlines('ignored')
  const value = cursor.expression()
  if (cursor.peek() !== K.EndOfFile) {
    const detail = 'An expression was successfully parsed, but extra characters were found after it.'
    cursor.reportFirst('hcl/extra-characters', 'Extra characters after expression', detail, cursor.nextSpan())
  }
  return { value, diagnostics: [...checkTokens(source), ...cursor.diagnostics] }
}

/** Reads a part of a file as a template without quotes and escapes, as strings of JSON definitions are. */
export function parseTemplateText(part: FilePart): Checked<Node> {
  const source = { ...part, tokens: scan(part.text, 'template') }
  const cursor = new Cursor(source, parseExpression)
  const value = parseBareTemplate(cursor)
  return { value, diagnostics: [...checkTokens(source), ...cursor.diagnostics] }
}

/** A text that stands somewhere in a file, maybe written differently there. */
export type FilePart = Omit<TokenSource, 'tokens'>
