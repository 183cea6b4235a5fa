import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { gatherFacts } from '../../src/executor/facts.ts'
import { createMemoryHost, type MemoryProgram } from '../../src/host/memory-host.ts'
import { planOf } from '../request/sample.ts'

const test = suite('executor/facts')

const ANSWERS: Readonly<Record<string, string>> = {
  'rev-parse --show-toplevel': '/repo',
  'rev-parse HEAD': 'abc',
  'symbolic-ref --short HEAD': 'main',
  'config --get branch.main.remote': '',
  'remote get-url origin': 'https://user:secret@example.com/r.git',
  'status --porcelain --ignored=no': ' M x',
}

function git(calls: string[]): MemoryProgram {
  return (args) => {
    const line = args.slice(2).join(' ')
    calls.push(line)
    return line in ANSWERS ? { code: 0, stdout: `${ANSWERS[line]}\n` } : { code: 1 }
  }
}

for (const [name, env, want] of [
  ['by default', {}, { 'vcs:revision': 'abc', 'vcs:source': 'https://example.com/r.git' }],
  [
    'with a dirty check',
    { BUILDX_GIT_CHECK_DIRTY: '1' },
    { 'vcs:revision': 'abc-dirty', 'vcs:source': 'https://example.com/r.git' },
  ],
  ['switched off', { BUILDX_GIT_INFO: 'false' }, undefined],
  [
    'as labels',
    { BUILDX_GIT_INFO: '0', BUILDX_GIT_LABELS: 'full' },
    {
      'label:org.opencontainers.image.revision': 'abc',
      'label:org.opencontainers.image.source': 'https://example.com/r.git',
      'label:com.docker.image.source.entrypoint': 'app/Dockerfile',
    },
  ],
] as const) {
  test(`git provenance ${name}`, async () => {
    const host = createMemoryHost({ env, files: { 'app/Dockerfile': '' }, programs: { git: git([]) } })
    const facts = await gatherFacts(planOf({ t: { fields: { context: 'app' } } }), host)
    assert.equal(facts.get('t')?.vcs, want)
  })
}

test('git is asked once per directory', async () => {
  const calls: string[] = []
  const host = createMemoryHost({ files: { Dockerfile: '' }, programs: { git: git(calls) } })
  await gatherFacts(planOf({ a: { fields: {} }, b: { fields: {} }, c: { fields: {} } }), host)
  assert.is(calls.filter((c) => c === 'rev-parse HEAD').length, 1)
})

test('a build without git has no provenance', async () => {
  const facts = await gatherFacts(
    planOf({ a: { fields: {} } }),
    createMemoryHost({ files: { Dockerfile: '' } }),
  )
  assert.is(facts.get('a')?.vcs, undefined)
})

test('a Dockerfile in lower case is found', async () => {
  const facts = await gatherFacts(
    planOf({ a: { fields: {} } }),
    createMemoryHost({ files: { dockerfile: '' } }),
  )
  assert.is(facts.get('a')?.dockerfileName, 'dockerfile')
})

test('the index of a layout tells the digest; one that is missing is named', async () => {
  const index = {
    manifests: [{ digest: 'sha256:aa', annotations: { 'org.opencontainers.image.ref.name': 'v1' } }],
  }
  const files = { Dockerfile: '', 'lay/index.json': JSON.stringify(index) }
  const plan = (ref: string): ReturnType<typeof planOf> =>
    planOf({ a: { fields: { contexts: new Map([['base', ref]]) } } })
  const facts = await gatherFacts(plan('oci-layout://lay:v1'), createMemoryHost({ files }))
  assert.is(facts.get('a')?.layouts?.get('base')?.digest, 'sha256:aa')
  const failure = await gatherFacts(plan('oci-layout://lay:v2'), createMemoryHost({ files })).catch(
    (e: Error) => e,
  )
  assert.match(String(failure), 'oci-layout reference "oci-layout://lay:v2" could not be resolved')
})

test.run()
