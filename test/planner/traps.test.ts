import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { bakeText, type Run } from './bake-text.ts'

/** `want` is the printed document without the keys every target has, or the text of the first error. */
interface Row extends Run {
  readonly name: string
  readonly want?: Readonly<Record<string, unknown>>
  readonly groups?: Readonly<Record<string, readonly string[] | null>>
  readonly error?: string
  readonly warning?: string
}

const t = (...lines: readonly string[]): string => ['target "default" {', ...lines, '}', ''].join('\n')
const lines = (...texts: readonly string[]): string => `${texts.join('\n')}\n`
const tags = (expression: string): string => t(`tags = ${expression}`)

const rows: readonly Row[] = [
  {
    name: '1: a misspelt attribute only warns',
    hcl: t('tag = ["x"]'),
    want: { default: {} },
    warning: 'attribute "tag" is not used in target "default"',
  },
  {
    name: '1: an unknown block only warns',
    hcl: t('x {', '}'),
    want: { default: {} },
    warning: 'block "x" is not used in target "default"',
  },
  {
    name: '2: an empty list does not clear what appends',
    hcl: lines('target "a" { cache-from = ["x"] }', t('inherits = ["a"]', 'cache-from = []')),
    want: { default: { 'cache-from': [{ ref: 'x', type: 'registry' }] } },
  },
  {
    name: '2: an empty list clears tags',
    hcl: lines('target "a" { tags = ["x"] }', t('inherits = ["a"]', 'tags = []')),
    want: { default: {} },
  },
  {
    name: '3: a null argument does not unset',
    hcl: lines('target "p" { args = { a = "1" } }', t('inherits = ["p"]', 'args = { a = null }')),
    want: { default: { args: { a: '1' } } },
  },
  { name: '3: a lone null argument is no argument', hcl: t('args = { a = null }'), want: { default: {} } },
  ...['output', 'ssh', 'secret', 'attest', 'cache-from', 'cache-to', 'policy', 'resources'].map((key) => ({
    name: `4: ${key} = null is refused`,
    hcl: t(`${key} = null`),
    error: 'Unsuitable value type; Unsuitable value: null value is not allowed',
  })),
  { name: '4: tags = null is fine', hcl: tags('null'), want: { default: {} } },
  {
    name: '5: an inheritance cycle is cut with a warning',
    hcl: lines(
      'target "a" {',
      'inherits = ["b"]',
      'tags = ["a"]',
      '}',
      'target "b" {',
      'inherits = ["a"]',
      'args = { x = "1" }',
      '}',
    ),
    targets: ['a'],
    want: { a: { args: { x: '1' }, tags: ['a'] } },
    warning: 'targets inherit each other: a -> b -> a',
  },
  {
    name: '6: a group cycle ends in a target name',
    hcl: lines(
      'group "default" { targets = ["g"] }',
      'group "g" { targets = ["default", "a"] }',
      'target "a" {}',
    ),
    error: 'failed to find target default',
  },
  {
    name: '7: groups of two files do not union',
    files: {
      'a.hcl': 'group "default" { targets = ["a"] }\ntarget "a" {}\n',
      'b.hcl': 'group "default" { targets = ["b"] }\ntarget "b" {}\n',
    },
    want: { b: {} },
    groups: { default: ['b'] },
  },
  {
    name: '10: services in a JSON file are no targets',
    files: { 'a.json': '{"services":{"default":{"build":"."}}}' },
    error: 'failed to find target default',
  },
  {
    name: '13: globs match groups first, then targets',
    hcl: lines('target "a1" {}', 'target "a2" {}', 'target "b" {}', 'group "ag" { targets = ["b"] }'),
    targets: ['a*'],
    want: { a1: {}, a2: {}, b: {} },
    groups: { default: ['a1', 'a2', 'ag'], ag: ['b'] },
  },
  {
    name: '14: dots of a requested name become underscores',
    hcl: 'target "a_b" {}\n',
    targets: ['a.b'],
    want: { a_b: {} },
    groups: { default: ['a_b'] },
  },
  {
    name: '14: dots of a member stay',
    hcl: 'group "default" { targets = ["a.b"] }\ntarget "a_b" {}\n',
    error: 'failed to find target a.b',
  },
  {
    name: '15: only the default group is sorted',
    hcl: lines('group "g" { targets = ["b", "a"] }', 'target "a" {}', 'target "b" {}', 'target "c" {}'),
    targets: ['g', 'c'],
    want: { a: {}, b: {}, c: {} },
    groups: { default: ['c', 'g'], g: ['b', 'a'] },
  },
  {
    name: '16: a requested group hides the own default group',
    hcl: lines(
      'group "default" { targets = ["a"] }',
      'group "g" { targets = ["b"] }',
      'target "a" {}',
      'target "b" {}',
    ),
    targets: ['g'],
    want: { b: {} },
    groups: { default: ['g'], g: ['b'] },
  },
  {
    name: '17: --set does not know a matrix label',
    hcl: lines('target "app" {', 'matrix = { v = ["1", "2"] }', 'name = "app-${v}"', '}'),
    targets: ['app'],
    set: ['app.tags=x'],
    error: "could not find any target matching 'app'",
  },
  {
    name: '18: --set network loses its value',
    hcl: t(),
    set: ['default.network=host'],
    want: { default: { network: '' } },
    warning: '--set default.network=host always empties "network"',
  },
  {
    name: '19: --set ulimits clears the list',
    hcl: t('ulimits = ["nofile=2"]'),
    set: ['default.ulimits=nofile=1'],
    want: { default: {} },
    warning: '--set default.ulimits=nofile=1 always clears "ulimits"',
  },
  {
    name: '19: --set no-cache-filter clears the list',
    hcl: t('no-cache-filter = ["b"]'),
    set: ['default.no-cache-filter=a'],
    want: { default: {} },
  },
  {
    name: '20: --set platforms is unknown',
    hcl: t(),
    set: ['default.platforms=linux/arm64'],
    error: 'unknown key: platforms',
  },
  {
    name: '20: --set platform keeps commas',
    hcl: t(),
    set: ['default.platform=linux/arm64,linux/amd64'],
    want: { default: { platforms: ['linux/arm64,linux/amd64'] } },
  },
  {
    name: '21: the last form decides for all',
    hcl: tags('["a"]'),
    set: ['default.tags=b', 'default.tags+=c'],
    want: { default: { tags: ['a', 'b', 'c'] } },
  },
  {
    name: '21: a last = replaces',
    hcl: tags('["a"]'),
    set: ['default.tags+=b', 'default.tags=c'],
    want: { default: { tags: ['b', 'c'] } },
  },
  {
    name: '22: --set output=foo=bar is a directory',
    hcl: t(),
    set: ['default.output=foo=bar'],
    want: { default: { output: [{ dest: 'foo=bar', type: 'local' }] } },
  },
  {
    name: '23: tar without a destination prints "-"',
    hcl: t('output = ["type=tar"]'),
    want: { default: { output: [{ dest: '-', type: 'tar' }] } },
  },
  {
    name: '24: --push leaves a local output alone',
    hcl: t('output = ["type=local,dest=x"]'),
    flags: { push: true },
    want: { default: { output: [{ dest: 'x', type: 'local' }] } },
  },
  {
    name: '25: --push next to docker adds an image',
    hcl: t('output = ["type=docker"]'),
    flags: { push: true },
    want: { default: { output: [{ type: 'docker' }, { push: 'true', type: 'image' }] } },
  },
  {
    name: '26: --check is stored as lint',
    hcl: t(),
    flags: { call: 'lint' },
    want: { default: { call: 'lint' } },
  },
  { name: '26: call = "check" stays', hcl: t('call = "check"'), want: { default: { call: 'check' } } },
  {
    name: '28: object secrets drop the type',
    hcl: t('secret = [{ id = "KEY", type = "env" }]'),
    want: { default: { secret: [{ id: 'KEY' }] } },
  },
  {
    name: '29: dropping equal cache entries reorders',
    hcl: t('cache-from = ["a", "a", "b", "c"]'),
    want: { default: { 'cache-from': ['a', 'c', 'b'].map((ref) => ({ ref, type: 'registry' })) } },
  },
  {
    name: '29: another order',
    hcl: t('cache-from = ["a", "b", "a", "c"]'),
    want: { default: { 'cache-from': ['a', 'b', 'c'].map((ref) => ({ ref, type: 'registry' })) } },
  },
  {
    name: '33: two type keywords in one list are fine',
    hcl: tags('[convert(1, string), convert(2, string)]'),
    want: { default: { tags: ['1', '2'] } },
  },
  {
    name: '34: a function body cannot hold a type keyword',
    hcl: lines('function "f" {', 'params = [x]', 'result = convert(x, string)', '}', t()),
    error: 'Invalid expression; variable "string" does not exist: undefined',
  },
  {
    name: '35: an unused bad variable is fatal',
    hcl: lines('variable "A" { default = upper() }', t()),
    error: 'Not enough function arguments; Function "upper" expects 1 argument(s). Missing value for "str".',
  },
  {
    name: '35: an unrelated bad target is fatal',
    hcl: lines('target "bad" { tags = [nope] }', t()),
    error: 'Unknown variable; There is no variable named "nope".',
  },
  {
    name: '44: a lone null interpolation is null',
    hcl: t('args = { a = "${null}" }'),
    want: { default: {} },
  },
  {
    name: '45: a number from outside goes through a double',
    hcl: lines('variable "X" { default = 1 }', t('args = { v = X }')),
    env: { X: '12345678901234567890123' },
    want: { default: { args: { v: '12345678901234568000000' } } },
  },
  {
    name: '45: a literal keeps its digits',
    hcl: t('args = { v = 12345678901234567890123 }'),
    want: { default: { args: { v: '12345678901234567890123' } } },
  },
  {
    name: '46: an untyped list takes no override',
    hcl: lines('variable "X" { default = ["a"] }', t()),
    env: { X: 'b' },
    error: 'Invalid value; unsupported type tuple for variable X',
  },
  {
    name: '46: a typed list reads CSV',
    hcl: lines('variable "X" {', 'type = list(string)', 'default = ["a"]', '}', tags('X')),
    env: { X: 'b,"c,d"' },
    want: { default: { tags: ['b', 'c,d'] } },
  },
  {
    name: '47: an empty text is no list',
    hcl: lines('variable "X" { type = list(string) }', t()),
    env: { X: '' },
    error: 'Invalid value; failed to convert variable X from CSV: failed to parse  as CSV: EOF',
  },
  {
    name: '47: an empty text is no number',
    hcl: lines('variable "X" { default = 1 }', t()),
    env: { X: '' },
    error: 'Invalid value; failed to parse X as number: strconv.ParseFloat: parsing "": invalid syntax',
  },
  {
    name: '47: an empty text is a string',
    hcl: lines('variable "X" { default = "a" }', t('args = { v = X }')),
    env: { X: '' },
    want: { default: { args: { v: '' } } },
  },
  {
    name: '48: type any takes no override',
    hcl: lines('variable "X" { type = any }', t()),
    env: { X: 'a' },
    error: 'Invalid value; unsupported type dynamic for variable X',
  },
  {
    name: '49: NAME_JSON of an untyped variable is its text',
    hcl: lines('variable "X" { default = "a" }', tags('[X]')),
    env: { X_JSON: '"b"' },
    want: { default: { tags: ['"b"'] } },
  },
  {
    name: '49: NAME_JSON of a typed variable beats NAME',
    hcl: lines('variable "X" { type = string }', tags('[X]')),
    env: { X: 'c', X_JSON: '"b"' },
    want: { default: { tags: ['b'] } },
  },
  {
    name: '51: a global is not overridable',
    hcl: lines('foo = "x"', tags('[foo]')),
    env: { foo: 'env' },
    want: { default: { tags: ['x'] } },
  },
  {
    name: '51: unless a variable has its name',
    hcl: lines('foo = "x"', 'variable "foo" {}', tags('[foo]')),
    env: { foo: 'env' },
    want: { default: { tags: ['env'] } },
  },
  {
    name: '52: references see no inherited values',
    hcl: lines('target "b" { tags = ["b"] }', 'target "a" { inherits = ["b"] }', tags('target.a.tags')),
    want: { default: {} },
  },
  {
    name: '53: a block is no map',
    hcl: lines('target "a" {}', t('context = target["a"].context')),
    error: 'Invalid expression; cannot traverse target without attribute',
  },
  {
    name: '53: target is no value',
    hcl: t('args = { x = jsonencode(target) }'),
    error: 'Invalid expression; cannot access target as a variable',
  },
  {
    name: '54: a validation cannot call user functions',
    hcl: lines(
      'function "ok" {',
      'params = [x]',
      'result = true',
      '}',
      'variable "A" {',
      'default = "a"',
      'validation {',
      'condition = ok(A)',
      'error_message = "no"',
      '}',
      '}',
      t(),
    ),
    error: 'Call to unknown function; There is no function named "ok". Did you mean "or"?',
  },
  {
    name: '55: the library wins over a user function',
    hcl: lines('function "upper" {', 'params = [x]', 'result = "no"', '}', tags('[upper("a")]')),
    want: { default: { tags: ['A'] } },
  },
  {
    name: '56: a matrix name is checked',
    hcl: lines('target "app" {', 'matrix = { v = ["1.0"] }', 'name = "app-${v}"', '}'),
    error: 'Invalid name; only "[a-zA-Z0-9_-]+" are allowed',
  },
  {
    name: '57: an empty axis makes the target vanish',
    hcl: lines('target "app" {', 'matrix = { v = [] }', 'name = "app-${v}"', '}'),
    targets: ['app'],
    error: 'failed to find target app',
  },
  {
    name: '58: an inherited entitlement stays',
    hcl: lines('target "p" { network = "host" }', t('inherits = ["p"]', 'network = "none"')),
    want: { default: { network: 'none', entitlements: ['network.host'] } },
  },
  {
    name: '59: platforms of a link must be a subset',
    hcl: lines(
      'target "base" { platforms = ["linux/amd64", "linux/arm64"] }',
      t('platforms = ["linux/amd64", "linux/arm/v7"]', 'contexts = { b = "target:base" }'),
    ),
    error:
      "target base can't be used by default because its platforms [linux/amd64 linux/arm/v7] are not a subset of [linux/amd64 linux/arm64]",
  },
  {
    name: '60: a linked target goes to the cache whatever --set says',
    hcl: lines('target "base" {}', t('contexts = { b = "target:base" }')),
    set: ['base.output=type=docker'],
    want: { base: { output: [{ type: 'cacheonly' }] }, default: { contexts: { b: 'target:base' } } },
    groups: { default: ['default'] },
  },
  {
    name: '60: a requested one keeps its output',
    hcl: lines('target "base" { output = ["type=docker"] }', t('contexts = { b = "target:base" }')),
    targets: ['default', 'base'],
    want: { base: { output: [{ type: 'docker' }] }, default: { contexts: { b: 'target:base' } } },
  },
  {
    name: '61: an inline Dockerfile prints escaped',
    hcl: t('dockerfile-inline = "RUN $${HOME}"'),
    want: { default: { 'dockerfile-inline': 'RUN $${HOME}' } },
  },
  { name: '61: tags do not', hcl: tags('["$${a}"]'), want: { default: { tags: ['${a}'] } } },
  {
    name: '67: dashes belong to names',
    hcl: lines('variable "a-b" { default = "x" }', tags('["${a-b}"]')),
    want: { default: { tags: ['x'] } },
  },
  {
    name: '70: a built-in is not overridable',
    hcl: lines('variable "BAKE_CMD_CONTEXT" { default = "y" }', t('args = { c = BAKE_CMD_CONTEXT }')),
    env: { BAKE_CMD_CONTEXT: 'z' },
    want: { default: { args: { c: 'cwd://' } } },
  },
  {
    name: '71: an attestation object needs no type',
    hcl: t('attest = [{ mode = "max" }]'),
    want: { default: { attest: [{ mode: 'max', type: '' }] } },
  },
  {
    name: '72: SOURCE_DATE_EPOCH becomes an argument',
    hcl: t(),
    env: { SOURCE_DATE_EPOCH: '0' },
    want: { default: { args: { SOURCE_DATE_EPOCH: '0' } } },
  },
  {
    name: '73: the context of a remote definition is its URL',
    hcl: t(),
    remoteUrl: 'https://example.com/r.git',
    want: { default: { context: 'https://example.com/r.git' } },
  },
]

const test = suite('planner/traps')
for (const row of rows) {
  test(row.name, () => {
    const got = bakeText(row)
    assert.is(got.error, row.error)
    if (row.want !== undefined) assert.equal(withoutDefaults(got.json?.target ?? {}), row.want)
    if (row.groups !== undefined) assert.equal(members(got.json?.group ?? {}), row.groups)
    if (row.warning !== undefined) assert.ok(got.warnings.includes(row.warning), got.warnings.join('; '))
  })
}
test.run()

function withoutDefaults(targets: Readonly<Record<string, unknown>>): unknown {
  return Object.fromEntries(
    Object.entries(targets).map(([name, target]) => {
      const { context, dockerfile, ...rest } = target as Record<string, unknown>
      return [
        name,
        {
          ...(context === '.' ? {} : { context }),
          ...(dockerfile === 'Dockerfile' ? {} : { dockerfile }),
          ...rest,
        },
      ]
    }),
  )
}

function members(groups: Readonly<Record<string, unknown>>): unknown {
  return Object.fromEntries(
    Object.entries(groups).map(([name, group]) => [name, (group as { targets: unknown }).targets]),
  )
}
