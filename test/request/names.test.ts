import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { normalizeContextName } from '../../src/request/context-name.ts'
import { contextKind, gitHost, hasGitQuery, isGitSsh, splitLayout } from '../../src/request/context-ref.ts'
import { baseOf, dirOf, dockerfilePath, resolvePath } from '../../src/request/paths.ts'
import { placePlatforms } from '../../src/request/placement.ts'
import { tagProblem } from '../../src/request/tag.ts'
import { CONTAINER } from './sample.ts'

const test = suite('request/names')

for (const [given, want] of [
  ['alpine', 'alpine'],
  ['docker.io/library/alpine:latest', 'alpine'],
  ['alpine:3.20', 'alpine:3.20'],
  ['docker.io/me/app', 'me/app'],
  ['reg.example/app:latest', 'reg.example/app'],
  ['alpine::linux/arm64', 'alpine::linux/arm64'],
] as const) {
  test(`the context name ${given} is looked up as ${want}`, () =>
    assert.is(normalizeContextName(given), want))
}

for (const [text, kind] of [
  ['.', 'local'],
  ['docker-image://alpine', 'image'],
  ['oci-layout://x', 'oci-layout'],
  ['target:a', 'target'],
  ['https://example.com/r.git#main', 'git'],
  ['git@example.com:o/r.git', 'git'],
  ['github.com/o/r', 'git'],
  ['https://example.com/x.tgz', 'http'],
  ['./git@x:y', 'local'],
] as const) {
  test(`the context ${text} is ${kind}`, () => assert.is(contextKind(text), kind))
}

test('git URLs tell their host, query and transport', () => {
  assert.is(gitHost('https://user@Example.com:8443/r.git'), 'example.com:8443')
  assert.is(gitHost('git@example.com:o/r'), 'example.com')
  assert.ok(hasGitQuery('https://example.com/r.git?ref=x#y'))
  assert.not(hasGitQuery('https://example.com/r.git#a?b'))
  assert.ok(isGitSsh('ssh://git@example.com/r'))
  assert.not(isGitSsh('https://example.com/r.git'))
})

test('an oci-layout reference splits into path, tag and digest', () => {
  assert.equal(splitLayout('oci-layout://a/b:v1@sha256:cc'), { path: 'a/b', tag: 'v1', digest: 'sha256:cc' })
  assert.equal(splitLayout('oci-layout:///x:y/z'), { path: '/x:y/z' })
})

test('paths resolve in both styles', () => {
  assert.is(resolvePath('/src', '../x/./y/'), '/x/y')
  assert.is(resolvePath('C:\\src', 'app'), 'C:\\src\\app')
  assert.is(dirOf('C:\\src\\D'), 'C:\\src')
  assert.is(baseOf('C:\\src\\D'), 'D')
  assert.is(dockerfilePath('/src', 'app', '../D'), '/src/D')
  assert.is(dockerfilePath('/src', 'app', 'cwd://D'), '/src/D')
})

for (const [tag, why] of [
  ['app', undefined],
  ['localhost:5000/a/b:t', undefined],
  ['[::1]:5000/a', undefined],
  ['a@sha256:0000000000000000000000000000000000000000000000000000000000000000', undefined],
  ['App', 'repository name must be lowercase'],
  ['a:b:c', 'invalid reference format'],
  ['a/-b', 'invalid reference format'],
  ['', 'repository name must have at least one component'],
] as const) {
  test(`the tag "${tag}" is ${why ?? 'fine'}`, () => assert.is(tagProblem(tag), why))
}

test('platforms go to the node that has them, then to one that can run them, then to the first', () => {
  const arm = { ...CONTAINER, platforms: ['linux/arm64'] }
  assert.equal(
    placePlatforms(
      ['linux/arm64', 'linux/amd64', 'linux/arm/v7', 'linux/s390x'],
      [CONTAINER, arm],
      'linux/amd64',
    ),
    [
      { node: 0, platforms: ['linux/amd64', 'linux/s390x'] },
      { node: 1, platforms: ['linux/arm64', 'linux/arm/v7'] },
    ],
  )
  assert.equal(placePlatforms(undefined, [CONTAINER, arm], 'linux/amd64'), [{ node: 0, platforms: [] }])
})

test.run()
