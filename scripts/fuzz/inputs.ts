import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Kind, OracleCase } from '../oracle/case.ts'
import { generate } from '../oracle/generate.ts'
import { mutate } from '../oracle/mutate.ts'
import { Random } from '../oracle/random.ts'
import { SNIPPETS } from './snippets.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

/** A mutated text may not grow beyond this; larger ones only make the run slower. */
const MAX_LENGTH = 200_000

/** Texts that mutations start from, by kind. */
export type Seeds = Readonly<Record<Kind, readonly string[]>>

/** Definitions below fixtures/ and examples/, and small texts of our own. */
export function readSeeds(): Seeds {
  const found = ['fixtures', 'examples']
    .flatMap((top) => readdirSync(join(root, top), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  const texts = (ending: RegExp): string[] =>
    found.filter((path) => ending.test(path)).map((path) => readFileSync(path, 'utf8'))
  return {
    hcl: [...texts(/\.hcl$/), ...SNIPPETS.hcl],
    json: [...texts(/bake[^/]*\.json$/), ...SNIPPETS.json],
    compose: [...texts(/\.ya?ml$/), ...SNIPPETS.compose],
  }
}

const FILE: Readonly<Record<Kind, string>> = {
  hcl: 'docker-bake.hcl',
  json: 'docker-bake.json',
  compose: 'compose.yaml',
}

/** Input number `index` of a seed: the same every time. */
export function fuzzInput(kind: Kind, seed: number, index: number, seeds: Seeds): OracleCase {
  const random = new Random(seed * 999_983 + index)
  const label = `--parser ${kind} --seed ${seed} --only ${index}`
  const own = random.chance(0.35)
  const base = own
    ? generate(kind, seed, index)
    : { files: { [FILE[kind]]: random.pick(seeds[kind]) }, args: [], env: {} }
  const names = Object.keys(base.files)
  const name = random.pick(names)
  const text = spoil(base.files[name] as string, random, seeds[kind]).slice(0, MAX_LENGTH)
  // A name without a known ending makes all three parsers try.
  const as = random.chance(0.04) ? 'definition' : name
  const files = Object.fromEntries(
    names.map((one) => (one === name ? [as, text] : [one, base.files[one] as string])),
  )
  const args = own ? base.args : random.chance(0.3) ? ['*'] : []
  return { ...base, label, files, args, env: { ...base.env, DEBUG: '1' } }
}

function spoil(text: string, random: Random, others: readonly string[]): string {
  let result = text
  for (const _ of random.list(1, 3, () => 0)) {
    result = random.weighted<string>([
      [8, () => mutate(result, random)],
      [2, () => splice(result, random.pick(others), random)],
      [1, () => repeated(result, random)],
      [1, () => nested(result, random)],
      [1, () => characters(result, random)],
    ])
  }
  return result
}

function splice(text: string, other: string, random: Random): string {
  const at = random.int(0, text.length)
  const from = random.int(0, other.length)
  return text.slice(0, at) + other.slice(from, from + random.int(1, 400)) + text.slice(at + random.int(0, 50))
}

/** A stretch of the text many times over. */
function repeated(text: string, random: Random): string {
  const at = random.int(0, text.length)
  const piece = text.slice(at, at + random.int(1, 60))
  return text.slice(0, at) + piece.repeat(random.pick([3, 30, 300, 3000])) + text.slice(at)
}

const OPENERS = [
  '(',
  '[',
  '{',
  '{a=',
  '${',
  '"${',
  '[for x in ',
  '!',
  '-',
  'a.',
  'a[',
  'f(',
  '%{if a}',
  'x?',
  '{"a":',
  '[[',
  '- ',
  '? ',
  'a: ',
  '&a ',
  '*a ',
  '<<E\n',
  'true?1:',
  '/*',
  ' ',
  '\t',
  '{a: ',
  '!!map ',
  '"',
  '\\',
  '..',
  '1+',
  '1e9',
  '9',
]

/** Something that opens a level, put in deeply, with or without its ends. */
function nested(text: string, random: Random): string {
  const at = random.int(0, text.length)
  const depth = random.pick([5, 50, 300, 2000, 12_000])
  const opener = random.pick(OPENERS)
  const closer = random.chance(0.5) ? random.pick([')', ']', '}', '}"', ' in x : x]', '%{endif}', ':1']) : ''
  return text.slice(0, at) + opener.repeat(depth) + closer.repeat(depth) + text.slice(at)
}

function characters(text: string, random: Random): string {
  const list = [...text]
  for (const _ of random.list(1, 12, () => 0)) {
    const point = random.pick([
      random.int(0, 127),
      random.int(0, 0x2ff),
      random.int(0, 0xffff),
      random.int(0x10000, 0x10ffff),
    ])
    list[random.int(0, list.length)] = String.fromCodePoint(point)
  }
  return list.join('')
}
