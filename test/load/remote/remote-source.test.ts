import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { remoteSource, withoutPassword } from '../../../src/load/remote/remote-source.ts'

const test = suite('load/remote/remote-source')

const AUTH = { 'git.authtokensecret': 'GIT_AUTH_TOKEN', 'git.authheadersecret': 'GIT_AUTH_HEADER' }
const repo = 'https://example.com/o/r.git'
const sha = 'a'.repeat(40)

const git = [
  { name: 'the default branch', url: repo, id: 'git://example.com/o/r.git', full: repo },
  { name: 'a branch', url: `${repo}#dev`, id: 'git://example.com/o/r.git#dev', full: repo },
  { name: 'a branch with a slash', url: `${repo}#f%2Fx`, id: 'git://example.com/o/r.git#f/x', full: repo },
  { name: 'a subdirectory', url: `${repo}#:a/../b/`, id: 'git://example.com/o/r.git#:b', full: repo },
  { name: 'branch and subdirectory', url: `${repo}#v1:b`, id: 'git://example.com/o/r.git#v1:b', full: repo },
  { name: 'a tag by query', url: `${repo}?tag=v1`, id: 'git://example.com/o/r.git#refs/tags/v1', full: repo },
  {
    name: 'a branch and a subdirectory by query',
    url: `${repo}?branch=dev&subdir=b`,
    id: 'git://example.com/o/r.git#refs/heads/dev:b',
    full: repo,
  },
  {
    name: 'a commit, history kept, without submodules',
    url: `${repo}?checksum=${sha}&keep-git-dir=1&submodules=false&mtime=commit&fetch-by-commit`,
    id: 'git://example.com/o/r.git',
    full: repo,
    attrs: {
      'git.checksum': sha,
      'git.keepgitdir': 'true',
      'git.skipsubmodules': 'true',
      'git.mtime': 'commit',
      'git.fetchbycommit': 'true',
    },
  },
  {
    name: 'a port and a user',
    url: 'http://me:pw@example.com:8080/r.git',
    id: 'git://example.com:8080/r.git',
    full: 'http://me:pw@example.com:8080/r.git',
  },
  {
    name: 'the short form of one host',
    url: 'github.com/o/r#v1',
    id: 'git://github.com/o/r#v1',
    full: 'https://github.com/o/r',
  },
  {
    name: 'user@host:path',
    url: 'git@example.com:o/r.git#v1:b',
    id: 'git://example.com/o/r.git#v1:b',
    full: 'git@example.com:o/r.git',
    attrs: { 'git.mountsshsock': 'default' },
  },
  {
    name: 'ssh',
    url: 'ssh://git@example.com:22/o/r.git',
    id: 'git://example.com:22/o/r.git',
    full: 'ssh://git@example.com:22/o/r.git',
    attrs: { 'git.mountsshsock': 'default' },
  },
] as const

for (const row of git) {
  test(`a git URL with ${row.name}`, () => {
    const { value, diagnostics } = remoteSource(row.url)
    assert.equal(diagnostics, [])
    assert.is(value.kind, 'git')
    assert.equal(value.spec, {
      identifier: row.id,
      attrs: { 'git.fullurl': row.full, ...AUTH, ...('attrs' in row ? row.attrs : {}) },
      name: `[internal] load git source ${row.url}`,
    })
  })
}

const refused = [
  { query: 'zz=1', want: 'unexpected query "zz"' },
  { query: 'ref=', want: 'query "ref" has no value' },
  { query: 'ref=a&ref=b', want: 'query "ref" has multiple values' },
  { query: 'ref=a#b', want: 'ref conflicts: "b" vs "a"' },
  { query: 'subdir=a#:b', want: 'subdir conflicts: "b" vs "a"' },
  { query: 'tag=a&branch=b', want: 'branch conflicts with tag' },
  { query: 'tag=a#b', want: 'ref conflicts: "b" vs "refs/tags/a"' },
  { query: 'mtime=x', want: 'invalid mtime value: "x" (must be "checkout" or "commit")' },
  { query: 'submodules=x', want: 'invalid submodules value: "x"' },
  { query: 'keep-git-dir=x', want: 'invalid keep-git-dir value: "x"' },
] as const

for (const { query, want } of refused) {
  test(`the query ${query} is refused`, () => {
    const [problem] = remoteSource(`${repo}?${query}`).diagnostics
    assert.is(problem?.code, 'load/remote-url')
    assert.is(problem?.summary, want)
  })
}

test('any other http URL is one download', () => {
  const { value } = remoteSource('https://example.com/docker-bake.hcl?x=1')
  assert.equal(value, {
    kind: 'http',
    url: 'https://example.com/docker-bake.hcl?x=1',
    spec: {
      identifier: 'https://example.com/docker-bake.hcl?x=1',
      attrs: { 'http.filename': 'context' },
      name: '[internal] load remote build context',
    },
  })
})

const masked = [
  { url: 'https://me:pw@example.com/r.git', want: 'https://xxxxx:xxxxx@example.com/r.git' },
  { url: 'https://token@example.com/r.git', want: 'https://xxxxx@example.com/r.git' },
  { url: 'ssh://git@example.com/r.git', want: 'ssh://git@example.com/r.git' },
  { url: 'https://example.com/r.git', want: 'https://example.com/r.git' },
] as const

for (const { url, want } of masked)
  test(`${url} is shown as ${want}`, () => assert.is(withoutPassword(url), want))

test.run()
