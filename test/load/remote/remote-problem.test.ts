import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cannotFetch } from '../../../src/load/remote/remote-problem.ts'
import { remoteSource } from '../../../src/load/remote/remote-source.ts'

const test = suite('load/remote/remote-problem')
const git = remoteSource('https://me:pw@example.com/r.git').value
const http = remoteSource('https://example.com/a.hcl').value

const cases = [
  {
    name: 'a named file that is missing',
    message: 'lstat nope.hcl: no such file or directory',
    source: git,
    names: ['nope.hcl'],
    code: 'load/missing-file',
    summary: 'failed to solve: lstat nope.hcl: no such file or directory',
    hint: /-f cwd:\/\/NAME/,
  },
  {
    name: 'a branch that is missing, with the usual names',
    message: 'repository does not contain ref nosuch, output: ""',
    source: git,
    names: [],
    code: 'load/remote-fetch',
    summary: "couldn't find a bake definition",
    hint: /branch, tag or commit/,
  },
  {
    name: 'a repository that wants a login',
    message: "fatal: could not read Username for 'https://example.com'",
    source: git,
    names: ['a.hcl'],
    code: 'load/remote-fetch',
    summary: "failed to solve: fatal: could not read Username for 'https://example.com'",
    hint: /BUILDX_BAKE_GIT_AUTH_TOKEN/,
  },
  {
    name: 'a URL with nothing behind it',
    message: 'failed to load cache key: invalid response status 404',
    source: http,
    names: [],
    code: 'load/remote-fetch',
    summary: 'failed to solve: failed to load cache key: invalid response status 404',
    hint: /nothing is there/,
  },
  {
    name: 'a host that cannot be reached',
    message: 'dial tcp 127.0.0.1:1: connect: connection refused',
    source: http,
    names: [],
    code: 'load/remote-fetch',
    summary: 'failed to solve: dial tcp 127.0.0.1:1: connect: connection refused',
    hint: /can reach the host/,
  },
] as const

for (const row of cases) {
  test(row.name, () => {
    const problem = cannotFetch(row.message, row.source, row.names)
    assert.is(problem.code, row.code)
    assert.is(problem.summary, row.summary)
    assert.match(problem.hints?.[0] ?? '', row.hint)
    assert.not.match(problem.detail ?? '', /pw/)
  })
}

test.run()
