import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CODES } from '../../../src/core/diag/codes.ts'

const test = suite('core/diag/codes')
const root = new URL('../../../src', import.meta.url).pathname
const LITERAL = /'((?:hcl|json|compose|eval|schema|graph|override|entitlement|load|cli|solve)\/[a-z0-9-]+)'/g

test('the catalogue is sorted, without repetitions, one clause each', () => {
  const codes = CODES.map((row) => row.code)
  assert.equal(codes, [...new Set(codes)].sort())
  for (const row of CODES) assert.match(row.summary, /^[^\n]+[^.\n]$/)
})

test('the catalogue has exactly the codes that the sources use', () => {
  const used = new Set<string>()
  for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts') || name.endsWith(join('diag', 'codes.ts'))) continue
    for (const found of readFileSync(join(root, name), 'utf8').matchAll(LITERAL)) used.add(found[1] ?? '')
  }
  const known = new Set<string>(CODES.map((row) => row.code))
  assert.equal({ missing: [...used].filter((code) => !known.has(code)) }, { missing: [] })
  assert.equal({ unused: [...known].filter((code) => !used.has(code)) }, { unused: [] })
})

test.run()
