import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { offsetMap, readStringText } from '../../../src/parser/json/string-text.ts'

const test = suite('parser/json/string-text')

const texts = [
  { name: 'plain text', raw: '"abc"', want: { text: 'abc' } },
  { name: 'the empty text', raw: '""', want: { text: '' } },
  { name: 'every short escape', raw: '"\\"\\\\\\/\\b\\f\\n\\r\\t"', want: { text: '"\\/\b\f\n\r\t' } },
  { name: 'code points', raw: '"\\u0041\\u00E9"', want: { text: 'Aé' } },
  { name: 'a pair of surrogates', raw: '"\\ud83d\\ude00"', want: { text: '😀' } },
  { name: 'a lone surrogate', raw: '"a\\ud800b"', want: { text: 'a\ufffdb' } },
  { name: 'an unknown escape', raw: '"a\\qb"', want: { wrongAfter: 4 } },
  { name: 'a short code point', raw: '"\\u12"', want: { wrongAfter: 6 } },
  { name: 'no closing quote', raw: '"abc', want: { wrongAfter: 4 } },
  { name: 'an escaped closing quote', raw: '"ab\\"', want: { wrongAfter: 5 } },
] as const
for (const c of texts) test(c.name, () => assert.equal(readStringText(c.raw), c.want))

const maps = [
  { name: 'without escapes', raw: '"abc"', want: [11, 12, 13, 14] },
  { name: 'around a short escape', raw: '"a\\nb"', want: [11, 12, 14, 15] },
  { name: 'around a code point', raw: '"a\\u0041b"', want: [11, 12, 18, 19] },
  { name: 'around a pair of surrogates', raw: '"\\ud83d\\ude00x"', want: [11, 17, 23, 24] },
  { name: 'an escaped quote', raw: '"\\"x"', want: [11, 13, 14] },
] as const
for (const c of maps) {
  test(`offsets ${c.name} lead to the file`, () => {
    const toFile = offsetMap(c.raw, 10)
    assert.equal(
      c.want.map((_, i) => toFile(i)),
      c.want,
    )
  })
}

test.run()
