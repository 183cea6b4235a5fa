import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { golden, repoRoot } from '../harness/golden.ts'
import { bakeText, type Run } from './bake-text.ts'

/** Definitions with the text `docker buildx bake --print` gives for them. */
const FOLDER = 'fixtures/plan'

const test = suite('planner/goldens')
for (const name of readdirSync(join(repoRoot, FOLDER)).sort()) {
  test(`${name} prints like the reference`, () => {
    const outcome = bakeText(readCase(name))
    assert.is(outcome.error, undefined)
    golden(`${FOLDER}/${name}/want.plan.json`, outcome.text ?? '')
  })

  test(`${name} prints the same when its entries are shuffled into two files`, () => {
    const run = readCase(name)
    const files = Object.entries(run.files ?? {})
    const [first] = files
    if (first === undefined || first[0].endsWith('.json')) return
    const [head, ...rest] = first[1].split(/\n(?=group|target)/)
    const split = { 'a.hcl': `${head}\n`, 'b.hcl': `${rest.join('\n')}\n` }
    assert.is(bakeText({ ...run, files: split }).text, bakeText(run).text)
  })
}
test.run()

function readCase(name: string): Run {
  const folder = join(repoRoot, FOLDER, name)
  const file = readdirSync(folder).find((entry) => entry.startsWith('docker-bake.')) ?? ''
  const args = readFileSync(join(folder, 'args.txt'), 'utf8').trim().split(/\s+/)
  const targets: string[] = []
  const set: string[] = []
  const flags: { push?: boolean; load?: boolean } = {}
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? ''
    if (arg === '--set') set.push(args[++i] ?? '')
    else if (arg === '--push') flags.push = true
    else if (arg === '--load') flags.load = true
    else if (arg !== '') targets.push(arg)
  }
  return { files: { [file]: readFileSync(join(folder, file), 'utf8') }, targets, set, flags }
}
