import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  FIELDS,
  fieldOf,
  fieldOfProperty,
  fieldOfSetKey,
  knownSetKeys,
  knownTargetKeys,
} from '../../src/planner/fields.ts'
import { mergeFields, normaliseFields } from '../../src/planner/merge.ts'
import type { CacheEntry, TargetFields } from '../../src/planner/plan.ts'

const test = suite('planner/fields')

test('keys, properties and --set keys are each unique and findable', () => {
  for (const row of FIELDS) {
    assert.is(fieldOf(row.key), row)
    assert.is(fieldOfProperty(row.property), row)
    if (row.set !== undefined) assert.is(fieldOfSetKey(row.set.key), row)
  }
  assert.is(new Set(FIELDS.map((row) => row.key)).size, FIELDS.length)
})

test('keys print in the order of the reference', () => {
  assert.equal(
    FIELDS.map((row) => row.key).join(' '),
    'description annotations attest context contexts dockerfile dockerfile-inline args labels tags cache-from ' +
      'cache-to target secret ssh platforms output pull no-cache network no-cache-filter shm-size ulimits ' +
      'resources call entitlements extra-hosts policy',
  )
})

test('every key has a doc line that ends in a period', () => {
  for (const row of FIELDS) assert.match(row.doc, /^[A-Z].*\.$/)
})

test('suggestions know block keys and the keys without a field', () => {
  assert.ok(['inherits', 'matrix', 'name', 'tags'].every((key) => knownTargetKeys().includes(key)))
  assert.ok(['load', 'platform', 'push', 'secrets'].every((key) => knownSetKeys().includes(key)))
})

const under: TargetFields = {
  annotations: ['a', 'b'],
  args: new Map([
    ['x', '1'],
    ['y', '1'],
  ]),
  attest: [{ type: 'sbom', disabled: false, attrs: {} }],
  description: 'd',
  resources: { memory: '1g', cpuShares: 1 },
  tags: ['t'],
}
const merges = [
  { name: 'an absent key keeps the value', over: {}, want: under },
  {
    name: 'append keeps repeats until normalised',
    over: { annotations: ['b', 'c'] },
    want: { ...under, annotations: ['a', 'b', 'b', 'c'] },
  },
  { name: 'replace takes an empty list', over: { tags: [] }, want: { ...under, tags: [] } },
  {
    name: 'a map merges by key',
    over: { args: new Map([['y', '2']]) },
    want: {
      ...under,
      args: new Map([
        ['x', '1'],
        ['y', '2'],
      ]),
    },
  },
  { name: 'an empty description loses', over: { description: '' }, want: under },
  {
    name: 'resources merge by field',
    over: { resources: { cpuShares: 2 } },
    want: { ...under, resources: { memory: '1g', cpuShares: 2 } },
  },
  {
    name: 'an attestation replaces its type',
    over: { attest: [{ type: 'sbom', disabled: true, attrs: {} }] },
    want: { ...under, attest: [{ type: 'sbom', disabled: true, attrs: {} }] },
  },
] as const
for (const row of merges) test(row.name, () => assert.equal(mergeFields(under, row.over), row.want))

const refs = (...names: readonly string[]): readonly CacheEntry[] =>
  names.map((ref) => ({ type: 'registry', attrs: { ref } }))
const normal = [
  {
    name: 'text lists lose "" and repeats',
    fields: { tags: ['a', '', 'b', 'a'] },
    want: { tags: ['a', 'b'] },
  },
  { name: 'an emptied text list stays as such', fields: { tags: [''] }, want: { tags: [] } },
  { name: 'an empty entry list vanishes', fields: { output: [] }, want: {} },
  {
    name: 'equal entries lose the later one, whose place the last takes',
    fields: { cacheFrom: refs('a', 'a', 'b', 'c') },
    want: { cacheFrom: refs('a', 'c', 'b') },
  },
  {
    name: 'attributes in another order are equal',
    fields: {
      cacheTo: [
        { type: 'x', attrs: { a: '1', b: '2' } },
        { type: 'x', attrs: { b: '2', a: '1' } },
      ],
    },
    want: { cacheTo: [{ type: 'x', attrs: { a: '1', b: '2' } }] },
  },
  {
    name: 'empty named contexts vanish, all of them with the key',
    fields: { contexts: new Map([['a', '']]) },
    want: {},
  },
  {
    name: 'the host network asks for its entitlement once',
    fields: { network: 'host', entitlements: ['network.host', 'x'] },
    want: { network: 'host', entitlements: ['network.host', 'x'] },
  },
] as const
for (const row of normal) test(row.name, () => assert.equal(normaliseFields(row.fields), row.want))

test('dropping equal entries agrees with the plain definition of the rule', () => {
  const alphabet = ['a', 'b', 'c']
  for (let code = 0; code < 3 ** 6; code++) {
    const names = Array.from({ length: 6 }, (_, i) => alphabet[Math.floor(code / 3 ** i) % 3] ?? '')
    const got = normaliseFields({ cacheFrom: refs(...names) }).cacheFrom
    assert.equal(got, refs(...swapAndCut(names)))
  }
})

/** From the end: an element equal to a later one makes the last element take that later place. */
function swapAndCut(names: readonly string[]): readonly string[] {
  const kept = [...names]
  for (let i = kept.length - 2; i >= 0; i--) {
    const later = kept.indexOf(kept[i] ?? '', i + 1)
    if (later < 0) continue
    kept[later] = kept.at(-1) ?? ''
    kept.pop()
  }
  return kept
}

test.run()
