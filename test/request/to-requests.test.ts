import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Plan, TargetFields } from '../../src/planner/plan.ts'
import type { RequestSettings } from '../../src/request/settings.ts'
import { toRequests } from '../../src/request/to-requests.ts'
import type { NodeCapabilities } from '../../src/request/types.ts'
import { golden } from '../harness/golden.ts'
import { CLASSIC, CONTAINER, CONTAINERD, node, planOf, SETTINGS } from './sample.ts'

interface Case {
  readonly name: string
  readonly fields: TargetFields
  readonly nodes?: readonly NodeCapabilities[]
  readonly settings?: Partial<RequestSettings>
}

/** One row per option; each has a golden with the whole request. */
const cases: readonly Case[] = [
  { name: 'plain', fields: {} },
  { name: 'plain-classic', fields: {}, nodes: [CLASSIC] },
  { name: 'plain-container', fields: {}, nodes: [CONTAINER] },
  { name: 'args', fields: { args: map({ VERSION: '1', EMPTY: '' }) } },
  { name: 'args-syntax', fields: { args: map({ BUILDKIT_SYNTAX: 'docker/dockerfile:1 --debug' }) } },
  { name: 'args-inline-cache', fields: { args: map({ BUILDKIT_INLINE_CACHE: '1' }) } },
  { name: 'args-multi-platform', fields: { args: map({ BUILDKIT_MULTI_PLATFORM: '1' }) } },
  { name: 'args-named-like-prototype', fields: { args: map({ constructor: 'c', toString: 't' }) } },
  { name: 'source-date-epoch', fields: {}, settings: { env: { SOURCE_DATE_EPOCH: '1700000000' } } },
  {
    name: 'proxies',
    fields: { args: map({ http_proxy: 'http://own' }) },
    settings: { proxies: { HTTP_PROXY: 'http://p:3128', NO_PROXY: 'localhost' } },
  },
  { name: 'labels', fields: { labels: map({ 'org.example.name': 'x' }) } },
  { name: 'tags', fields: { tags: ['reg.example/app:1', 'app'] } },
  { name: 'stage', fields: { target: 'release' } },
  { name: 'no-cache', fields: { noCache: true } },
  { name: 'no-cache-filter', fields: { noCacheFilter: ['one', 'two'] } },
  { name: 'no-cache-wins', fields: { noCache: true, noCacheFilter: ['one'] } },
  { name: 'pull', fields: { pull: true } },
  { name: 'platforms', fields: { platforms: ['linux/x86_64', 'linux/arm64/v8', 'local', 'arm'] } },
  { name: 'network-host', fields: { network: 'host' } },
  { name: 'network-none', fields: { network: 'none' } },
  { name: 'extra-hosts', fields: { extraHosts: map({ db: '10.0.0.1,[::1]' }) } },
  {
    name: 'extra-hosts-gateway',
    fields: { extraHosts: map({ me: 'host-gateway' }) },
    nodes: [
      node('docker', [], {
        workerLabels: { 'org.mobyproject.buildkit.worker.moby.host-gateway-ip': '172.17.0.1' },
      }),
    ],
  },
  { name: 'shm-size', fields: { shmSize: '64m' } },
  { name: 'ulimits', fields: { ulimits: ['nofile=1024:2048', 'nproc=3'] } },
  {
    name: 'resources',
    fields: { resources: { memory: '1g', memorySwap: '-1', cpuShares: 2, cpuQuota: 5, cpusetCpus: '0-1' } },
  },
  { name: 'entitlements', fields: { entitlements: ['security.insecure', 'network.host'], network: 'host' } },
  {
    name: 'secrets',
    fields: { secret: [{ id: 'A', src: 'a.txt' }, { id: 'B', env: 'BB' }, { id: 'C' }, { id: 'D' }] },
    settings: { env: { D: 'value' } },
  },
  {
    name: 'ssh',
    fields: {
      ssh: [
        { id: 'default', paths: [] },
        { id: 'key', paths: ['/k'] },
      ],
    },
  },
  { name: 'call-check', fields: { call: 'check' } },
  { name: 'call-outline', fields: { call: 'outline' } },
  {
    name: 'attest-sbom',
    fields: { attest: [{ type: 'sbom', disabled: false, attrs: { generator: 'img' } }] },
  },
  { name: 'attest-provenance-off', fields: { attest: [{ type: 'provenance', disabled: true, attrs: {} }] } },
  { name: 'attest-default-off', fields: {}, settings: { env: { BUILDX_NO_DEFAULT_ATTESTATIONS: '1' } } },
  { name: 'context-local', fields: { context: 'app', dockerfile: 'docker/Dockerfile.dev' } },
  { name: 'context-absolute', fields: { context: '/other/dir', dockerfile: '/etc/D' } },
  { name: 'context-git', fields: { context: 'https://example.com/r.git#main:sub', dockerfile: 'D' } },
  { name: 'context-git-query', fields: { context: 'https://example.com/r.git?ref=main' } },
  { name: 'context-git-ssh', fields: { context: 'git@example.com:o/r.git' } },
  { name: 'context-http', fields: { context: 'https://example.com/src.tgz' } },
  { name: 'dockerfile-inline', fields: { dockerfileInline: 'FROM scratch\n' } },
  { name: 'dockerfile-cwd', fields: { context: 'app', dockerfile: 'cwd://ci/Dockerfile' } },
  {
    name: 'dockerfile-lower-case',
    fields: {},
    settings: { facts: new Map([['t', { dockerfileName: 'dockerfile' }]]) },
  },
  {
    name: 'dockerfile-absolute-with-git-context',
    fields: { context: 'https://example.com/r.git', dockerfile: '/src/D' },
  },
  {
    name: 'named-contexts',
    fields: {
      contexts: map({
        'docker.io/library/alpine:latest': 'docker-image://alpine@sha256:aa',
        src: '../src',
        context: 'other',
        repo: 'https://example.com/r.git',
        base: 'cwd://base',
      }),
    },
  },
  {
    name: 'oci-layout',
    fields: { contexts: map({ base: 'oci-layout://lay:v1' }) },
    settings: {
      facts: new Map([
        [
          't',
          {
            layouts: new Map([['base', { storeId: 'abc', dir: '/src/lay', tag: 'v1', digest: 'sha256:dd' }]]),
          },
        ],
      ]),
    },
  },
  {
    name: 'git-provenance',
    fields: {},
    settings: { facts: new Map([['t', { vcs: { 'vcs:revision': 'abc' }, gitRoot: '/src' }]]) },
  },
  {
    name: 'cache-registry',
    fields: {
      cacheFrom: [cache('registry', { ref: 'r/c' })],
      cacheTo: [cache('registry', { ref: 'r/c', mode: 'max' })],
    },
  },
  {
    name: 'cache-local',
    fields: {
      cacheFrom: [cache('local', { src: 'c' }), cache('local', { src: 'gone' })],
      cacheTo: [cache('local', { dest: 'c' })],
    },
    settings: { facts: new Map([['t', { localCaches: new Map([['c', 'sha256:cc']]) }]]) },
  },
  { name: 'cache-gha-without-token', fields: { cacheFrom: [cache('gha', {})] } },
  {
    name: 'cache-gha',
    fields: { cacheTo: [cache('gha', { scope: 's' })] },
    settings: {
      env: {
        ACTIONS_RUNTIME_TOKEN: 'tok',
        ACTIONS_RESULTS_URL: 'https://r',
        ACTIONS_CACHE_SERVICE_V2: 'True',
      },
    },
  },
  { name: 'output-cacheonly', fields: { output: [{ type: 'cacheonly', attrs: {} }] } },
  { name: 'output-local', fields: { output: [{ type: 'local', attrs: { dest: 'out' } }] } },
  {
    name: 'output-local-delete',
    fields: { output: [{ type: 'local', attrs: { dest: 'out', mode: 'delete' } }] },
  },
  { name: 'output-tar-stdout', fields: { output: [{ type: 'tar', attrs: { dest: '-' } }] } },
  { name: 'output-oci-file', fields: { tags: ['a'], output: [{ type: 'oci', attrs: { dest: 'a.tar' } }] } },
  { name: 'output-oci-dir', fields: { output: [{ type: 'oci', attrs: { dest: 'lay', tar: 'false' } }] } },
  { name: 'output-docker', fields: { tags: ['a'], output: [{ type: 'docker', attrs: {} }] } },
  { name: 'output-docker-file', fields: { output: [{ type: 'docker', attrs: { dest: 'i.tar' } }] } },
  {
    name: 'output-docker-container',
    fields: { tags: ['a'], output: [{ type: 'docker', attrs: {} }] },
    nodes: [CONTAINER],
  },
  {
    name: 'output-docker-containerd-load',
    fields: { output: [{ type: 'docker', attrs: { context: 'far' } }] },
    nodes: [CONTAINER],
    settings: { loadIntoContainerd: true },
  },
  { name: 'output-registry', fields: { tags: ['r.example/a:1'], output: [{ type: 'registry', attrs: {} }] } },
  {
    name: 'output-registry-container',
    fields: { tags: ['r.example/a:1'], output: [{ type: 'registry', attrs: {} }] },
    nodes: [CONTAINER],
  },
  {
    name: 'push-classic',
    fields: { tags: ['r.example/a:1', 'b'], output: [{ type: 'image', attrs: { push: 'true' } }] },
    nodes: [CLASSIC],
  },
  {
    name: 'push-two-nodes',
    fields: {
      tags: ['r.example/a:1'],
      platforms: ['linux/amd64', 'linux/arm64'],
      output: [{ type: 'image', attrs: { push: 'true' } }],
    },
    nodes: [CONTAINER, { ...CONTAINER, platforms: ['linux/arm64'] }],
  },
  {
    name: 'annotations',
    fields: {
      annotations: ['k=v', 'index,manifest[linux/arm64/v8]:x=y=z'],
      platforms: ['linux/amd64', 'linux/arm64'],
      output: [{ type: 'image', attrs: {} }],
    },
  },
  {
    name: 'two-outputs',
    fields: {
      output: [
        { type: 'local', attrs: { dest: 'o' } },
        { type: 'image', attrs: { name: 'n' } },
      ],
    },
  },
]

const test = suite('request/to-requests')
for (const c of cases) {
  test(c.name, () => {
    const made = toRequests(planOf({ t: { fields: c.fields } }), c.nodes ?? [CONTAINERD], {
      ...SETTINGS,
      ...c.settings,
    })
    golden(
      `fixtures/request/${c.name}/want.solve.json`,
      `${JSON.stringify({ requests: made.value, diagnostics: made.diagnostics }, null, 2)}\n`,
    )
  })
}

const refusals: readonly (Case & { readonly want: string })[] = [
  {
    name: 'two platforms on the classic store',
    fields: { platforms: ['linux/amd64', 'linux/arm64'] },
    nodes: [CLASSIC],
    want: 'Multi-platform build is not supported for the docker driver.\nSwitch to a different driver, or turn on the containerd image store, and try again.\nLearn more at https://docs.docker.com/go/build-multi-platform/',
  },
  {
    name: 'cache export on the classic store',
    fields: { cacheTo: [cache('registry', { ref: 'r' })] },
    nodes: [CLASSIC],
    want: 'Cache export is not supported for the docker driver.\nSwitch to a different driver, or turn on the containerd image store, and try again.\nLearn more at https://docs.docker.com/go/build-cache-backends/',
  },
  {
    name: 'an OCI output on the classic store',
    fields: { output: [{ type: 'oci', attrs: { dest: 'x' } }] },
    nodes: [CLASSIC],
    want: 'OCI exporter is not supported for the docker driver.\nSwitch to a different driver, or turn on the containerd image store, and try again.\nLearn more at https://docs.docker.com/go/build-exporters/',
  },
  {
    name: 'a docker archive on the classic store',
    fields: { output: [{ type: 'docker', attrs: { dest: 'x' } }] },
    nodes: [CLASSIC],
    want: 'Docker exporter is not supported for the docker driver.\nSwitch to a different driver, or turn on the containerd image store, and try again.\nLearn more at https://docs.docker.com/go/build-exporters/',
  },
  {
    name: 'attestations on the classic store',
    fields: { attest: [{ type: 'sbom', disabled: false, attrs: {} }] },
    nodes: [CLASSIC],
    want: 'Attestation is not supported for the docker driver.\nSwitch to a different driver, or turn on the containerd image store, and try again.\nLearn more at https://docs.docker.com/go/attestations/',
  },
  {
    name: 'push by digest with the engine',
    fields: { tags: ['a'], output: [{ type: 'image', attrs: { push: 'true', 'push-by-digest': 'true' } }] },
    want: 'push-by-digest is currently not implemented for docker driver, please create a new builder instance',
  },
  {
    name: 'index annotations on the classic store',
    fields: { annotations: ['index:a=b'], output: [{ type: 'image', attrs: {} }] },
    nodes: [CLASSIC],
    want: 'index annotations not supported for single platform export',
  },
  {
    name: 'a tag in upper case',
    fields: { tags: ['UPPER'] },
    want: 'invalid tag "UPPER": repository name must be lowercase',
  },
  { name: 'a malformed tag', fields: { tags: ['a b'] }, want: 'invalid tag "a b": invalid reference format' },
  {
    name: 'a push without a tag',
    fields: { output: [{ type: 'image', attrs: { push: 'true' } }] },
    want: 'tag is needed when pushing to registry',
  },
  {
    name: 'a local output without dest',
    fields: { output: [{ type: 'local', attrs: {} }] },
    want: 'dest is required for local exporter',
  },
  {
    name: 'a docker archive of two platforms',
    fields: { platforms: ['linux/amd64', 'linux/arm64'], output: [{ type: 'docker', attrs: { dest: 'x' } }] },
    want: 'docker exporter does not support exporting manifest lists, use the oci exporter instead',
  },
  {
    name: 'loading two platforms into a classic engine',
    fields: { platforms: ['linux/amd64', 'linux/arm64'], output: [{ type: 'docker', attrs: {} }] },
    nodes: [CONTAINER],
    want: 'docker exporter does not currently support exporting manifest lists',
  },
  {
    name: 'an unknown network mode',
    fields: { network: 'foo' },
    want: 'network mode "foo" not supported by buildkit - you can define a custom network for your builder using the network driver-opt in buildx create',
  },
  {
    name: 'host-gateway without a label',
    fields: { extraHosts: map({ h: 'host-gateway' }) },
    want: 'unable to derive the IP value for host-gateway',
  },
  {
    name: 'an OCI output over two nodes',
    fields: { platforms: ['linux/amd64', 'linux/arm64'], output: [{ type: 'oci', attrs: { dest: 'x' } }] },
    nodes: [CONTAINER, { ...CONTAINER, platforms: ['linux/arm64'] }],
    want: 'oci for multi-node builds currently not supported',
  },
  {
    name: 'two outputs on an old daemon',
    fields: {
      output: [
        { type: 'local', attrs: { dest: 'o' } },
        { type: 'tar', attrs: { dest: 'p' } },
      ],
    },
    nodes: [{ ...CONTAINER, llbCaps: new Set() }],
    want: 'multiple outputs currently unsupported by the current BuildKit daemon, please upgrade to version v0.13+ or use a single output',
  },
]
for (const c of refusals) {
  test(`refuses ${c.name}`, () => {
    const plan = planOf({ t: { fields: c.fields } })
    const { diagnostics } = toRequests(plan, c.nodes ?? [CONTAINERD], { ...SETTINGS, ...c.settings })
    assert.is(diagnostics.find((d) => d.severity === 'error')?.summary, c.want)
  })
}

test('a link names the other target and needs no result yet', () => {
  const plan = planOf({ a: { fields: {} }, b: { fields: { contexts: map({ base: 'target:a' }) } } })
  const { value, diagnostics } = toRequests(plan, [CONTAINERD], SETTINGS)
  assert.equal(value[1]?.links, [{ name: 'base', target: 'a' }])
  assert.is(value[1]?.frontendAttrs['context:base'], 'target:a')
  assert.equal(diagnostics, [])
})

test('linked targets on different nodes are refused', () => {
  const plan: Plan = planOf({
    a: { fields: { platforms: ['linux/amd64'] } },
    b: { fields: { platforms: ['linux/arm64'], contexts: map({ base: 'target:a' }) } },
  })
  const { diagnostics } = toRequests(
    plan,
    [CONTAINER, { ...CONTAINER, platforms: ['linux/arm64'] }],
    SETTINGS,
  )
  assert.is(
    diagnostics.find((d) => d.severity === 'error')?.summary,
    'failed to use a as context base for b because targets build with different drivers',
  )
})

test('targets without an output are told of once', () => {
  const plan = planOf({ a: { fields: {} }, b: { fields: {} }, c: { fields: {}, linkedOnly: true } })
  const { diagnostics } = toRequests(plan, [CONTAINER], SETTINGS)
  assert.equal(
    diagnostics.map((d) => [d.severity, d.summary]),
    [
      [
        'warning',
        'No output specified for a, b target(s) with docker-container driver. Build result will only remain in the build cache. To push result image into registry use --push or to load image into docker use --load',
      ],
    ],
  )
})

function map(record: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(record))
}
function cache(
  type: string,
  attrs: Readonly<Record<string, string>>,
): { type: string; attrs: Readonly<Record<string, string>> } {
  return { type, attrs }
}

test.run()
