import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Checked } from '../../../src/core/diag/diagnostic.ts'
import { FileTable } from '../../../src/core/source/file-table.ts'
import type { ReadText } from '../../../src/parser/compose/input.ts'
import { readCompose } from '../../../src/parser/compose/read.ts'
import type { ComposeDefinition, ComposeTarget } from '../../../src/parser/definition.ts'
import { golden, repoRoot } from '../../harness/golden.ts'

const test = suite('parser/compose/fixtures')
const root = 'fixtures/compose'

for (const topic of foldersIn(join(repoRoot, root))) {
  for (const name of foldersIn(join(repoRoot, root, topic))) {
    test(`${topic}/${name}`, () => {
      const folder = `${root}/${topic}/${name}`
      const { definition, problems } = read(join(repoRoot, folder))
      if (problems !== '') golden(`${folder}/want.diag.txt`, problems)
      else
        assert.not.ok(existsSync(join(repoRoot, folder, 'want.diag.txt')), 'expected diagnostics, found none')
      if (definition !== undefined) golden(`${folder}/want.json`, definition)
      else
        assert.not.ok(existsSync(join(repoRoot, folder, 'want.json')), 'expected a definition, found errors')
    })
  }
}

function foldersIn(path: string): readonly string[] {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
}

/** Reads `compose.yaml`, or `1.yml`, `2.yml` and so on; `dotenv` stands for `.env` everywhere. */
function read(folder: string): { readonly definition: string | undefined; readonly problems: string } {
  const table = new FileTable()
  const names = existsSync(join(folder, 'compose.yaml'))
    ? ['compose.yaml']
    : readdirSync(folder)
        .filter((name) => /^\d\.yml$/.test(name))
        .sort()
  const files = names.map((name) => table.add(name, readFileSync(join(folder, name), 'utf8')))
  const json = (name: string): Record<string, string> =>
    existsSync(join(folder, name)) ? JSON.parse(readFileSync(join(folder, name), 'utf8')) : {}
  const texts = new Map<string, ReadText>()
  const look = (path: string): ReadText => {
    const place = join(folder, path.replace(/(^|\/)\.env$/, '$1dotenv'))
    if (!existsSync(place)) return { kind: 'missing' }
    if (statSync(place).isDirectory())
      return { kind: 'failed', message: 'EISDIR: illegal operation on a directory, read' }
    return { kind: 'text', file: table.add(path, readFileSync(place, 'utf8')) }
  }
  const dotenv = look('.env')
  for (let round = 0; round < 20; round++) {
    const answer = readCompose({
      files,
      env: { SET: 'set', EMPTY: '', HOME_X: 'hx', ...json('env.json') },
      ...(dotenv.kind === 'text' ? { dotenv: dotenv.file } : {}),
      vars: new Map(Object.entries(json('vars.json'))),
      cwd: '/project',
      texts,
    })
    if (answer.kind === 'done') return shown(answer.result, table)
    for (const path of answer.paths) texts.set(path, look(path))
  }
  throw new Error('still asking for files')
}

function shown(
  result: Checked<ComposeDefinition>,
  table: FileTable,
): { definition: string | undefined; problems: string } {
  const failed = result.diagnostics.some((one) => one.severity === 'error')
  const problems = result.diagnostics.map((one) => {
    const hints = (one.hints ?? []).map((hint) => `  hint: ${hint}\n`).join('')
    if (one.subject === undefined) return `${one.severity} ${one.code}\n${one.summary}\n${hints}`
    const { file, start } = one.subject
    const { line, column } = table.lines(file).position(start)
    return `${one.severity} ${one.code} ${table.get(file)?.name}:${line}:${column}\n${one.summary}\n${hints}`
  })
  return { definition: failed ? undefined : toJson(result.value), problems: problems.join('\n') }
}

function toJson(definition: ComposeDefinition): string {
  const targets = Object.fromEntries([...definition.targets].map(([name, target]) => [name, plain(target)]))
  return `${JSON.stringify({ default: definition.defaultGroup, targets }, null, 2)}\n`
}

function plain(target: ComposeTarget): Record<string, unknown> {
  const { strings, lists, maps, bools, secrets, ssh } = target
  return {
    ...Object.fromEntries(strings),
    ...Object.fromEntries(lists),
    ...Object.fromEntries([...maps].map(([key, map]) => [key, Object.fromEntries(map)])),
    ...Object.fromEntries(bools),
    ...(secrets.length > 0 ? { secrets } : {}),
    ...(ssh.length > 0 ? { ssh } : {}),
  }
}

test.run()
