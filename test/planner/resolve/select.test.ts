import { lines, type Row, rowSuite, target } from '../bake-rows.ts'

const chain = 12_000
const pairs = lines('target "a" {}', 'target "b" {}')

const rows: readonly Row[] = [
  {
    name: 'without a name the target default is built',
    hcl: target(),
    want: { default: {} },
    groups: { default: ['default'] },
  },
  { name: 'a first target is not the default', hcl: pairs, error: 'failed to find target default' },
  {
    name: 'a close name is suggested',
    hcl: target(),
    targets: ['defualt'],
    error: 'failed to find target defualt',
    hint: 'did you mean "default"?',
  },
  {
    name: 'repeated members count once',
    hcl: lines('group "default" { targets = ["b", "a", "b"] }', pairs),
    want: { a: {}, b: {} },
    groups: { default: ['a', 'b'] },
  },
  {
    name: 'an empty group builds nothing',
    hcl: 'group "default" { targets = [] }\n',
    want: {},
    groups: { default: [] },
  },
  {
    name: 'a group of null prints null',
    hcl: 'group "default" { targets = null }\n',
    want: {},
    groups: { default: null },
  },
  {
    name: 'an empty group inside a group is a target name',
    hcl: lines('group "default" { targets = ["g"] }', 'group "g" { targets = [] }'),
    error: 'failed to find target g',
  },
  {
    name: 'inside its own list the name of a group is a target',
    hcl: lines('group "a" { targets = ["a"] }', 'target "a" {}'),
    targets: ['a'],
    want: { a: {} },
    groups: { a: ['a'], default: ['a'] },
  },
  {
    name: 'mutual groups end',
    hcl: lines('group "g" { targets = ["a", "h"] }', 'group "h" { targets = ["g", "b"] }', pairs),
    targets: ['g'],
    error: 'failed to find target g',
  },
  {
    name: 'requests join the default group',
    hcl: lines('group "default" { targets = ["a"] }', 'group "g" { targets = ["b"] }', pairs),
    targets: ['default', 'g'],
    want: { a: {}, b: {} },
    groups: { default: ['a', 'g'], g: ['b'] },
  },
  {
    name: 'default is left out when the group exists by then',
    hcl: lines(target(), 'target "a" {}'),
    targets: ['a', 'default'],
    want: { a: {}, default: {} },
    groups: { default: ['a'] },
  },
  {
    name: 'a group keeps its description',
    hcl: lines('group "default" {', 'targets = ["a"]', 'description = "all"', '}', pairs),
    want: { a: {} },
  },
  {
    name: 'a glob without a match fails',
    hcl: target(),
    targets: ['z*'],
    error: 'could not find any target matching "z*"',
  },
  {
    name: 'so does a broken one',
    hcl: target(),
    targets: ['['],
    error: 'could not find any target matching "["',
  },
  {
    name: 'hidden names are built like others',
    hcl: 'target "_a" {}\n',
    targets: ['_*'],
    want: { _a: {} },
    groups: { default: ['_a'] },
  },
  {
    name: 'groups nest as deep as they like',
    hcl: lines(
      ...Array.from(
        { length: chain },
        (_, i) => `group "g${i}" { targets = ["${i + 1 < chain ? `g${i + 1}` : 'a'}"] }`,
      ),
      'target "a" {}',
    ),
    targets: ['g0'],
    want: { a: {} },
  },
]

const test = rowSuite('planner/resolve/select', rows)
test.run()
