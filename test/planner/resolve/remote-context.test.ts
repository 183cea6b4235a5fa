import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Plan } from '../../../src/planner/plan.ts'
import { plannedContext, withRemoteContexts } from '../../../src/planner/resolve/remote-context.ts'

const test = suite('planner/resolve/remote-context')
const git = 'https://example.com/r.git'
const archive = 'https://example.com/a.tgz'

const contexts = [
  { context: '.', url: git, want: git },
  { context: './', url: `${git}#v1`, want: `${git}#v1` },
  { context: 'sub', url: git, want: `${git}#:sub` },
  { context: 'sub/../x', url: `${git}#v1`, want: `${git}#v1:x` },
  { context: 'sub', url: `${git}#:sub`, want: `${git}#:sub/sub` },
  { context: 'b', url: `${git}?subdir=a&ref=v1`, want: `${git}?ref=v1&subdir=a%2Fb` },
  { context: 'b', url: `${git}?ref=v1`, want: `${git}?ref=v1#:b` },
  { context: 'cwd://x', url: git, want: 'x' },
  { context: 'cwd://', url: git, want: '.' },
  { context: 'https://example.com/o.git#dev', url: git, want: 'https://example.com/o.git#dev' },
  { context: '.', url: archive, want: archive },
  { context: 'sub', url: archive, want: `${archive}#:sub` },
  { context: 'sub/', url: undefined, want: 'sub' },
] as const

for (const { context, url, want } of contexts) {
  test(`context ${context} of ${url ?? 'a definition of this machine'} is ${want}`, () =>
    assert.is(plannedContext(context, url), want))
}

function planWith(contexts: Readonly<Record<string, string>>): Plan {
  const target = {
    name: 't',
    needs: [],
    linkedOnly: false,
    fields: { contexts: new Map(Object.entries(contexts)) },
  }
  return { groups: new Map(), targets: new Map([['t', target]]), requested: ['t'] }
}

const elsewhere = {
  ours: 'cwd://x',
  linked: 'target:b',
  image: 'docker-image://alpine',
  layout: 'oci-layout://dir',
  other: 'https://example.com/o.git',
}

test('named contexts inside a repository become URLs when it is built', () => {
  const built = withRemoteContexts(planWith({ all: '.', part: 'a/b', ...elsewhere }), git, { ssh: false })
  assert.equal(Object.fromEntries(built.targets.get('t')?.fields.contexts ?? []), {
    all: git,
    part: `${git}#:a/b`,
    ...elsewhere,
  })
  assert.is(built.targets.get('t')?.fields.ssh, undefined)
})

test('named contexts inside an archive are directories of it', () => {
  const built = withRemoteContexts(planWith({ all: '.', part: 'a' }), archive, { ssh: false })
  assert.equal(Object.fromEntries(built.targets.get('t')?.fields.contexts ?? []), {
    all: `${archive}#:.`,
    part: `${archive}#:a`,
  })
})

test('a definition fetched over ssh lends its agent', () => {
  const built = withRemoteContexts(planWith({}), 'git@example.com:r.git', { ssh: true })
  assert.equal(built.targets.get('t')?.fields.ssh, [{ id: 'default', paths: [] }])
})

test.run()
