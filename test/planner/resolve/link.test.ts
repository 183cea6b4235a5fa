import * as assert from 'uvu/assert'
import { lines, type Row, rowSuite, target } from '../bake-rows.ts'
import { bakeText } from '../bake-text.ts'

const cacheonly = { output: [{ type: 'cacheonly' }] }
const chain = 12_000

const rows: readonly Row[] = [
  {
    name: 'links are followed over several targets',
    hcl: lines(
      'target "a" { contexts = { b = "target:b" } }',
      'target "b" { contexts = { c = "target:c" } }',
      'target "c" { tags = ["c"] }',
    ),
    targets: ['a'],
    want: {
      a: { contexts: { b: 'target:b' } },
      b: { contexts: { c: 'target:c' }, ...cacheonly },
      c: { tags: ['c'], ...cacheonly },
    },
    groups: { default: ['a'] },
  },
  {
    name: 'a target cannot link to itself',
    hcl: target('contexts = { b = "target:default" }'),
    error: 'target default cannot link to itself',
  },
  {
    name: 'nor in a circle',
    hcl: lines(
      'target "a" { contexts = { b = "target:b" } }',
      'target "b" { contexts = { a = "target:a" } }',
    ),
    targets: ['a'],
    error: 'infinite loop from b to a',
  },
  {
    name: 'a link needs its target',
    hcl: lines(target('contexts = { b = "target:bsae" }'), 'target "base" {}'),
    error: 'failed to find target bsae',
    hint: 'did you mean "base"?',
  },
  {
    name: 'entitlements pass on along links',
    hcl: lines(
      'target "a" { contexts = { b = "target:b" } }',
      'target "b" {',
      'entitlements = ["x"]',
      'network = "host"',
      'contexts = { c = "target:c" }',
      '}',
      'target "c" { entitlements = ["y"] }',
    ),
    targets: ['a'],
    want: {
      a: { contexts: { b: 'target:b' }, entitlements: ['x', 'network.host', 'y'] },
      b: {
        contexts: { c: 'target:c' },
        entitlements: ['x', 'network.host', 'y'],
        network: 'host',
        ...cacheonly,
      },
      c: { entitlements: ['y'], ...cacheonly },
    },
  },
  {
    name: 'one platform on either side fits',
    hcl: lines(
      target('platforms = ["linux/amd64", "linux/386"]', 'contexts = { b = "target:base" }'),
      'target "base" { platforms = ["linux/arm64"] }',
    ),
    want: {
      base: { platforms: ['linux/arm64'], ...cacheonly },
      default: { contexts: { b: 'target:base' }, platforms: ['linux/amd64', 'linux/386'] },
    },
  },
  {
    name: 'instances link one by one',
    hcl: lines(
      'target "b" {',
      'matrix = { v = ["1", "2"] }',
      'name = "b-${v}"',
      '}',
      'target "a" {',
      'matrix = { v = ["1", "2"] }',
      'name = "a-${v}"',
      'contexts = { b = "target:b-${v}" }',
      '}',
    ),
    targets: ['a-1'],
    want: { 'a-1': { contexts: { b: 'target:b-1' } }, 'b-1': cacheonly },
  },
  {
    name: 'a context is no link',
    hcl: target('context = "target:base"'),
    want: { default: { context: 'target:base' } },
  },
]

const test = rowSuite('planner/resolve/link', rows)

test('the plan knows who needs whom and who is only linked', () => {
  const { plan } = bakeText({
    hcl: lines(
      'target "a" { contexts = { x = "target:c", y = "target:b", z = "target:c" } }',
      'target "b" {}',
      'target "c" {}',
    ),
    targets: ['a', 'b'],
  })
  const told = [...(plan?.targets.values() ?? [])].map(({ name, needs, linkedOnly }) => ({
    name,
    needs,
    linkedOnly,
  }))
  assert.equal(told, [
    { name: 'a', needs: ['c', 'b'], linkedOnly: false },
    { name: 'b', needs: [], linkedOnly: false },
    { name: 'c', needs: [], linkedOnly: true },
  ])
  assert.equal(plan?.requested, ['a', 'b'])
})

test('chains of links may be long', () => {
  const hcl = Array.from({ length: chain }, (_, i) =>
    i + 1 < chain ? `target "t${i}" { contexts = { n = "target:t${i + 1}" } }\n` : `target "t${i}" {}\n`,
  ).join('')
  const { plan, error } = bakeText({ hcl, targets: ['t0'] })
  assert.is(error, undefined)
  assert.is(plan?.targets.size, chain)
})

test('diamonds of links are walked once', () => {
  const depth = 60
  const hcl = Array.from({ length: depth }, (_, i) => {
    const next = [i + 1, i + 2].filter((n) => n < depth).map((n) => `c${n} = "target:t${n}"`)
    return `target "t${i}" { contexts = { ${next.join(', ')} } }\n`
  }).join('')
  assert.is(bakeText({ hcl, targets: ['t0'] }).plan?.targets.size, depth)
})

test.run()
