import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { newRef } from '../../../src/buildkit/wire/ref.ts'

const test = suite('buildkit/wire/ref')

for (const byte of [0, 1, 128, 255]) {
  test(`sixteen bytes of ${byte} are the same number in 25 characters of base 36`, () => {
    const ref = newRef((count) => new Uint8Array(count).fill(byte))
    assert.match(ref, /^[0-9a-z]{25}$/)
    const number = [...ref].reduce((sum, char) => sum * 36n + BigInt(Number.parseInt(char, 36)), 0n)
    assert.is(number, BigInt(`0x${byte.toString(16).padStart(2, '0').repeat(16)}`))
  })
}

test.run()
