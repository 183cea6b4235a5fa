import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { FileTable } from '../../src/core/source/file-table.ts'
import { createMemoryHost, type MemoryHostOptions } from '../../src/host/memory-host.ts'
import { chooseFiles, readFiles, relativePathsSwitch } from '../../src/load/files.ts'
import { detectFormat } from '../../src/load/format.ts'

const test = suite('load/files')

const files = { 'docker-bake.hcl': 'a', 'compose.yaml': 'b', 'empty.json': '', 'd/x.hcl': 'c', '-x': 'd' }

const choices = [
  { name: 'nothing named: the usual names', named: [], env: {}, want: 'default' },
  { name: 'an empty variable counts as unset', named: [], env: { BUILDX_BAKE_FILE: '' }, want: 'default' },
  { name: 'a variable of blanks', named: [], env: { BUILDX_BAKE_FILE: ' : ' }, want: 'default' },
  { name: '-f wins over the variable', named: ['a'], env: { BUILDX_BAKE_FILE: 'd/x.hcl' }, want: ['a'] },
  {
    name: 'the variable is a list, and - stays standard input',
    named: [],
    env: { BUILDX_BAKE_FILE: 'd/x.hcl: compose.yaml ::-' },
    want: ['d/x.hcl', 'compose.yaml', '-'],
  },
  {
    name: 'its separator can be changed',
    named: [],
    env: { BUILDX_BAKE_FILE: 'd/x.hcl,compose.yaml', BUILDX_BAKE_PATH_SEPARATOR: ',' },
    want: ['d/x.hcl', 'compose.yaml'],
  },
] as const

for (const { name, named, env, want } of choices) {
  test(`which files: ${name}`, async () => {
    const { value, diagnostics } = await chooseFiles(named, createMemoryHost({ files, env }))
    assert.equal(diagnostics, [])
    if (want === 'default') assert.is(value.from, 'default')
    else assert.equal(value.names, want)
  })
}

test('a file that the variable names must exist', async () => {
  const host = createMemoryHost({ files, env: { BUILDX_BAKE_FILE: 'zz.hcl' } })
  const [problem] = (await chooseFiles([], host)).diagnostics
  assert.is(problem?.summary, 'stat zz.hcl: no such file or directory')
})

interface Read {
  readonly names: readonly string[]
  readonly texts: readonly string[]
  readonly dirs: readonly (string | undefined)[]
  readonly problem: string | undefined
}

async function read(named: readonly string[], options: MemoryHostOptions = { files }): Promise<Read> {
  const host = createMemoryHost(options)
  const choice = (await chooseFiles(named, host)).value
  const { value, diagnostics } = await readFiles(choice, new FileTable(), host)
  return {
    names: value.map((one) => one.file.name),
    texts: value.map((one) => one.file.text),
    dirs: value.map((one) => one.dir),
    problem: diagnostics[0]?.summary,
  }
}

test('usual names that exist are read in their order', async () => {
  assert.equal((await read([])).names, ['compose.yaml', 'docker-bake.hcl'])
})

test('named files are read in the order given, with the folder they are in', async () => {
  const { names, texts, dirs } = await read(['d/x.hcl', 'cwd://docker-bake.hcl', '/repo/compose.yaml'])
  assert.equal(names, ['d/x.hcl', 'docker-bake.hcl', '/repo/compose.yaml'])
  assert.equal(texts, ['c', 'a', 'b'])
  assert.equal(dirs, ['d', '.', '/repo'])
})

test('- is standard input, which has no folder', async () => {
  const { names, texts, dirs } = await read(['-'], { files, stdin: 'hello' })
  assert.equal([names, texts, dirs], [['-'], ['hello'], [undefined]])
})

const problems = [
  { name: 'a missing file', named: ['zz.hcl'], want: 'open zz.hcl: no such file or directory' },
  { name: 'a directory', named: ['d'], want: 'read d: is a directory' },
  { name: 'an empty file alone', named: ['empty.json'], want: "couldn't find a bake definition" },
] as const
for (const { name, named, want } of problems) {
  test(`${name} is an error`, async () => assert.is((await read(named)).problem, want))
}

test('a folder without any of the usual names is an error that lists them', async () => {
  const host = createMemoryHost()
  const choice = (await chooseFiles([], host)).value
  const [problem] = (await readFiles(choice, new FileTable(), host)).diagnostics
  assert.is(problem?.summary, "couldn't find a bake definition")
  assert.match(problem?.hints?.[0] ?? '', /docker-bake\.hcl/)
})

const switches = [
  { text: undefined, want: false },
  { text: ' ', want: false },
  { text: 'T', want: true },
  { text: '0', want: false },
] as const
for (const { text, want } of switches) {
  test(`BUILDX_BAKE_FILE_RELATIVE_PATHS=${text ?? '(unset)'} is ${want}`, () => {
    const host = createMemoryHost({ env: { BUILDX_BAKE_FILE_RELATIVE_PATHS: text } })
    assert.equal(relativePathsSwitch(host), { value: want, diagnostics: [] })
  })
}

test('BUILDX_BAKE_FILE_RELATIVE_PATHS that is no bool is an error', () => {
  const host = createMemoryHost({ env: { BUILDX_BAKE_FILE_RELATIVE_PATHS: 'zz' } })
  assert.is(
    relativePathsSwitch(host).diagnostics[0]?.summary,
    'failed to parse BUILDX_BAKE_FILE_RELATIVE_PATHS value "zz": strconv.ParseBool: parsing "zz": invalid syntax',
  )
})

const formats = [
  { file: 'A.YAML', want: 'compose' },
  { file: 'b.yml', want: 'compose' },
  { file: 'c.hcl', want: 'hcl' },
  { file: 'd.json', want: 'json' },
  { file: 'E.HCL', want: 'unknown' },
  { file: '-', want: 'unknown' },
  { file: 'Bakefile', want: 'unknown' },
] as const
for (const { file, want } of formats) test(`${file} is ${want}`, () => assert.is(detectFormat(file), want))

test.run()
