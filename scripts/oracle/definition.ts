import { ExpressionMaker, type Names, NO_NAMES } from './expression.ts'
import type { Random } from './random.ts'
import { FIELDS } from './target-fields.ts'
import { TARGETS, VARIABLES } from './texts.ts'
import { expression, type Item, keyword, list, object, type Tree } from './tree.ts'

/** A definition that has no syntax yet, and what its variables may be set to. */
export interface Definition {
  readonly tree: Tree
  readonly env: Readonly<Record<string, string>>
  readonly targets: readonly string[]
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] }
type Attributes = Mutable<Tree>['attributes']
type Blocks = Mutable<Tree>['blocks']

/** Variables, functions, globals, targets and groups that mostly make sense together. */
export function definition(random: Random): Definition {
  const keywords = new Set(['string', 'number', 'bool', 'any'])
  const attributes: Attributes = []
  const blocks: Blocks = []
  const env: Record<string, string> = {}
  let names: Names = NO_NAMES
  const maker = (): ExpressionMaker => new ExpressionMaker(random, names, keywords)
  for (const name of random.some(VARIABLES, 0.35)) {
    const made = variable(name, maker())
    blocks.push(['variable', name, made.body])
    Object.assign(env, random.chance(0.12) ? envOf(name, random) : {})
    names = { ...names, [made.holds]: [...names[made.holds], name] }
  }
  for (const name of random.some(['g1', 'g_two'], 0.25)) {
    attributes.push([name, expression(random.chance(0.8) ? `try(${maker().any(2)}, 1)` : maker().any(2))])
    names = { ...names, any: [...names.any, name] }
  }
  for (const name of random.some(['f', 'tag', 'upper'], 0.2)) {
    const made = userFunction(maker())
    blocks.push(['function', name, made.body])
    if (name !== 'upper') names = { ...names, functions: [...names.functions, { name, count: made.count }] }
  }
  const targets = random.list(1, 4, () => random.pick(TARGETS))
  for (const name of targets) blocks.push(['target', name, target(maker(), targets)])
  for (const name of random.some(['default', 'g', 'all'], 0.3))
    blocks.push(['group', name, group(random, targets)])
  if (random.chance(0.1)) random.pick([1, 2]) === 1 ? blocks.reverse() : blocks.push(...blocks.slice(-1))
  return { tree: { attributes, blocks }, env, targets }
}

type Holds = 'text' | 'number' | 'bool' | 'list' | 'object' | 'any'

const TYPES: readonly (readonly [type: string, holds: Holds, sample: string])[] = [
  ['string', 'text', '"s"'],
  ['number', 'number', '"2.50"'],
  ['bool', 'bool', '"1"'],
  ['list(string)', 'list', '["p", 2, true]'],
  ['list(number)', 'list', '[3, "1"]'],
  ['set(string)', 'list', '["b", "a", "b"]'],
  ['set(number)', 'list', '[10, 9, 9.0]'],
  ['map(string)', 'object', '{ z = 1, a = "x" }'],
  ['map(number)', 'object', '{ a = "1e3" }'],
  ['tuple([string, number])', 'list', '[1, "2"]'],
  ['object({ a = string, b = optional(number) })', 'object', '{ a = 1, c = 3 }'],
  ['list(object({ a = string }))', 'list', '[{ a = 1, b = 2 }]'],
  ['any', 'any', '[1, "x"]'],
  ['map(list(bool))', 'object', '{ k = ["true", false] }'],
]

function variable(name: string, make: ExpressionMaker): { readonly body: Tree; readonly holds: Holds } {
  const { random } = make
  const attributes: Attributes = []
  const blocks: Blocks = []
  const [type, typed, sample] = random.pick(TYPES)
  const holds = random.chance(0.4)
    ? typed
    : random.pick(['text', 'number', 'bool', 'list', 'object'] as const)
  if (holds === typed && random.chance(0.7)) attributes.push(['type', keyword(type)])
  const noDefault = random.chance(0.12)
  if (!noDefault) {
    const fits = attributes.length > 0 && random.chance(0.85)
    attributes.push(['default', expression(fits ? sample : defaultOf(make, holds))])
  }
  if (random.chance(0.1)) attributes.push(['description', expression('"words"')])
  if (random.chance(0.2)) {
    const condition = random.pick([
      `${name} != ""`,
      'true',
      `length("\${${name}}x") > 0`,
      `can(${name})`,
      `${name} == ${name}`,
      'null',
      '1',
    ])
    const body: Attributes = [['condition', expression(condition)]]
    if (random.chance(0.85)) body.push(['error_message', expression(`"bad \${jsonencode(${name})}"`)])
    blocks.push(['validation', undefined, { attributes: body, blocks: [] }])
  }
  return { body: { attributes, blocks }, holds: noDefault ? 'any' : holds }
}

function defaultOf(make: ExpressionMaker, holds: Holds): string {
  const { random } = make
  if (random.chance(0.04)) return random.pick(['null', make.any(1)])
  if (random.chance(0.7)) return `try(${make[holds](2)}, ${make[holds](0)})`
  const depth = random.chance(0.6) ? 0 : 2
  return holds === 'any' ? make.any(depth) : make[holds](depth)
}

function envOf(name: string, random: Random): Record<string, string> {
  const value = random.pick([
    '',
    'x',
    '1',
    '2.50',
    '1e3',
    'true',
    'no',
    'a,b',
    'k:v,l:w',
    '"q,r",s',
    '12345678901234567890123',
    '0x10',
    '1_000',
    'é',
    'a"b',
    'Inf',
    ' 1',
  ])
  const json = random.pick([
    '"b"',
    '["x","y"]',
    '{"a":"1","b":2}',
    '[{"a":1}]',
    'null',
    '12',
    'true',
    '{',
    '["x",3]',
    '{"k":[true]}',
  ])
  if (random.chance(0.3)) return { [`${name}_JSON`]: json, ...(random.chance(0.3) ? { [name]: value } : {}) }
  return { [name]: value }
}

function userFunction(make: ExpressionMaker): { readonly body: Tree; readonly count: number } {
  const { random } = make
  const params = random.some(['x', 'y'], 0.6)
  const variadic = random.chance(0.2)
  const inner = make.with({ any: params, text: params, number: params, list: variadic ? ['rest'] : [] })
  // Type keywords have no meaning in a function (spec bake 14, trap 34).
  const plain = new ExpressionMaker(random, inner.names, new Set())
  const attributes: Attributes = [['params', list(params.map(keyword))]]
  if (variadic) attributes.push(['variadic_params', keyword('rest')])
  attributes.push(['result', expression(plain.any(2))])
  return { body: { attributes, blocks: [] }, count: params.length }
}

function target(make: ExpressionMaker, targets: readonly string[]): Tree {
  const { random } = make
  const attributes: Attributes = []
  let inner = make
  if (random.chance(0.15)) {
    const made = matrix(make)
    attributes.push(...made.attributes)
    inner = make.with({ text: made.axes, any: made.axes })
  }
  const wanted = random.int(0, 5)
  const total = FIELDS.reduce((sum, [, weight]) => sum + weight, 0)
  const fields = FIELDS.filter(([, weight]) => random.chance((wanted * weight) / total))
  for (const [name, , field] of fields) attributes.push([name, field(inner)])
  if (random.chance(0.1)) {
    const other = random.pick(targets)
    const [name, attribute] = random.pick([
      ['target', 'target'],
      ['tags', 'tags'],
      ['args', 'args'],
      ['context', 'context'],
      ['dockerfile', 'name'],
      ['labels', 'args'],
      ['cache-from', 'tags'],
      ['description', 'description'],
    ] as const)
    if (!attributes.some(([one]) => one === name)) {
      attributes.push([name, expression(`target.${other}.${attribute}`)])
    }
  }
  return { attributes, blocks: [] }
}

function matrix(make: ExpressionMaker): {
  readonly attributes: Attributes
  readonly axes: readonly string[]
} {
  const { random } = make
  const axes = random.some(['v', 'os'], 0.7)
  const axis = (): Item =>
    random.weighted<Item>([
      [
        6,
        () =>
          list(random.list(1, 3, () => expression(random.pick(['"1"', '"2"', '"a"', '"b"', '3', '"x-y"'])))),
      ],
      [1, () => expression('{ k = "p", l = "q" }')],
      [0.3, () => expression(make.any(1))],
      [0.5, () => expression('[{ f = "m" }, { f = "n" }]')],
      [0.3, () => list([])],
    ])
  const attributes: Attributes = [['matrix', object(axes.map((name) => [name, axis()]))]]
  const parts = axes.map((name) =>
    random.pick([`\${${name}}`, `\${${name}}`, `\${sanitize(${name})}`, `\${replace(${name}, ".", "-")}`]),
  )
  if (random.chance(0.85))
    attributes.push(['name', expression(`"${random.pick(['app', 'a', 't'])}-${parts.join('-')}"`)])
  return { attributes, axes }
}

function group(random: Random, targets: readonly string[]): Tree {
  const members = random.list(0, 4, () =>
    random.pick([
      ...targets,
      ...targets,
      ...targets,
      'g',
      'all',
      random.chance(0.1) ? 'nowhere' : (targets[0] as string),
    ]),
  )
  const attributes: Attributes = [
    [
      'targets',
      random.chance(0.95)
        ? list(members.map((name) => expression(JSON.stringify(name))))
        : expression('null'),
    ],
  ]
  if (random.chance(0.1)) attributes.push(['description', expression('"group"')])
  return { attributes, blocks: [] }
}
