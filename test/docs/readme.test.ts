import { accessSync, constants, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { repoRoot } from '../harness/golden.ts'
import { runCli } from '../harness/run.ts'
import { tempDir } from '../harness/temp.ts'

const test = suite('docs/readme')
const readme = readFileSync(join(repoRoot, 'README.md'), 'utf8')

/** Texts of the fenced blocks of one language, in order. */
function blocks(language: string): string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    (m) => m[1] ?? '',
  )
}

test('the set-up commands exist and can be executed', () => {
  const commands = (blocks('sh')[0] ?? '')
    .trim()
    .split('\n')
    .map((line) => line.split(' ')[0] ?? '')
  assert.equal(commands, ['scripts/demo', '.ci/run'])
  for (const command of commands) accessSync(join(repoRoot, command), constants.X_OK)
})

test('the plan shown for the bake file is the plan printed for it', async () => {
  const [bakeFile = ''] = blocks('hcl')
  const [shown = ''] = blocks('console')
  const [command = '', ...output] = shown.split('\n')
  assert.is(bakeFile.trim().split('\n').length, 10)
  assert.is(command, '$ bakekit bake --print')
  const printed = await runCli(['bake', '--print'], { cwd: tempDir({ 'docker-bake.hcl': bakeFile }) })
  assert.is(printed.code, 0, printed.stderr)
  assert.fixture(printed.stdout, output.join('\n'))
})

test('links to files of the repository lead somewhere', () => {
  for (const [, target = ''] of readme.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)) {
    accessSync(join(repoRoot, target), constants.R_OK)
  }
})

test.run()
