import type { Checked, Diagnostic } from '../../core/diag/diagnostic.ts'
import type { SourceFile } from '../../core/source/source-file.ts'
import type { Body } from '../body.ts'
import { expressionOf } from '../eval/expression.ts'
import type { Expression } from '../scope.ts'
import type { Node } from './ast.ts'
import { checkTokens } from './bad-tokens.ts'
import { Cursor } from './cursor.ts'
import { nativeBody } from './native-body.ts'
import { parseBody } from './parse-body.ts'
import { parseExpression } from './parse-expr.ts'
import { parseBareTemplate } from './parse-template.ts'
import { scan } from './scan.ts'
import { K } from './tokens.ts'

/** Reads a file in native syntax (spec bake 2.1, 3.1, 3.2). */
export function parseHcl(file: SourceFile): Checked<Body> {
  const tokens = scan(file.text)
  const cursor = new Cursor(file, tokens, parseExpression)
  const body = parseBody(cursor, K.EndOfFile)
  return { value: nativeBody(body), diagnostics: [...checkTokens(file, tokens), ...cursor.diagnostics] }
}

/** Reads a text that is one expression. */
export function parseHclExpression(file: SourceFile): Checked<Expression> {
  const { value, diagnostics } = parseExpressionText(file)
  return { value: expressionOf(value), diagnostics }
}

/** As `parseHclExpression`, as a tree. Newlines mean nothing, what is left behind it is an error. */
export function parseExpressionText(file: SourceFile): Checked<Node> {
  const tokens = scan(file.text)
  const cursor = new Cursor(file, tokens, parseExpression)
  cursor.pushNewlines('ignored')
  const node = cursor.expression()
  if (cursor.peek() !== K.EndOfFile) {
    const detail = 'An expression was successfully parsed, but extra characters were found after it.'
    cursor.reportFirst('hcl/extra-characters', 'Extra characters after expression', detail, cursor.nextSpan())
  }
  return { value: node, diagnostics: [...checkTokens(file, tokens), ...cursor.diagnostics] }
}

/** Reads a text as a template without quotes and escapes, as strings of JSON definitions are. */
export function parseTemplateText(file: SourceFile): Checked<Node> {
  const tokens = scan(file.text, 'template')
  const cursor = new Cursor(file, tokens, parseExpression)
  const node = parseBareTemplate(cursor)
  const diagnostics: readonly Diagnostic[] = [...checkTokens(file, tokens), ...cursor.diagnostics]
  return { value: node, diagnostics }
}
