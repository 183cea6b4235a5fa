import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { fuzzInput, readSeeds } from '../../scripts/fuzz/inputs.ts'
import type { Kind } from '../../scripts/oracle/case.ts'
import { runOurs } from '../../scripts/oracle/ours.ts'

const test = suite('fuzz')
const seeds = readSeeds()
const kinds: readonly Kind[] = ['hcl', 'json', 'compose']

/** Enough to notice a broken harness and gross defects; `npm run fuzz` looks for the others. */
const INPUTS = 15

for (const kind of kinds) {
  test(`${kind}: broken definitions are refused or planned, never a defect`, async () => {
    for (let index = 0; index < INPUTS; index++) {
      const input = fuzzInput(kind, 7, index, seeds)
      const outcome = await runOurs(input)
      assert.not.match(outcome.error, /^exit /, `npm run fuzz -- ${input.label}`)
    }
  })

  test(`${kind}: an input is the same every time`, () => {
    assert.equal(fuzzInput(kind, 7, 3, seeds), fuzzInput(kind, 7, 3, readSeeds()))
  })
}

test.run()
