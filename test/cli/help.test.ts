import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parseFlags } from '../../src/cli/flags.ts'
import { GLOBAL_FLAGS } from '../../src/cli/global-flags.ts'
import { runCommandLine } from '../../src/cli/run.ts'
import { COMMANDS } from '../../src/cli/table.ts'
import { createMemoryHost, type MemoryHost } from '../../src/host/memory-host.ts'
import { readCommandLine } from './command-line.ts'

const test = suite('cli/help')

async function run(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<[number, MemoryHost]> {
  const host = createMemoryHost({ env })
  return [await runCommandLine(args, host), host]
}

const AS_PLUGIN = { DOCKER_CLI_PLUGIN_ORIGINAL_CLI_COMMAND: 'docker' }

for (const args of [[], ['help'], ['--help'], ['-h'], ['-D'], ['help', '--help']]) {
  test(`"${['bakekit', ...args].join(' ')}" shows every command`, async () => {
    const [status, host] = await run(args)
    assert.is(status, 0)
    assert.ok(host.stdoutText().startsWith('Usage:  bakekit [OPTIONS] COMMAND\n'))
    for (const { name, summary } of COMMANDS) {
      const line = host
        .stdoutText()
        .split('\n')
        .find((one) => one.trimStart().startsWith(`${name} `))
      assert.ok(line?.endsWith(summary), `no line of ${name}`)
    }
    assert.is(host.stderrText(), '')
  })
}

test('a plugin calls itself by the name docker gave it', async () => {
  const [, host] = await run(['buildx'], AS_PLUGIN)
  assert.ok(host.stdoutText().startsWith('Usage:  docker buildx [OPTIONS] COMMAND\n'))
})

const ways = [
  ['bake', '--help'],
  ['--help', 'bake'],
  ['bake', '-Dh', 'target'],
  ['f', '-h'],
  ['help', 'bake'],
  ['help', 'f'],
]
for (const args of ways) {
  test(`"bakekit ${args.join(' ')}" shows the help of bake`, async () => {
    const [status, host] = await run(args)
    assert.is(status, 0)
    const text = host.stdoutText()
    assert.ok(text.startsWith('Usage:  bakekit bake [OPTIONS] [TARGET...]\n'))
    for (const part of ['Aliases:\n  bake, f\n', 'Common options:\n', 'Global options:\n', 'Examples:\n']) {
      assert.ok(text.includes(part), part)
    }
    assert.match(text, /-f, --file FILE +Definition file; - is stdin \(repeatable\)\n/)
    assert.match(text, /--progress MODE .*\(auto, plain, tty, quiet, rawjson\) \[default: auto\]\n/)
    assert.not.match(text, '--list-targets')
  })
}

for (const command of COMMANDS) {
  test(`the help of ${command.name} names each of its flags`, async () => {
    const [status, host] = await run(['help', command.name])
    assert.is(status, 0)
    for (const row of command.flags.filter((one) => one.hidden !== true)) {
      assert.match(host.stdoutText(), `--${row.long}`)
    }
  })
}

for (const command of COMMANDS) {
  for (const { line } of command.examples) {
    test(`the example "${line}" can be typed`, () => {
      const { args } = readCommandLine(`bakekit ${line}`)
      assert.ok([command.name, ...command.aliases].includes(args[0] ?? ''))
      const parsed = parseFlags(args.slice(1), [...command.flags, ...GLOBAL_FLAGS])
      assert.ok(parsed.ok, parsed.ok ? '' : parsed.message)
    })
  }
}

test('an unknown help topic is said and ends well', async () => {
  const [status, host] = await run(['help', 'nosuch'])
  assert.is(status, 0)
  assert.is(host.stdoutText(), '')
  assert.ok(host.stderrText().startsWith('Unknown help topic [`nosuch`]\nUsage:  bakekit '))
})

test('an unknown command comes after the help, with the nearest name', async () => {
  const [status, host] = await run(['bale'])
  assert.is(status, 1)
  assert.ok(host.stdoutText().startsWith('Usage:  bakekit '))
  assert.is(host.stderrText(), 'hint: did you mean "bake"?\nERROR: unknown command: "bale"\n')
})

test.run()
