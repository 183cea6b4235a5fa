import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Diagnostic, hasErrors } from '../../../src/core/diag/diagnostic.ts'
import { renderReferenceLine } from '../../../src/core/diag/render-reference.ts'
import { FileTable } from '../../../src/core/source/file-table.ts'
import { parseJson } from '../../../src/parser/json/parse.ts'
import { define } from '../../../src/planner/definition/define.ts'
import { renderPlan } from '../../../src/planner/print/render-plan.ts'
import { plan } from '../../../src/planner/resolve/plan.ts'
import { golden, repoRoot } from '../../harness/golden.ts'

/** Topics hold cases; a case holds a definition and what the reference prints for it: a plan or an error. */
const ROOT = 'fixtures/json'

/** Plans the default targets of a definition: the printed plan, or the errors. */
function bake(text: string): { readonly plan: string } | { readonly error: string } {
  const files = new FileTable()
  const file = files.add('docker-bake.json', text)
  const failed = (found: readonly Diagnostic[]): { readonly error: string } => ({
    error: `${renderReferenceLine(found, files)}\n`,
  })
  const body = parseJson(file)
  if (hasErrors(body.diagnostics)) return failed(body.diagnostics)
  const defined = define({
    bodies: [{ file, body: body.value, dir: '.' }],
    vars: new Map(),
    env: {},
    envLookup: true,
    builtins: { cmdContext: 'cwd://', localPlatform: 'linux/amd64' },
    world: { now: 0, homeDir: '/home/user', random: (n) => new Uint8Array(n) },
    relativePaths: false,
  })
  if (hasErrors(defined.diagnostics)) return failed(defined.diagnostics)
  const planned = plan(defined.value, { targets: [], overrides: [], env: {}, envLookup: true })
  return hasErrors(planned.diagnostics) ? failed(planned.diagnostics) : { plan: renderPlan(planned.value) }
}

const test = suite('parser/json/definitions')

for (const topic of readdirSync(join(repoRoot, ROOT)).sort()) {
  for (const name of readdirSync(join(repoRoot, ROOT, topic)).sort()) {
    const dir = `${ROOT}/${topic}/${name}`
    test(`${topic}: ${name.replaceAll('-', ' ')}`, () => {
      const outcome = bake(readFileSync(join(repoRoot, dir, 'docker-bake.json'), 'utf8'))
      const fails = 'error' in outcome
      if (fails) golden(`${dir}/error.txt`, outcome.error)
      else golden(`${dir}/plan.json`, outcome.plan)
      assert.not(existsSync(join(repoRoot, dir, fails ? 'plan.json' : 'error.txt')))
    })
  }
}

test.run()
