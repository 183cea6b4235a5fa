import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runCommandLine } from '../../src/cli/run.ts'
import { COMMANDS } from '../../src/cli/table.ts'
import { createMemoryHost } from '../../src/host/memory-host.ts'

const test = suite('cli/complete')

const files = {
  'docker-bake.hcl':
    'group "default" { targets = ["web"] }\ntarget "web" {}\ntarget "worker" {}\ntarget "_base" {}\n',
}

const rows = [
  { words: ['bake', ''], want: ['default', 'web', 'worker', '_base'], bits: 4 },
  { words: ['bake', 'wo'], want: ['worker'], bits: 4 },
  { words: ['bake', '--print', 'web', '_'], want: ['_base'], bits: 4 },
  { words: ['bake', '--', 'we'], want: ['web'], bits: 4 },
  { words: ['ba'], want: ['bake'], bits: 4 },
  { words: ['bake', '--li'], want: ['--list'], bits: 4 },
  { words: ['bake', '--progress', 'r'], want: ['rawjson'], bits: 4 },
  { words: ['bake', '-f', ''], want: [], bits: 0 },
  { words: ['nosuch', ''], want: [], bits: 0 },
  { words: ['version', ''], want: [], bits: 4 },
  { words: ['bake', '--builder', ''], want: ['default'], bits: 4 },
] as const
for (const row of rows) {
  test(`${JSON.stringify(row.words)} gives ${row.want.join(' ') || 'nothing'}`, async () => {
    const host = createMemoryHost({ files })
    assert.is(await runCommandLine(['__completeNoDesc', ...row.words], host), 0)
    assert.is(host.stdoutText(), [...row.want, `:${row.bits}`, ''].join('\n'))
  })
}

test('every command is a candidate', async () => {
  const host = createMemoryHost()
  await runCommandLine(['__completeNoDesc', ''], host)
  assert.is(host.stdoutText(), [...COMMANDS.map((one) => one.name), ':4', ''].join('\n'))
})

test('candidates have descriptions unless they are not wanted', async () => {
  const asked = ['__complete', 'buildx', 'ver']
  const env = { DOCKER_CLI_PLUGIN_ORIGINAL_CLI_COMMAND: 'docker' }
  const host = createMemoryHost({ env })
  await runCommandLine(asked, host)
  assert.is(host.stdoutText(), 'version\tShow the version\n:4\n')
  const short = createMemoryHost({ env: { ...env, DOCKER_CLI_DISABLE_COMPLETION_DESCRIPTION: '1' } })
  await runCommandLine(asked, short)
  assert.is(short.stdoutText(), 'version\n:4\n')
})

test('a broken definition gives no targets', async () => {
  const host = createMemoryHost({ files: { 'docker-bake.hcl': 'x = [' } })
  await runCommandLine(['__complete', 'bake', ''], host)
  assert.is(host.stdoutText(), ':1\n')
})

test('without a definition there are no targets', async () => {
  const host = createMemoryHost()
  await runCommandLine(['__complete', 'bake', ''], host)
  assert.is(host.stdoutText(), ':4\n')
})

test.run()
