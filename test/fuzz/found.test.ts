import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { graphemeCount, graphemes } from '../../src/core/text/grapheme.ts'
import { evaluate } from '../../src/library/hcl.ts'
import { bakeText } from '../planner/bake-text.ts'

const test = suite('fuzz/found')

/** Smallest inputs of what comparing with the reference showed; the wanted results are the reference's. */
const cases: readonly (readonly [expression: string, want: string | undefined])[] = [
  ['jsonencode(-0 % -1)', '0'],
  ['jsonencode(-0 % 1)', '-0'],
  ['jsonencode(ceil(-0))', '0'],
  ['jsonencode(floor(-0))', '0'],
  ['jsonencode(int(-0))', '-0'],
  ['jsonencode(5 % (1 / 0))', undefined],
  ['jsonencode((1 / 0) % 5)', undefined],
  ['jsonencode(modulo(5, 1 / 0))', undefined],
  ['jsonencode(setunion([0, -0], [1, -1]))', '[-1,-0,0,1]'],
  ['jsonencode(setsubtract([-0], [0]))', '[-0]'],
  ['jsonencode(sethaselement([-0], 0))', 'false'],
  ['jsonencode(false ? {} : { b = true, c = "x", d = null })', '{"b":"true","c":"x","d":null}'],
  ['jsonencode(false ? {} : { b = [""], c = "x", d = null })', undefined],
  ['jsonencode(false ? {} : { b = 1, c = true, d = null })', undefined],
  ['jsonencode(setunion([null], ["a"]))', '["a",null]'],
  ['jsonencode(setunion([null], [{ a = 1 }]))', undefined],
  ['jsonencode(setintersection([null], [{ a = 1 }], []))', undefined],
  ['jsonencode(setproduct([1, null], ["a"]))', '[[1,"a"],[null,"a"]]'],
  ['jsonencode(setproduct([{ a = 1 }, null], ["a"]))', undefined],
]

for (const [expression, want] of cases) {
  test(`${expression} ${want === undefined ? 'fails' : `is ${want}`}`, () => {
    const found = evaluate(expression)
    assert.is(found.ok ? found.value : undefined, want)
  })
}

test('of several blocks of one name the one evaluated last is seen', () => {
  const text =
    'target "h" {}\ntarget "h" {\n  args = { E = "e" }\n}\ntarget "default" {\n  args = target.h.args\n}\n'
  const { json } = bakeText({ hcl: text })
  assert.equal(json?.target['default'], { context: '.', dockerfile: 'Dockerfile', args: { E: 'e' } })
})

test('clusters are the same where a long text is cut into windows', () => {
  const family = '👨‍👩‍👧'
  for (const lead of [1019, 1020, 1021, 1022, 1023, 1024]) {
    const text = `é${'x'.repeat(lead)}${family}e\u0301\r\n🇩🇪🇫🇷${'y'.repeat(1000)}`
    assert.is(graphemeCount(text), 1 + lead + 5 + 1000)
    assert.equal(graphemes(text).slice(1 + lead, 6 + lead), [family, 'e\u0301', '\r\n', '🇩🇪', '🇫🇷'])
  }
})

test('a long line with one wide character is counted at once', () => {
  assert.is(graphemeCount(`👨${'['.repeat(200_000)}`), 200_001)
})

test.run()
