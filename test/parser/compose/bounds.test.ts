import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { FileId } from '../../../src/core/source/source-file.ts'
import { readCompose } from '../../../src/parser/compose/read.ts'

const test = suite('parser/compose/bounds')

function codesOf(text: string): readonly string[] {
  const file = { id: 0 as FileId, name: 'compose.yaml', text }
  const answer = readCompose({ files: [file], env: {}, vars: new Map(), cwd: '/', texts: new Map() })
  return answer.kind === 'done' ? answer.result.diagnostics.map((one) => one.code) : answer.paths
}

test('aliases that multiply are refused', () => {
  const levels = Array.from({ length: 9 }, (_, i) => {
    const alias = i === 0 ? 'x' : `*a${i - 1}`
    return `x-${i}: &a${i} [${Array.from({ length: 9 }, () => alias).join(', ')}]`
  })
  assert.equal(codesOf(`${levels.join('\n')}\nservices:\n  a:\n    build: .\n`), ['compose/alias-bomb'])
})

test('merge keys that multiply are refused', () => {
  const first = `x0: &a0\n${Array.from({ length: 40 }, (_, i) => `  k${i}: v`).join('\n')}`
  const levels = Array.from({ length: 6 }, (_, i) => {
    const rows = Array.from({ length: 10 }, (__, j) => `  k${j}: *a${i}`).join('\n')
    return `x${i + 1}: &a${i + 1}\n${rows}`
  })
  assert.equal(codesOf(`${first}\n${levels.join('\n')}\n`), ['compose/alias-bomb'])
})

const deep: readonly (readonly [name: string, text: string])[] = [
  ['300 brackets', `x: ${'['.repeat(300)}${']'.repeat(300)}\n`],
  ['100000 brackets', `x: ${'['.repeat(100_000)}\n`],
  ['300 indented keys', Array.from({ length: 300 }, (_, i) => `${' '.repeat(i)}k:\n`).join('')],
  ['300 dashes', `x:\n  ${'- '.repeat(300)}y\n`],
]

for (const [name, text] of deep)
  test(`${name} are refused`, () => assert.equal(codesOf(text), ['compose/nesting']))

test('200 levels are fine', () => {
  const keys = Array.from({ length: 200 }, (_, i) => `${' '.repeat(i)}k:\n`).join('')
  assert.equal(
    codesOf(`x-a: ${'['.repeat(200)}${']'.repeat(200)}\n${keys}services:\n  a:\n    build: .\n`),
    [],
  )
})

test.run()
