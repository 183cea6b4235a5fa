import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { gitAuth, gitSsh } from '../../../src/load/remote/git-auth.ts'

const test = suite('load/remote/git-auth')
const url = 'https://example.com:8443/r.git'

test('token and header become secrets of the host, whatever the case of the variable', () => {
  const env = { buildx_bake_git_auth_token: 'a', BUILDX_BAKE_GIT_AUTH_HEADER: 'b' }
  assert.equal(gitAuth(url, 'Example.com:8443', env), {
    host: 'example.com:8443',
    secrets: [
      { id: 'GIT_AUTH_TOKEN.Example.com:8443', env: 'buildx_bake_git_auth_token' },
      { id: 'GIT_AUTH_HEADER.Example.com:8443', env: 'BUILDX_BAKE_GIT_AUTH_HEADER' },
    ],
  })
})

test('a variable with a host behind its name is another one', () => {
  assert.is(gitAuth(url, 'example.com', { 'BUILDX_BAKE_GIT_AUTH_TOKEN.example.com': 'a' }), undefined)
})

test('the short form of one host gets no secrets', () => {
  assert.is(gitAuth('github.com/o/r', 'github.com', { BUILDX_BAKE_GIT_AUTH_TOKEN: 'a' }), undefined)
})

const agents = [
  { name: 'no variable means the agent of SSH_AUTH_SOCK', env: {}, want: [] },
  { name: 'several paths', env: { BUILDX_BAKE_GIT_SSH: '/a,/b' }, want: ['/a', '/b'] },
] as const
for (const { name, env, want } of agents) {
  test(`ssh: ${name}`, () => assert.equal(gitSsh(env), [{ id: 'default', paths: want }]))
}

test.run()
