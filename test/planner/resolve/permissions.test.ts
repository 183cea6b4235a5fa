import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { renderPermissionRequest } from '../../../src/planner/print/permission-request.ts'
import {
  NO_PERMISSIONS,
  parseAllow,
  permissionsNeeded,
  withOwnGrants,
} from '../../../src/planner/resolve/entitlements.ts'
import {
  hasFileAccess,
  isNothing,
  missingPermissions,
  type PlacedPath,
  pathsToPlace,
} from '../../../src/planner/resolve/missing-permissions.ts'
import { target } from '../bake-rows.ts'
import { bakeText, type Run } from '../bake-text.ts'

const test = suite('planner/resolve/permissions')

const allow = [
  {
    name: 'names',
    values: ['network.host', 'security.insecure', 'ssh', 'buildx.local.delete'],
    want: { ...NO_PERMISSIONS, networkHost: true, securityInsecure: true, ssh: true, localDelete: true },
  },
  { name: 'devices', values: ['device=a,b', 'device=c'], want: { ...NO_PERMISSIONS, devices: ['a', 'c'] } },
  { name: 'any device', values: ['device=a', 'device'], want: { ...NO_PERMISSIONS, devices: 'all' } },
  {
    name: 'paths',
    values: ['fs=a', 'fs.read=b', 'fs.write=c', 'image.push=x'],
    want: { ...NO_PERMISSIONS, read: ['a', 'b'], write: ['a', 'c'] },
  },
] as const
for (const row of allow) {
  test(`--allow: ${row.name}`, () =>
    assert.equal(parseAllow(row.values), { value: row.want, diagnostics: [] }))
}

test('--allow refuses what it does not know', () => {
  assert.is(parseAllow(['foo']).diagnostics[0]?.summary, 'unknown entitlement key "foo"')
  assert.is(
    parseAllow(['buildx.local.delete=1']).diagnostics[0]?.summary,
    'buildx.local.delete does not accept a value',
  )
})

const needs = [
  {
    name: 'the context and its Dockerfile are read',
    body: ['context = "c"'],
    want: { read: ['c', 'c/Dockerfile'] },
  },
  { name: 'a remote context is not', body: ['context = "https://h/r.git"'], want: { read: ['Dockerfile'] } },
  {
    name: 'named contexts are read unless they are links, images or remote',
    body: ['contexts = { a = "../n", b = "docker-image://x", c = "https://h/x", d = "cwd://q" }'],
    want: { read: ['.', 'Dockerfile', '../n', 'q'] },
  },
  {
    name: 'local caches, secrets and keys are read',
    body: ['cache-from = ["type=local,src=cf"]', 'secret = ["id=a,src=sf"]', 'ssh = ["k=key"]'],
    want: { read: ['.', 'Dockerfile', 'cf', 'sf', 'key'] },
  },
  {
    name: 'outputs and local caches are written',
    body: [
      'output = ["o", "type=tar,dest=t", "type=tar", "type=docker"]',
      'cache-to = ["type=local,dest=ct"]',
    ]
      .slice(1)
      .concat('output = ["o", "type=tar,dest=t", "type=docker"]'),
    want: { read: ['.', 'Dockerfile'], write: ['o', 't', 'ct'] },
  },
  {
    name: 'an agent without a path is forwarded',
    body: ['ssh = ["default"]'],
    want: { read: ['.', 'Dockerfile'], ssh: true },
  },
  {
    name: 'stale files are deleted',
    body: ['output = ["type=local,dest=o,mode=delete"]'],
    want: { read: ['.', 'Dockerfile'], write: ['o'], localDelete: true },
  },
  {
    name: 'entitlements',
    body: ['entitlements = ["security.insecure", "device=v/x,r=1", "other"]', 'network = "host"'],
    want: { read: ['.', 'Dockerfile'], networkHost: true, securityInsecure: true, devices: ['v/x'] },
  },
] as const
for (const row of needs) {
  test(`needed: ${row.name}`, () => {
    assert.equal(permissionsNeeded(planOf({ hcl: target(...row.body) })), { ...NO_PERMISSIONS, ...row.want })
  })
}

test('overrides allow what they set', () => {
  const plan = planOf({
    hcl: target('cache-from = ["type=local,src=old"]'),
    set: [
      'default.output=/o',
      'default.cache-from+=type=local,src=/c',
      'default.entitlements=network.host',
      'default.secrets=id=a,src=/s',
    ],
  })
  assert.equal(plan.grants, { entitlements: ['network.host'], read: ['old', '/c', '/s'], write: ['/o'] })
  const granted = withOwnGrants(NO_PERMISSIONS, plan.grants, '/w')
  assert.equal(
    [granted.networkHost, granted.read, granted.write],
    [true, ['/w', 'old', '/c', '/s'], ['/w', '/o']],
  )
})

const place = (existing: string, rest = ''): PlacedPath => ({ existing, rest })
const placed = new Map([
  ['/w', place('/w')],
  ['in', place('/w/in')],
  ['../out', place('/out')],
  ['../out/sub', place('/out/sub')],
  ['/wide', place('/wide')],
  ['/new/dir', place('/', 'new/dir')],
])
const permissions = (read: readonly string[], write: readonly string[] = []): typeof NO_PERMISSIONS => ({
  ...NO_PERMISSIONS,
  read,
  write,
})

const missing = [
  {
    name: 'below the working directory nothing is missing',
    needed: permissions(['in']),
    granted: permissions(['/w']),
    read: [],
  },
  {
    name: 'a parent path stands for its children',
    needed: permissions(['../out/sub', '../out']),
    granted: permissions(['/w']),
    read: ['/out'],
  },
  {
    name: 'a longer name is not below',
    needed: permissions(['/wide']),
    granted: permissions(['/w']),
    read: ['/wide'],
  },
  {
    name: 'a granted path that does not exist allows not its parent',
    needed: permissions(['/new/dir']),
    granted: permissions(['/new/dir']),
    read: ['/'],
  },
  { name: '* allows everything', needed: permissions(['../out']), granted: permissions(['*']), read: [] },
]
for (const row of missing) {
  test(`missing: ${row.name}`, () => {
    const found = missingPermissions(row.needed, row.granted, placed)
    assert.equal(found.read, row.read)
    assert.is(isNothing(found), row.read.length === 0)
    assert.is(hasFileAccess(found), row.read.length > 0)
  })
}

test('paths to look up are listed once, * is none', () => {
  assert.equal(pathsToPlace(permissions(['a', 'b'], ['a']), permissions(['*', 'c'])), ['a', 'b', 'c'])
})

test('a granted device is not missing', () => {
  const needed = { ...NO_PERMISSIONS, devices: ['a', 'b'] }
  assert.equal(missingPermissions(needed, { ...NO_PERMISSIONS, devices: ['a'] }, placed).devices, ['b'])
  assert.equal(missingPermissions(needed, { ...NO_PERMISSIONS, devices: 'all' }, placed).devices, [])
})

test('the request lists everything with the flags that grant it', () => {
  const text = renderPermissionRequest(
    {
      ...NO_PERMISSIONS,
      networkHost: true,
      securityInsecure: true,
      devices: ['vendor.com/x=y'],
      read: ['/outside', '/far/away'],
      write: ['/outside'],
    },
    { cwd: '/repo', argv: ['docker', 'buildx', 'bake', 'net'], terminal: false },
  )
  assert.is(
    text,
    [
      'Your build is requesting privileges for following possibly insecure capabilities:',
      '',
      ' - Running build containers that can access host network',
      ' - Running privileged containers that can make system changes',
      ' - Access to device vendor.com/x=y',
      ' - Read and write access to path ../outside',
      ' - Read access to path ../far/away',
      '',
      'Pass "--allow=network.host --allow=security.insecure --allow=device=vendor.com/x=y --allow=fs=../outside --allow=fs.read=../far/away" to grant requested privileges.',
      '',
      'Your full command with requested privileges:',
      '',
      'docker buildx bake --allow=network.host --allow=security.insecure --allow=device=vendor.com/x=y --allow=fs=../outside --allow=fs.read=../far/away net',
      '',
      '',
    ].join('\n'),
  )
})

function planOf(run: Run): NonNullable<ReturnType<typeof bakeText>['plan']> {
  const { plan, error } = bakeText(run)
  if (plan === undefined) throw new Error(error)
  return plan
}

test.run()
