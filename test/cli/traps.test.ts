import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runCommandLine } from '../../src/cli/run.ts'
import { createMemoryHost, type MemoryEntry } from '../../src/host/memory-host.ts'

/** Traps of spec bake 14 that need files, formats or the command line; the others are in test/planner/traps.test.ts. */
interface Trap {
  readonly trap: number
  readonly name: string
  readonly files: Readonly<Record<string, MemoryEntry>>
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Expected `target` object of the plan, by name; `context` and `dockerfile` of the default are left out. */
  readonly want?: Readonly<Record<string, unknown>>
  readonly groups?: Readonly<Record<string, unknown>>
  /** Text the last line must contain, instead of a plan. */
  readonly error?: string
}

const args = (...attributes: readonly string[]): string =>
  `target "default" {\n  args = {\n${attributes.map((a) => `    ${a}`).join('\n')}\n  }\n}\n`
const hcl = (...attributes: readonly string[]): Readonly<Record<string, string>> => ({
  'docker-bake.hcl': args(...attributes),
})
const build = (...lines: readonly string[]): Readonly<Record<string, string>> => ({
  'compose.yaml': `services:\n  default:\n    build:\n      context: .\n${lines.map((l) => `      ${l}\n`).join('')}`,
})

const traps: readonly Trap[] = [
  {
    trap: 8,
    name: 'HCL wins over Compose whatever the order',
    files: {
      'b.hcl': 'target "a" { tags = ["hcl"] }',
      'c.yml': 'services:\n  a:\n    build:\n      context: .\n      tags: [compose]\n',
    },
    args: ['-f', 'b.hcl', '-f', 'c.yml', 'a'],
    want: { a: { tags: ['hcl'] } },
  },
  {
    trap: 9,
    name: 'the default group is of Compose alone when HCL has none',
    files: { 'compose.yaml': 'services:\n  web:\n    build: .\n', 'docker-bake.hcl': 'target "other" {}' },
    groups: { default: { targets: ['web'] } },
    want: { web: {} },
  },
  {
    trap: 10,
    name: 'a .json file with services is no Compose file',
    files: { 'a.json': '{"services":{"default":{"build":"."}}}' },
    args: ['-f', 'a.json'],
    error: 'failed to find target default',
  },
  {
    trap: 10,
    name: 'the same text without a suffix is one',
    files: { a: '{"services":{"default":{"build":"."}}}' },
    args: ['-f', 'a', 'default'],
    want: { default: {} },
  },
  {
    trap: 11,
    name: 'upper case suffixes go through the fallback and get another name',
    files: { 'a.HCL': 'target "default" { tags = [x] }' },
    args: ['-f', 'a.HCL'],
    error: 'a.HCL.hcl:1,',
  },
  {
    trap: 12,
    name: 'an empty file counts as absent',
    files: { 'docker-bake.hcl': '' },
    error: "couldn't find a bake definition",
  },
  {
    trap: 27,
    name: 'a missing secret file stops even a plan',
    files: { 'docker-bake.hcl': 'target "default" { secret = ["id=a,src=/nonexist"] }' },
    error: 'failed to stat /nonexist: stat /nonexist: no such file or directory',
  },
  {
    trap: 27,
    name: 'a missing ssh agent too',
    files: { 'docker-bake.hcl': 'target "default" { ssh = ["default"] }' },
    error: 'invalid empty ssh agent socket: make sure SSH_AUTH_SOCK is set',
  },
  {
    trap: 30,
    name: 'equality never converts',
    files: hcl('a = "1" == 1', 'b = contains(["1"], 1)', 'c = equal("1", 1)'),
    want: { default: { args: { a: 'false', b: 'false', c: 'false' } } },
  },
  {
    trap: 31,
    name: 'number and bool do not unify',
    files: hcl('a = true ? 1 : true'),
    error: 'Inconsistent conditional result types',
  },
  {
    trap: 31,
    name: 'number and string do',
    files: hcl('a = true ? 1 : "x"'),
    want: { default: { args: { a: '1' } } },
  },
  {
    trap: 32,
    name: 'string and object elements do not mix across branches',
    files: { 'docker-bake.hcl': 'target "default" { output = true ? ["type=docker"] : [{type="image"}] }' },
    error: 'Inconsistent conditional result types',
  },
  {
    trap: 36,
    name: 'coalesce takes the empty string',
    files: hcl('a = coalesce("", "x")', 'b = coalesce(null, "", "x")'),
    want: { default: { args: { a: '', b: '' } } },
  },
  ...['length({a=1})', 'index({a=1}, "a")', 'hasindex({a=1}, "a")'].map((call) => ({
    trap: 37,
    name: `${call}: an object is no map`,
    files: hcl(`a = ${call}`),
    error: 'collection must be a list, a map or a tuple',
  })),
  {
    trap: 38,
    name: '%v prints big numbers with an exponent, templates do not',
    files: hcl('a = format("%v", 1000000)', 'b = "${1000000}"'),
    want: { default: { args: { a: '1e+06', b: '1000000' } } },
  },
  {
    trap: 39,
    name: 'regex_replace takes the subject first',
    files: hcl('a = regex_replace("[0-9]+", "abc123", "N")'),
    want: { default: { args: { a: '[0-9]+' } } },
  },
  {
    trap: 40,
    name: 'replace knows no regular expressions',
    files: hcl('a = replace("1.2", "/\\\\./", "-")'),
    want: { default: { args: { a: '1.2' } } },
  },
  {
    trap: 41,
    name: 'modulo by zero is the dividend',
    files: hcl('a = modulo(10, 0)'),
    want: { default: { args: { a: '10' } } },
  },
  {
    trap: 41,
    name: 'a range without a step runs into its limit',
    files: hcl('a = join("", [for v in range(0, 5, 0) : "x"])'),
    error: 'more than 1024 values',
  },
  {
    trap: 42,
    name: 'an index after .* takes the whole result, after [*] each element',
    files: hcl(
      'a = jsonencode([{a=[1,2]},{a=[3]}].*.a[0])',
      'b = jsonencode([{a=[1,2]},{a=[3]}][*].a[0])',
      'c = jsonencode(null[*])',
      'd = jsonencode("x"[*])',
    ),
    want: { default: { args: { a: '[1,2]', b: '[1,3]', c: '[]', d: '["x"]' } } },
  },
  {
    trap: 43,
    name: 'errors of the losing side are dropped',
    files: hcl('a = nope && false', 'b = nope2 || true', 'c = true ? 1 : nope3'),
    want: { default: { args: { a: 'false', b: 'true', c: '1' } } },
  },
  {
    trap: 50,
    name: '.env feeds Compose only',
    files: {
      '.env': 'V=from-dotenv\n',
      'docker-bake.hcl': 'variable "V" { default = "d" }\ntarget "h" { args = { V = V } }',
      'compose.yaml': 'services:\n  c:\n    build:\n      context: .\n      args: { V: "$V" }\n',
    },
    args: ['h', 'c'],
    want: { c: { args: { V: 'from-dotenv' } }, h: { args: { V: 'd' } } },
  },
  {
    trap: 62,
    name: 'the short form of ulimits is lost',
    files: build('ulimits: { nproc: 5 }'),
    want: { default: { ulimits: ['nproc=0:0'] } },
  },
  {
    trap: 62,
    name: 'shm_size is rounded',
    files: build('shm_size: 1500m'),
    want: { default: { 'shm-size': '1.465GiB' } },
  },
  {
    trap: 63,
    name: 'x-bake cannot override a named context, but pull',
    files: build(
      'additional_contexts: { a: one }',
      'pull: true',
      'x-bake:',
      '  contexts: { a: two }',
      '  pull: false',
    ),
    want: { default: { contexts: { a: 'one' }, pull: false } },
  },
  {
    trap: 64,
    name: 'numbers are rendered anew, unset arguments vanish, empty ones stay',
    files: build('args: { N: 1.50, UNSET: , E: "" }'),
    want: { default: { args: { E: '', N: '1.5' } } },
  },
  {
    trap: 65,
    name: 'services without a build give a null group',
    files: { 'compose.yaml': 'services:\n  web:\n    image: nginx\n' },
    groups: { default: { targets: null } },
    want: {},
  },
  {
    trap: 66,
    name: 'a brace on the next line',
    files: { 'docker-bake.hcl': 'target "default"\n{}\n' },
    error: 'Invalid block definition',
  },
  {
    trap: 66,
    name: 'two blocks on one line',
    files: { 'docker-bake.hcl': 'target "a" {} target "b" {}\n' },
    error: 'Missing newline after block definition',
  },
  {
    trap: 66,
    name: 'a bare label',
    files: { 'docker-bake.hcl': 'target default {}\n' },
    want: { default: {} },
  },
  {
    trap: 68,
    name: 'a heredoc that ends with the file',
    files: { 'docker-bake.hcl': 'x = <<EOT\na\nEOT' },
    error: 'Unterminated template string',
  },
  {
    trap: 69,
    name: 'a line that starts with an interpolation keeps the indentation of all',
    files: {
      'docker-bake.hcl':
        'variable "V" { default = "v" }\ntarget "default" {\n  args = {\n    a = <<-EOT\n      one\n${V}\n    EOT\n  }\n}\n',
    },
    want: { default: { args: { a: '      one\nv\n' } } },
  },
]

const test = suite('cli/traps')
for (const c of traps) {
  test(`${c.trap}: ${c.name}`, async () => {
    const host = createMemoryHost({ files: c.files, env: c.env ?? {} })
    const status = await runCommandLine(['bake', '--print', ...(c.args ?? [])], host)
    if (c.error !== undefined) {
      assert.is(status, 1)
      const last = host.stderrText().trimEnd().split('\n').at(-1) ?? ''
      assert.ok(last.startsWith('ERROR: ') && last.includes(c.error), last)
      return
    }
    assert.is(status, 0, host.stderrText())
    const plan = JSON.parse(host.stdoutText())
    assert.equal(withoutDefaults(plan.target), c.want)
    if (c.groups !== undefined) assert.equal(plan.group, c.groups)
  })
}

function withoutDefaults(
  targets: Readonly<Record<string, Record<string, unknown>>>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(targets).map(([name, { context, dockerfile, ...rest }]) => {
      assert.equal([context, dockerfile], ['.', 'Dockerfile'])
      return [name, rest]
    }),
  )
}

test.run()
