import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { FileTable } from '../../src/core/source/file-table.ts'
import { createMemoryHost, type MemoryHostOptions } from '../../src/host/memory-host.ts'
import { loadDefinition } from '../../src/load/definition.ts'
import { chooseFiles, readFiles } from '../../src/load/files.ts'

const test = suite('load/definition')

interface Loaded {
  readonly targets: readonly string[]
  readonly contexts: readonly (string | undefined)[]
  readonly problem: string | undefined
}

async function load(
  files: Readonly<Record<string, string>>,
  more: {
    readonly named?: readonly string[]
    readonly env?: MemoryHostOptions['env']
    readonly vars?: Readonly<Record<string, string>>
    readonly cmdContext?: string
  } = {},
): Promise<Loaded> {
  const host = createMemoryHost({ files, ...(more.env === undefined ? {} : { env: more.env }) })
  const table = new FileTable()
  const choice = (await chooseFiles(more.named ?? Object.keys(files), host)).value
  const read = await readFiles(choice, table, host)
  const settings = {
    vars: new Map(Object.entries(more.vars ?? {})),
    cmdContext: more.cmdContext ?? 'cwd://',
    relativePaths: false,
  }
  const { value, diagnostics } = await loadDefinition(read.value, settings, table, host)
  const targets = [...value.targets.values()]
  return {
    targets: targets.map((target) => target.name),
    contexts: targets.map((target) => target.fields.context),
    problem: diagnostics.find((one) => one.severity === 'error')?.summary,
  }
}

const HCL = 'target "h" { context = "hcl" }'
const JSON_TEXT = '{"target": {"j": {"context": "json"}}}'
const COMPOSE = 'services: {c: {build: {context: compose}}}'

const formats = [
  { name: 'HCL by suffix', files: { 'a.hcl': HCL }, want: ['h'] },
  { name: 'JSON by suffix', files: { 'a.json': JSON_TEXT }, want: ['j'] },
  { name: 'Compose by suffix', files: { 'a.yaml': COMPOSE }, want: ['c'] },
  { name: 'HCL without suffix', files: { a: HCL }, want: ['h'] },
  { name: 'JSON without suffix', files: { a: JSON_TEXT }, want: ['j'] },
  { name: 'Compose without suffix', files: { a: COMPOSE }, want: ['c'] },
  {
    name: 'Compose in JSON without suffix',
    files: { a: '{"services": {"c": {"build": "x"}}}' },
    want: ['c'],
  },
] as const
for (const { name, files, want } of formats) {
  test(`${name} is understood`, async () => assert.equal((await load(files)).targets, want))
}

test('HCL and JSON win over Compose, wherever they are listed', async () => {
  const files = { 'a.hcl': 'target "c" { context = "hcl" }', 'b.yaml': COMPOSE }
  assert.equal((await load(files)).contexts, ['hcl'])
})

test('text that is nothing of all that is refused with both reasons', async () => {
  const { problem } = await load({ a: '{ not: [a definition' })
  assert.match(problem ?? '', /^failed to parse a: parsing yaml: .*, parsing hcl: a\.hcl:/s)
})

const CONTEXT = { 'a.hcl': 'variable "V" { default = "default" }\ntarget "t" { context = V }' }
const values = [
  { name: 'its default', more: {}, want: 'default' },
  { name: 'the environment', more: { env: { V: 'env' } }, want: 'env' },
  { name: '--var before the environment', more: { env: { V: 'env' }, vars: { V: 'var' } }, want: 'var' },
  {
    name: 'no environment when that is switched off',
    more: { env: { V: 'env', BUILDX_BAKE_DISABLE_VARS_ENV_LOOKUP: '1' } },
    want: 'default',
  },
] as const
for (const { name, more, want } of values) {
  test(`a variable takes ${name}`, async () => assert.equal((await load(CONTEXT, more)).contexts, [want]))
}

test('BAKE_CMD_CONTEXT is what the command line says', async () => {
  const files = { 'a.hcl': 'target "t" { context = BAKE_CMD_CONTEXT }' }
  assert.equal((await load(files)).contexts, ['cwd://'])
  assert.equal((await load(files, { cmdContext: 'https://example.com/r.git' })).contexts, [
    'https://example.com/r.git',
  ])
})

test.run()
