/**
 * Feeds broken definitions to the parsers, the evaluation and the planner, and reports what throws, hangs or
 * takes too much memory.
 *
 *   npm run fuzz -- --seconds N --seed S [--parser hcl|json|compose|all] [--from I]
 *   npm run fuzz -- --seed S --parser P --only I    shows one input and what comes of it
 */
import { parseArgs } from 'node:util'
import { fuzzInput, readSeeds } from './fuzz/inputs.ts'
import { type FuzzFinding, fuzz } from './fuzz/watch.ts'
import type { Kind } from './oracle/case.ts'
import { runOurs } from './oracle/ours.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
    parser: { type: 'string', default: 'all' },
    only: { type: 'string' },
    from: { type: 'string', default: '0' },
  },
})

const ALL: readonly Kind[] = ['hcl', 'json', 'compose']
const kinds = values.parser === 'all' ? ALL : ALL.filter((kind) => kind === values.parser)
const seed = Number(values.seed)

if (kinds.length === 0) {
  console.error('--parser is hcl, json, compose or all')
  process.exitCode = 2
} else if (values.only !== undefined) {
  const index = Number(values.only)
  const input = fuzzInput(kinds[index % kinds.length] as Kind, seed, index, readSeeds())
  for (const [name, text] of Object.entries(input.files)) console.log(`--- ${name}\n${text}`)
  console.log('---', input.args.join(' '))
  console.log(await runOurs(input))
} else {
  const seen = new Map<string, number>()
  const inputs = await fuzz(
    { kinds, seed, seconds: Number(values.seconds), from: Number(values.from) },
    (finding) => show(finding, seen),
  )
  console.log(
    `${inputs} inputs, ${[...seen.values()].reduce((sum, n) => sum + n, 0)} findings of ${seen.size} kinds`,
  )
  process.exitCode = seen.size === 0 ? 0 : 1
}

/** Every kind of finding once in full; the same place in the code is the same kind. */
function show({ kind, index, what }: FuzzFinding, seen: Map<string, number>): void {
  const where = what.split('\n').filter((line) => /^\s+at /.test(line))
  const key = `${kind} ${where[0] ?? what.slice(0, 80)}`
  const times = (seen.get(key) ?? 0) + 1
  seen.set(key, times)
  if (times > 1) return
  const name = values.parser === 'all' ? 'all' : kinds.join()
  console.log(
    `${kind}: --parser ${name} --seed ${seed} --only ${index}\n${what.split('\n').slice(0, 8).join('\n')}`,
  )
}
