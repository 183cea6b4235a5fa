/**
 * Compares this program with the reference (docker-buildx) by what `bake --print` makes of definitions.
 *
 *   npm run oracle -- --fixtures                             every definition of fixtures/ and examples/
 *   npm run oracle -- --kind hcl|json|compose --count N --seed S   random definitions
 *   … --only I       one of them, shown with both outcomes
 *   … --report FILE  differences as JSON
 *   … --messages     counts and shows refusals whose first line differs, too
 *
 * The reference is the program named by BAKEKIT_REFERENCE: eval "$(scripts/engine env)".
 */
import { parseArgs } from 'node:util'
import type { Kind } from './oracle/case.ts'
import { compareFixtures } from './oracle/fixtures.ts'
import { Reference } from './oracle/reference.ts'
import { compareRandom, showOne } from './oracle/run.ts'

const { values } = parseArgs({
  options: {
    fixtures: { type: 'boolean' },
    kind: { type: 'string' },
    count: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    report: { type: 'string' },
    messages: { type: 'boolean', default: false },
    shrinks: { type: 'string', default: '12' },
  },
})

const program = process.env['BAKEKIT_REFERENCE'] ?? ''
if (program === '') {
  console.error('BAKEKIT_REFERENCE does not name the reference; run: eval "$(scripts/engine env)"')
  process.exit(2)
}
const reference = new Reference(program)
try {
  process.exitCode = await main()
} finally {
  await reference.close()
}

async function main(): Promise<number> {
  if (values.fixtures === true) return compareFixtures(program)
  const kind = values.kind
  if (kind !== 'hcl' && kind !== 'json' && kind !== 'compose') {
    console.error('name what to compare: --fixtures, or --kind hcl, json or compose')
    return 2
  }
  const plan = { kind: kind as Kind, seed: Number(values.seed), count: Number(values.count) }
  if (values.only !== undefined) return showOne(plan, Number(values.only), reference)
  return compareRandom(
    { ...plan, messages: values.messages, maxShrinks: Number(values.shrinks), report: values.report },
    reference,
  )
}
