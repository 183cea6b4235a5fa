import { commandArguments } from './arguments.ts'
import type { Kind, OracleCase } from './case.ts'
import { composeCase } from './compose.ts'
import { type Definition, definition } from './definition.ts'
import { ExpressionMaker } from './expression.ts'
import { mutate } from './mutate.ts'
import { Random } from './random.ts'
import { heredoc } from './template.ts'
import { expression, type Item, object, type Tree, toHcl, toJson } from './tree.ts'

/** What the generated definitions may find in the environment. */
const ENV = { SECRET_A: 'sa', SECRET_B: 'sb', FROM_ENV: 'from env' }

/** Expressions that share one file: one run of the reference then answers all of them. */
const BATCH = 16

/** Case number `index` of a seed. */
export function generate(kind: Kind, seed: number, index: number): OracleCase {
  const random = new Random(seed * 1_000_003 + index)
  const label = `--kind ${kind} --seed ${seed} --only ${index}`
  const made =
    kind === 'compose'
      ? composeCase(random)
      : random.weighted<Omit<OracleCase, 'label'>>([
          [4, () => expressionBatch(random, kind)],
          [1.5, () => oneExpression(random, kind)],
          [5, () => wholeDefinition(random, kind)],
          [1, () => twoFiles(random, kind)],
        ])
  const files = random.chance(0.15) ? mutateOne(made.files, random) : made.files
  return { ...made, label, files, env: { ...ENV, ...made.env } }
}

/** Values that fail by themselves do not hide the others: `try` gives a mark instead. */
function expressionBatch(random: Random, kind: 'hcl' | 'json'): Omit<OracleCase, 'label'> {
  const make = new ExpressionMaker(random)
  const entries = Array.from({ length: BATCH }, (_, i): readonly [string, Item] => {
    const one = make.any(random.int(1, 4))
    const text = random.chance(0.75) ? `try(jsonencode(${one}), "fails")` : `try("<$\{${one}}>", "fails")`
    return [`v${i}`, expression(text)]
  })
  return single(kind, { attributes: [['args', object(entries)]], blocks: [] }, random)
}

function oneExpression(random: Random, kind: 'hcl' | 'json'): Omit<OracleCase, 'label'> {
  const make = new ExpressionMaker(random)
  const text = kind === 'hcl' && random.chance(0.4) ? heredoc(make, 2) : make.any(random.int(1, 4))
  const attribute = random.pick(['description', 'tags', 'args', 'target'])
  const value = attribute === 'args' ? object([['v', expression(text)]]) : expression(text)
  return single(kind, { attributes: [[attribute, value]], blocks: [] }, random)
}

function single(kind: 'hcl' | 'json', target: Tree, random: Random): Omit<OracleCase, 'label'> {
  const tree: Tree = { attributes: [], blocks: [['target', 'default', target]] }
  return { files: { [fileName(kind)]: render(kind, tree, random) }, args: [], env: {} }
}

function wholeDefinition(random: Random, kind: 'hcl' | 'json'): Omit<OracleCase, 'label'> {
  const made = definition(random)
  return {
    files: { [fileName(kind)]: render(kind, made.tree, random) },
    args: commandArguments(random, made.targets),
    env: made.env,
  }
}

/** The second file repeats names of the first, so that they merge. */
function twoFiles(random: Random, kind: 'hcl' | 'json'): Omit<OracleCase, 'label'> {
  const [first, second]: [Definition, Definition] = [definition(random), definition(random)]
  const other = random.chance(0.5) ? kind : kind === 'hcl' ? 'json' : 'hcl'
  return {
    files: {
      [fileName(kind)]: render(kind, first.tree, random),
      [`over.${other}`]: render(other, second.tree, random),
    },
    args: commandArguments(random, [...first.targets, ...second.targets]),
    env: { ...first.env, ...second.env },
  }
}

function fileName(kind: 'hcl' | 'json'): string {
  return `docker-bake.${kind}`
}

function render(kind: 'hcl' | 'json', tree: Tree, random: Random): string {
  if (kind === 'json') return toJson(tree, { arrays: random.chance(0.3), comments: random.chance(0.2) })
  const text = toHcl(tree)
  return random.chance(0.05) ? text.replaceAll('\n', '\r\n') : text
}

function mutateOne(files: OracleCase['files'], random: Random): OracleCase['files'] {
  const name = random.pick(Object.keys(files))
  return { ...files, [name]: mutate(files[name] as string, random) }
}
