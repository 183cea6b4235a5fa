import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { repoRoot } from '../harness/golden.ts'
import { runCli } from '../harness/run.ts'

const test = suite('examples/plans')
const dir = join(repoRoot, 'examples')
const examples = readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isDirectory())

for (const { name } of examples) {
  test(`${name}: the printed plan is the kept one`, async () => {
    const printed = await runCli(['bake', '--print'], { cwd: join(dir, name) })
    assert.is(printed.code, 0, printed.stderr)
    assert.fixture(printed.stdout, readFileSync(join(dir, name, 'plan.json'), 'utf8'))
  })

  test(`${name}: its README tells how to bake it`, () => {
    const readme = readFileSync(join(dir, name, 'README.md'), 'utf8')
    assert.match(readme, `$ cd examples/${name}\n$ bakekit bake\n`)
    assert.match(readme, '(plan.json)')
  })
}

test('there are examples', () => assert.ok(examples.length >= 2))

test.run()
