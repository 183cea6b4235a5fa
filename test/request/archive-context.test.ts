import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { toRequests } from '../../src/request/to-requests.ts'
import { CLASSIC, planOf, SETTINGS } from './sample.ts'

const test = suite('request/archive-context')
const url = 'https://example.com/a.tgz'
const part = { url, dir: 'sub' }

const cases = [
  {
    name: 'a directory of an archive is the context and holds the Dockerfile',
    fields: { context: `${url}#:sub` },
    archives: [
      { name: 'context', ...part },
      { name: 'dockerfile', ...part },
    ],
    attrs: { context: undefined, dockerfilekey: undefined, filename: 'Dockerfile' },
  },
  {
    name: 'a Dockerfile of this machine stays one',
    fields: { context: `${url}#:sub`, dockerfile: 'cwd://D' },
    archives: [{ name: 'context', ...part }],
    attrs: { dockerfilekey: 'dockerfile', filename: 'D' },
  },
  {
    name: 'a directory of an archive as a named context',
    fields: { context: url, contexts: new Map([['x', `${url}#:sub`]]) },
    archives: [{ name: 'x', ...part }],
    attrs: { context: url, 'context:x': 'input:x' },
  },
  {
    name: 'a whole archive needs no input',
    fields: { context: url },
    archives: undefined,
    attrs: { context: url },
  },
] as const

for (const { name, fields, archives, attrs } of cases) {
  test(name, () => {
    const { value } = toRequests(planOf({ t: { fields } }), [CLASSIC], SETTINGS)
    assert.equal(value[0]?.archives, archives)
    for (const [key, want] of Object.entries(attrs)) assert.is(value[0]?.frontendAttrs[key], want, key)
  })
}

test('secrets of a git definition go to targets on its host and port only', () => {
  const gitAuth = { host: 'example.com:8443', secrets: [{ id: 'GIT_AUTH_TOKEN.example.com:8443', env: 'T' }] }
  const contexts = {
    same: 'https://Example.com:8443/o.git',
    port: 'https://example.com/o.git',
    host: 'https://example.org:8443/o.git',
    here: '.',
  }
  const plan = planOf(
    Object.fromEntries(Object.entries(contexts).map(([name, context]) => [name, { fields: { context } }])),
  )
  const { value } = toRequests(plan, [CLASSIC], { ...SETTINGS, gitAuth })
  assert.equal(
    value.filter((request) => request.secrets.length > 0).map((request) => request.target),
    ['same'],
  )
})

test.run()
