import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isDigest, parseDigest } from '../../../src/core/oci/digest.ts'
import {
  familiarName,
  formatReference,
  parseReference,
  withDefaultTag,
} from '../../../src/core/oci/reference.ts'

const test = suite('core/oci/reference')
const sha = `sha256:${'a'.repeat(64)}`

const good = [
  ['alpine', 'docker.io/library/alpine', 'alpine'],
  ['alpine:3.20', 'docker.io/library/alpine:3.20', 'alpine:3.20'],
  ['me/app', 'docker.io/me/app', 'me/app'],
  ['index.docker.io/library/alpine', 'docker.io/library/alpine', 'alpine'],
  ['docker.io/alpine', 'docker.io/library/alpine', 'alpine'],
  ['localhost/app', 'localhost/app', 'localhost/app'],
  ['localhost:5000/a/b:t', 'localhost:5000/a/b:t', 'localhost:5000/a/b:t'],
  ['[::1]:5000/app', '[::1]:5000/app', '[::1]:5000/app'],
  ['ghcr.io/o/r__x-y.z', 'ghcr.io/o/r__x-y.z', 'ghcr.io/o/r__x-y.z'],
  ['MyHost/app', 'MyHost/app', 'MyHost/app'],
  [`alpine@${sha}`, `docker.io/library/alpine@${sha}`, `alpine@${sha}`],
  [`alpine:1@${sha}`, `docker.io/library/alpine:1@${sha}`, `alpine:1@${sha}`],
] as const
for (const [text, full, familiar] of good) {
  test(`${text} is read`, () => {
    const parsed = parseReference(text)
    if (!parsed.ok) throw new Error(parsed.message)
    assert.is(formatReference(parsed.value), full)
    assert.is(familiarName(parsed.value), familiar)
  })
}

const bad = [
  ['', 'invalid reference format'],
  ['a b', 'invalid reference format'],
  ['app:', 'invalid reference format'],
  ['app:.x', 'invalid reference format'],
  ['a//b', 'invalid reference format'],
  ['-app', 'invalid reference format'],
  ['me/App', 'invalid reference format: repository name (me/App) must be lowercase'],
  ['App', 'invalid reference format: repository name (library/App) must be lowercase'],
  ['a'.repeat(64), `invalid repository name (${'a'.repeat(64)}), cannot specify 64-byte hexadecimal strings`],
  [`app@sha256:${'a'.repeat(40)}`, 'invalid checksum digest length'],
  [`x/${'a'.repeat(300)}`, 'repository name must not be more than 255 characters'],
] as const
for (const [text, message] of bad) {
  test(`"${text.slice(0, 20)}" is refused`, () => assert.equal(parseReference(text), { ok: false, message }))
}

test('only a bare name gets the tag latest', () => {
  const named = (text: string): string => {
    const parsed = parseReference(text)
    return parsed.ok ? formatReference(withDefaultTag(parsed.value)) : parsed.message
  }
  assert.is(named('alpine'), 'docker.io/library/alpine:latest')
  assert.is(named('alpine:3'), 'docker.io/library/alpine:3')
  assert.is(named(`alpine@${sha}`), `docker.io/library/alpine@${sha}`)
})

test('digests are checked by algorithm', () => {
  assert.ok(isDigest(sha))
  assert.not(isDigest(sha.toUpperCase()))
  assert.equal(parseDigest('md5:abc'), { ok: false, message: 'unsupported digest algorithm' })
  assert.equal(parseDigest('nonsense'), { ok: false, message: 'invalid checksum digest format' })
})

test.run()
