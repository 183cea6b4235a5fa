import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Span } from '../../../src/core/source/source-file.ts'
import type { BodySyntax, Node } from '../../../src/parser/hcl/ast.ts'
import { Cursor } from '../../../src/parser/hcl/cursor.ts'
import { parseHcl, parseHclExpression } from '../../../src/parser/hcl/parse.ts'
import { parseBody } from '../../../src/parser/hcl/parse-body.ts'
import { parseExpression } from '../../../src/parser/hcl/parse-expr.ts'
import { scan } from '../../../src/parser/hcl/scan.ts'
import { K } from '../../../src/parser/hcl/tokens.ts'
import { scope } from '../eval/expressions.ts'
import { lines, sourceOf } from './problems.ts'

const SEED = `variable "TAG" {
  default = "v1" # comment
}
target "a" "b" {
  args = {
    A = 1, "B" : [for k, v in {a = 1}: "\${k}=\${v}" if v > 0]
    C = <<-EOT
      hi \${TAG}
      %{ if TAG == "x" ~} yes %{ else } no %{ endif }
    EOT
  }
  tags = [TAG != "" ? "r:\${TAG}" : "r", f("a", "b").c[0].*.d]
  x = {for k, v in m : k => v...}
  y = -(1 + 2) * 3 % 4 && !true || m["k"][n][*].z
}
group "g" { targets = ["a"] }
`
const PIECES = [
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  '"',
  '${',
  '%{',
  '~}',
  ',',
  '=',
  '.',
  '*',
  '...',
  '=>',
  '\n',
  'for',
  '/*',
]
PIECES.push(
  '<<EOT\n',
  '\nEOT\n',
  "'",
  ';',
  '\\',
  '$',
  '\u{1f600}',
  '\r',
  '\0',
  '%{ if x }',
  '%{ endif }',
  '::',
  '[*]',
)

/** A small generator of repeatable pseudo-random numbers below `n`. */
function dice(seed: number): (n: number) => number {
  let state = seed
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state % n
  }
}

function mutate(roll: (n: number) => number): string {
  let text = SEED
  for (let i = roll(4); i >= 0; i--) {
    const at = roll(text.length + 1)
    const kind = roll(3)
    const piece = kind === 0 ? '' : (PIECES[roll(PIECES.length)] ?? '')
    text = text.slice(0, at) + piece + text.slice(kind === 1 ? at : at + roll(12))
  }
  return text
}

const test = suite('parser/hcl: any text')
const ROUNDS = 150

test('tokens and the spaces between them make up the text', () => {
  const roll = dice(1)
  for (let i = 0; i < ROUNDS; i++) {
    const text = mutate(roll)
    for (const mode of ['body', 'template'] as const) {
      const tokens = scan(text, mode)
      let at = 0
      for (let t = 0; t < tokens.count; t++) {
        assert.match(text.slice(at, tokens.starts[t]), /^[ \t]*$/)
        assert.ok((tokens.ends[t] ?? 0) >= (tokens.starts[t] ?? 0))
        at = tokens.ends[t] ?? 0
      }
      assert.is(at, text.length)
    }
  }
})

test('spans lie within those around them', () => {
  const roll = dice(2)
  for (let i = 0; i < ROUNDS; i++) {
    const text = mutate(roll)
    const file = sourceOf(text)
    const cursor = new Cursor({ file, text, tokens: scan(text) }, parseExpression)
    checkBody(parseBody(cursor, K.EndOfFile), { file: file.id, start: 0, end: text.length })
  }
})

test('evaluation of whatever was parsed does not throw', () => {
  const roll = dice(3)
  for (let i = 0; i < ROUNDS; i++) {
    const { value } = parseHcl(sourceOf(mutate(roll)))
    for (const attribute of value.attributes().values()) {
      attribute.expr.evaluate(scope)
      attribute.expr.references()
    }
  }
})

const deep: readonly (readonly [name: string, text: string])[] = [
  ['parentheses', '('.repeat(8000)],
  ['tuples', `${'['.repeat(8000)}${']'.repeat(8000)}`],
  ['objects', '{a='.repeat(8000)],
  ['operators', `${'!-'.repeat(8000)}1`],
  ['conditionals', `${'true?'.repeat(8000)}1`],
  ['templates', '"${'.repeat(8000)],
  ['calls', 'f('.repeat(8000)],
  ['indices', 'a['.repeat(8000)],
  ['splats', `a${'[*]'.repeat(8000)}`],
  ['directives', `"${'%{if true}'.repeat(1000)}${'%{endif}'.repeat(1000)}"`],
]
for (const [name, text] of deep) {
  test(`too deep ${name} are a problem, not a crash`, () => {
    const file = sourceOf(text)
    const { value, diagnostics } = parseHclExpression(file)
    assert.match(lines(file, diagnostics)[0] ?? '', /Nesting too deep/)
    value.evaluate(scope)
  })
}

test('too deep blocks are a problem, not a crash', () => {
  const file = sourceOf('a {\n'.repeat(5000))
  assert.match(lines(file, parseHcl(file).diagnostics)[0] ?? '', /Nesting too deep/)
})

test('long chains are no nesting', () => {
  const sum = parseHclExpression(sourceOf(`1${'+1'.repeat(5000)}`))
  assert.equal(sum.diagnostics, [])
  const { value } = sum.value.evaluate(scope)
  assert.is(value.kind === 'number' ? value.value.int : undefined, 5001)
  const path = parseHclExpression(sourceOf(`a${'.b[0][n]'.repeat(1000)}`))
  assert.is(path.value.evaluate(scope).diagnostics.length, 1)
})

test('a file of wrong characters gives a bounded number of problems', () => {
  assert.ok(parseHcl(sourceOf('@\n'.repeat(8000))).diagnostics.length < 2000)
})

function checkBody(body: BodySyntax, outer: Span): void {
  for (const attribute of body.attributes) {
    within(attribute.span, outer)
    within(attribute.nameSpan, attribute.span)
    checkNode(attribute.expr, outer)
  }
  for (const block of body.blocks) {
    within(block.typeSpan, outer)
    for (const label of block.labelSpans) within(label, outer)
    checkBody(block.body, outer)
  }
}

function within(inner: Span, outer: Span): void {
  assert.ok(inner.start <= inner.end, 'a span ends before it starts')
  assert.ok(outer.start <= inner.start && inner.end <= outer.end, 'a span leaves the one around it')
}

function checkNode(node: Node, outer: Span): void {
  within(node.span, outer)
  for (const child of childrenOf(node)) checkNode(child, node.span)
}

function childrenOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'template':
      return node.parts
    case 'tuple':
      return node.items
    case 'wrap':
    case 'paren':
      return [node.inner]
    case 'binary':
      return [node.left, node.right]
    case 'unary':
      return [node.operand]
    case 'conditional':
      return [node.condition, node.yes, node.no]
    case 'call':
      return node.args
    case 'access':
      return [node.source]
    case 'object':
      return node.items.flatMap((item) => [item.key, item.value])
    case 'for':
      return [node.collection, node.value]
    default:
      return []
  }
}
test.run()
