import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { codesOf, problemsWithin } from './run-bake.ts'

const test = suite('bounds/limits')

/** Deeper than anything may be, and deep enough to end the stack of a parser that does not count. */
const DEEP = 5_000

const value = (expression: string): Record<string, string> => ({
  'docker-bake.hcl': `target "default" {\n  args = { a = ${expression} }\n}\n`,
})
const chain = (length: number, link: (i: number) => string): string =>
  Array.from({ length }, (_, i) => link(i)).join('')
/** Globals of which each holds the one before it twice. */
const doubled = (pair: (name: string) => string, first: string, use: string): Record<string, string> => ({
  'docker-bake.hcl': `v0 = ${first}\n${chain(40, (i) => `v${i + 1} = ${pair(`v${i}`)}\n`)}target "default" {\n  args = { a = ${use} }\n}\n`,
})
const yamlAliases = (pair: (name: string) => string): Record<string, string> => ({
  'compose.yaml': `x-0: &a0 {k: v}\n${chain(40, (i) => `x-${i + 1}: &a${i + 1} ${pair(`*a${i}`)}\n`)}services: {w: {build: .}}\n`,
})

interface Row {
  readonly name: string
  readonly files: Readonly<Record<string, string>>
  readonly code: string
}

const cases: readonly Row[] = [
  { name: 'parentheses', files: value('('.repeat(DEEP)), code: 'hcl/too-deep' },
  { name: 'lists', files: value('['.repeat(DEEP) + ']'.repeat(DEEP)), code: 'hcl/too-deep' },
  { name: 'objects', files: value('{a='.repeat(DEEP)), code: 'hcl/too-deep' },
  { name: 'templates', files: value('"${'.repeat(DEEP)), code: 'hcl/too-deep' },
  { name: 'negations', files: value(`${'!'.repeat(DEEP)}true`), code: 'hcl/too-deep' },
  { name: 'conditionals', files: value(`${'true?1:'.repeat(DEEP)}1`), code: 'hcl/too-deep' },
  { name: 'calls', files: value('upper('.repeat(DEEP)), code: 'hcl/too-deep' },
  { name: 'indices', files: value('a['.repeat(DEEP)), code: 'hcl/too-deep' },
  { name: 'splats', files: value(`[1]${'[*]'.repeat(DEEP)}`), code: 'hcl/too-deep' },
  { name: 'loops', files: value('[for x in '.repeat(DEEP)), code: 'hcl/too-deep' },
  { name: 'directives', files: value(`"${'%{if true}'.repeat(DEEP)}"`), code: 'hcl/too-deep' },
  { name: 'blocks', files: { 'docker-bake.hcl': 'a {\n'.repeat(DEEP) }, code: 'hcl/too-deep' },
  {
    name: 'types',
    files: { 'docker-bake.hcl': `variable "A" {\n  type = ${'list('.repeat(DEEP)}\n}\n` },
    code: 'hcl/too-deep',
  },
  { name: 'JSON arrays', files: { 'docker-bake.json': '['.repeat(DEEP) }, code: 'json/too-deep' },
  { name: 'JSON objects', files: { 'docker-bake.json': '{"a":'.repeat(DEEP) }, code: 'json/too-deep' },
  {
    name: 'templates in JSON',
    files: {
      'docker-bake.json': JSON.stringify({ target: { default: { args: { a: '${"'.repeat(DEEP) } } } }),
    },
    code: 'hcl/too-deep',
  },
  { name: 'YAML flow lists', files: { 'compose.yaml': `a: ${'['.repeat(DEEP)}` }, code: 'compose/nesting' },
  { name: 'YAML lists', files: { 'compose.yaml': '- '.repeat(DEEP) }, code: 'compose/nesting' },
  {
    name: 'YAML maps',
    files: { 'compose.yaml': chain(1000, (i) => `${' '.repeat(i)}a:\n`) },
    code: 'compose/nesting',
  },
  {
    name: 'defaults in interpolations',
    files: { 'compose.yaml': `services: {w: {image: "${'${V:-'.repeat(DEEP)}"}}` },
    code: 'compose/nesting',
  },
  { name: 'YAML aliases in lists', files: yamlAliases((a) => `[${a}, ${a}]`), code: 'compose/alias-bomb' },
  {
    name: 'YAML aliases in maps',
    files: yamlAliases((a) => `{a: ${a}, b: ${a}}`),
    code: 'compose/alias-bomb',
  },
  { name: 'YAML merge keys', files: yamlAliases((a) => `{<<: [${a}, ${a}]}`), code: 'compose/alias-bomb' },
  {
    name: 'an alias in itself',
    files: { 'compose.yaml': 'services: &a {w: *a}\n' },
    code: 'compose/alias-cycle',
  },
  {
    name: 'a matrix',
    files: {
      'docker-bake.hcl':
        'target "default" {\n  matrix = { a = range(200), b = range(200), c = range(200) }\n  name = "${a}-${b}-${c}"\n}\n',
    },
    code: 'schema/invalid-name',
  },
  {
    name: 'functions that call one another',
    files: {
      'docker-bake.hcl': `${chain(1000, (i) => `function "f${i}" {\n  params = [x]\n  result = f${i + 1}(x)\n}\n`)}function "f1000" {\n  params = [x]\n  result = x\n}\n`,
    },
    code: 'graph/too-deep',
  },
  {
    name: 'references between blocks',
    files: {
      'docker-bake.hcl': chain(1000, (i) => `target "t${i}" {\n  context = target.t${i + 1}.context\n}\n`),
    },
    code: 'graph/too-deep',
  },
  { name: 'a range', files: value('length(range(0, 1e12))'), code: 'eval/call-failed' },
  {
    name: 'a product of sets',
    files: value('length(setproduct(range(1000), range(1000), range(1000)))'),
    code: 'eval/call-failed',
  },
  { name: 'the width of a format', files: value('format("%2147483647d", 1)'), code: 'eval/call-failed' },
  { name: 'an indentation', files: value('indent(2147483647, "a\\nb")'), code: 'eval/bad-argument' },
  { name: 'an exponent', files: value('1e999999999'), code: 'hcl/invalid-number' },
  { name: 'digits', files: value('1'.repeat(200_000)), code: 'hcl/invalid-number' },
  { name: 'the cost of a password', files: value('bcrypt("a", 31)'), code: 'eval/call-failed' },
  {
    name: 'levels of JSON text',
    files: value(`jsondecode("${'['.repeat(DEEP)}")`),
    code: 'eval/call-failed',
  },
  {
    name: 'groups of a pattern',
    files: value(`regex("${'('.repeat(5000)}", "a")`),
    code: 'eval/bad-argument',
  },
  {
    name: 'a text that doubles',
    files: doubled((v) => `"$\{${v}}$\{${v}}"`, '"0123456789"', 'v40'),
    code: 'eval/too-big',
  },
  {
    name: 'a list that doubles',
    files: doubled((v) => `[${v}, ${v}]`, '["x"]', 'jsonencode(v40)'),
    code: 'eval/too-big',
  },
  {
    name: 'an object that doubles',
    files: doubled((v) => `{ a = ${v}, b = ${v} }`, '{}', 'v40'),
    code: 'eval/too-big',
  },
  {
    name: 'a list in a list in a list',
    files: {
      'docker-bake.hcl': `v0 = ["x"]\n${chain(1100, (i) => `v${i + 1} = [v${i}]\n`)}target "default" {\n  args = { a = jsonencode(v1100) }\n}\n`,
    },
    code: 'eval/too-big',
  },
]

for (const { name, files, code } of cases) {
  test(`${name}: more than is accepted is a diagnostic`, async () => {
    const { status, codes } = await codesOf(files)
    assert.is(status, 1)
    assert.ok(codes.includes(code), `${codes.join(', ')} instead of ${code}`)
  })
}

test('loops inside of loops end', () => {
  const loops = '[for a in range(1000): [for b in range(1000): [for c in range(1000): c if false]]]'
  const [first] = problemsWithin(20_000, value(`length(${loops})`)['docker-bake.hcl'] ?? '')
  assert.match(first ?? '', 'Too much work')
})

test('functions that multiply their calls end', () => {
  const functions = chain(
    40,
    (i) => `function "f${i + 1}" {\n  params = [x]\n  result = f${i}(f${i}(x))\n}\n`,
  )
  const first = 'function "f0" {\n  params = [x]\n  result = x\n}\n'
  const found = problemsWithin(20_000, `${first}${functions}target "default" {\n  tags = [f40("a")]\n}\n`)
  assert.match(found[0] ?? '', 'Too much work')
})

test('what is long but flat is accepted', async () => {
  const sums = value(`${'1+'.repeat(5000)}1`)
  const links = chain(2000, (i) => `target "t${i}" {\n  inherits = ["t${i + 1}"]\n}\n`)
  const inherited = {
    'docker-bake.hcl': `${links}target "t2000" {}\ntarget "default" {\n  inherits = ["t0"]\n}\n`,
  }
  const spread = value('max([for i in range(1000): i]...)')
  for (const files of [sums, inherited, spread]) assert.is((await codesOf(files)).status, 0)
})

test.run()
