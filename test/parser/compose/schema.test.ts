import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { repoRoot } from '../../harness/golden.ts'

const test = suite('parser/compose/schema')

test('the generated check is up to date with its schema', () => {
  const script = join(repoRoot, 'scripts/gen-compose-schema.mjs')
  assert.not.throws(() => execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' }))
})

test.run()
