import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { suite } from 'uvu'
import { runCommandLine } from '../../src/cli/run.ts'
import { createMemoryHost } from '../../src/host/memory-host.ts'
import { goldenText, repoRoot } from '../harness/golden.ts'
import { readCommandLine } from './command-line.ts'

const FOLDER = 'fixtures/cli'
const test = suite('cli/fixtures')

/** Every file of a case that is input, by its path below the case. */
function inputFiles(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile() && entry.name !== 'cmd.txt' && !entry.name.startsWith('want.'))
    .map((entry) => join(entry.parentPath, entry.name))
  return Object.fromEntries(
    paths.map((path) => [relative(folder, path).replaceAll('\\', '/'), readFileSync(path, 'utf8')]),
  )
}

for (const name of readdirSync(join(repoRoot, FOLDER))) {
  const folder = join(repoRoot, FOLDER, name)
  const text = readFileSync(join(folder, 'cmd.txt'), 'utf8').trim()
  test(`${name}: ${text}`, async () => {
    const { args, env, stdin } = readCommandLine(text)
    const files = inputFiles(folder)
    const host = createMemoryHost({ files, env, stdin: files[stdin ?? ''] ?? '' })
    const status = await runCommandLine(args, host)
    goldenText(`${FOLDER}/${name}/want.stdout`, host.stdoutText())
    goldenText(`${FOLDER}/${name}/want.stderr`, host.stderrText())
    goldenText(`${FOLDER}/${name}/want.code`, status === 0 ? '' : `${status}\n`)
  })
}

test.run()
