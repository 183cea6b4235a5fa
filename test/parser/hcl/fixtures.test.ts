import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse as oracle } from '@cdktf/hcl2json'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { toJson } from '../../../src/core/value/json.ts'
import { expressionOf } from '../../../src/parser/eval/expression.ts'
import type { BodySyntax, Node } from '../../../src/parser/hcl/ast.ts'
import { checkTokens } from '../../../src/parser/hcl/bad-tokens.ts'
import { Cursor } from '../../../src/parser/hcl/cursor.ts'
import { parseBody } from '../../../src/parser/hcl/parse-body.ts'
import { parseExpression } from '../../../src/parser/hcl/parse-expr.ts'
import { scan } from '../../../src/parser/hcl/scan.ts'
import { K } from '../../../src/parser/hcl/tokens.ts'
import { golden, repoRoot } from '../../harness/golden.ts'
import { scope } from '../eval/expressions.ts'
import { lines, sourceOf } from './problems.ts'

const ROOT = 'fixtures/hcl'
const test = suite('parser/hcl: fixtures')

for (const topic of readdirSync(join(repoRoot, ROOT))) {
  for (const name of readdirSync(join(repoRoot, ROOT, topic))) {
    const path = `${ROOT}/${topic}/${name}`
    test(`${topic}/${name}`, async () => {
      const text = readFileSync(join(repoRoot, path, 'docker-bake.hcl'), 'utf8')
      const file = sourceOf(text)
      const source = { file, text, tokens: scan(text) }
      const cursor = new Cursor(source, parseExpression)
      const body = parseBody(cursor, K.EndOfFile)
      const problems = [...checkTokens(source), ...cursor.diagnostics]
      if (problems.length > 0) {
        golden(`${path}/want.diag.txt`, `${lines(file, problems).join('\n')}\n`)
        return
      }
      golden(`${path}/want.json`, `${JSON.stringify(valuesOf(body), null, 2)}\n`)
      compareBody(body, (await oracle('docker-bake.hcl', text)) as Json)
    })
  }
}

type Json = { readonly [name: string]: unknown }

/** Attributes evaluated and blocks by type and labels. */
function valuesOf(body: BodySyntax): Json {
  const values: Record<string, unknown> = {}
  for (const { name, expr } of body.attributes) {
    const { value, diagnostics } = expressionOf(expr).evaluate(scope)
    const json = toJson(value)
    values[name] = diagnostics[0]?.summary ?? (json.ok ? JSON.parse(json.text) : json.message)
  }
  for (const block of body.blocks) {
    const key = [block.type, ...block.labels].join(' ')
    const earlier = (values[key] ?? []) as readonly unknown[]
    values[key] = [...earlier, valuesOf(block.body)]
  }
  return values
}

/** The oracle has the same names in the same places, and the same constants. */
function compareBody(body: BodySyntax, want: Json): void {
  const names = new Set([...body.attributes.map((a) => a.name), ...body.blocks.map((b) => b.type)])
  assert.equal([...names].sort(), Object.keys(want).sort())
  for (const { name, expr } of body.attributes) {
    const constant = constantOf(expr)
    if (constant !== undefined) assert.equal(constant.json, want[name], name)
  }
  const positions = new Map<string, number>()
  for (const block of body.blocks) {
    const key = JSON.stringify([block.type, ...block.labels])
    const position = positions.get(key) ?? 0
    positions.set(key, position + 1)
    let found: unknown = want[block.type]
    for (const label of block.labels) found = (found as Json)[label]
    const one = (found as readonly Json[])[position]
    assert.ok(one, `${key} number ${position}`)
    compareBody(block.body, one as Json)
  }
}

/** The value of literals and collections of them, as the oracle writes it. */
function constantOf(node: Node): { readonly json: unknown } | undefined {
  if (node.kind === 'literal') {
    const text = toJson(node.value)
    const json: unknown = text.ok ? JSON.parse(text.text) : undefined
    if (typeof json !== 'string') return { json }
    return { json: json.replaceAll('${', () => '$${').replaceAll('%{', '%%{') }
  }
  if (node.kind === 'template') return node.parts.length === 1 ? constantOf(node.parts[0] as Node) : undefined
  if (node.kind !== 'tuple') return undefined
  const items = node.items.map(constantOf)
  return items.includes(undefined) ? undefined : { json: items.map((item) => item?.json) }
}
test.run()
