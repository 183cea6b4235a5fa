import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  canRun,
  formatPlatform,
  matchesStrict,
  type Platform,
  parsePlatform,
} from '../../../src/core/oci/platform.ts'

const test = suite('core/oci/platform')
const arm64: Platform = { os: 'linux', architecture: 'arm64' }
const p = (text: string): Platform => {
  const parsed = parsePlatform(text, arm64)
  if (!parsed.ok) throw new Error(parsed.message)
  return parsed.value
}

const good = [
  ['linux/amd64', 'linux/amd64'],
  ['Linux/X86_64', 'linux/amd64'],
  ['linux/amd64/v1', 'linux/amd64'],
  ['linux/amd64/v3', 'linux/amd64/v3'],
  ['linux/arm64/v8', 'linux/arm64'],
  ['linux/aarch64', 'linux/arm64'],
  ['linux/arm', 'linux/arm/v7'],
  ['linux/arm/6', 'linux/arm/v6'],
  ['linux/armhf', 'linux/arm/v7'],
  ['linux/armel', 'linux/arm/v6'],
  ['linux/i386', 'linux/386'],
  ['macos/arm64', 'darwin/arm64'],
  ['windows(10.0.17763)/amd64', 'windows(10.0.17763)/amd64'],
  ['linux', 'linux/arm64'],
  ['amd64', 'linux/amd64'],
  ['riscv64', 'linux/riscv64'],
] as const
for (const [text, want] of good) test(`${text} is ${want}`, () => assert.is(formatPlatform(p(text)), want))

const bad = [
  ['foo/bar/baz/q', '"foo/bar/baz/q": cannot parse platform specifier: invalid argument'],
  ['foo', '"foo": unknown operating system or architecture: invalid argument'],
  ['linux/*', '"linux/*": wildcards not yet supported: invalid argument'],
  [
    'linux/a b',
    '"a b" is an invalid component of "linux/a b": platform specifier component must match "^[A-Za-z0-9_.-]+$": invalid argument',
  ],
] as const
for (const [text, message] of bad) {
  test(`${text} is refused`, () => assert.equal(parsePlatform(text), { ok: false, message }))
}

const pairs = [
  ['linux/arm64/v8', 'linux/arm64', true, true],
  ['linux/amd64', 'linux/386', false, true],
  ['linux/amd64/v3', 'linux/amd64/v2', false, true],
  ['linux/amd64', 'linux/amd64/v2', false, false],
  ['linux/arm64', 'linux/arm/v7', false, true],
  ['linux/arm/v7', 'linux/arm/v6', false, true],
  ['linux/arm/v6', 'linux/arm/v7', false, false],
  ['linux/amd64', 'windows/amd64', false, false],
  ['linux/386', 'linux/amd64', false, false],
] as const
for (const [host, wanted, strict, runs] of pairs) {
  test(`${host} and ${wanted}`, () => {
    assert.is(matchesStrict(p(host), p(wanted)), strict)
    assert.is(canRun(p(host), p(wanted)), runs)
  })
}

test.run()
