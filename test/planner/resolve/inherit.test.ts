import { lines, type Row, rowSuite, target } from '../bake-rows.ts'

const long = 12_000

const rows: readonly Row[] = [
  {
    name: 'later parents win, the target wins over all',
    hcl: lines(
      'target "a" {',
      'target = "a"',
      'args = { x = "a", y = "a", z = "a" }',
      '}',
      'target "b" { args = { y = "b", z = "b" } }',
      target('inherits = ["a", "b"]', 'args = { z = "c" }'),
    ),
    want: { default: { args: { x: 'a', y: 'b', z: 'c' }, target: 'a' } },
  },
  {
    name: 'a shared base of a diamond counts once',
    hcl: lines(
      'target "a" { annotations = ["b=1"] }',
      'target "l" {',
      'inherits = ["a"]',
      'annotations = ["l=1"]',
      '}',
      'target "r" {',
      'inherits = ["a"]',
      'annotations = ["r=1"]',
      '}',
      target('inherits = ["l", "r"]'),
    ),
    want: { default: { annotations: ['b=1', 'l=1', 'r=1'] } },
  },
  {
    name: 'a parent that emptied its outputs leaves those of an earlier parent',
    hcl: lines(
      'target "p" {',
      'output = ["type=docker"]',
      'tags = ["p"]',
      '}',
      'target "q" {',
      'output = []',
      'tags = []',
      '}',
      target('inherits = ["p", "q"]'),
    ),
    want: { default: { output: [{ type: 'docker' }] } },
  },
  {
    name: 'an own empty output clears',
    hcl: lines('target "p" { output = ["type=docker"] }', target('inherits = ["p"]', 'output = []')),
    want: { default: {} },
  },
  {
    name: 'by-id lists replace in place',
    hcl: lines(
      'target "p" { secret = ["id=a,env=A", "id=b,env=B"] }',
      target('inherits = ["p"]', 'secret = ["id=c,env=C", "id=a,env=Z"]'),
    ),
    want: {
      default: {
        secret: [
          { id: 'a', env: 'Z' },
          { id: 'b', env: 'B' },
          { id: 'c', env: 'C' },
        ],
      },
    },
  },
  {
    name: 'resources merge by field',
    hcl: lines(
      'target "p" { resources = { memory = "1g", cpu-shares = 1 } }',
      target('inherits = ["p"]', 'resources = { memory = "2g" }'),
    ),
    want: { default: { resources: { memory: '2g', 'cpu-shares': 1 } } },
  },
  {
    name: 'policies append with repeats',
    hcl: lines(
      'target "p" { policy = ["filename=a"] }',
      target('inherits = ["p"]', 'policy = ["filename=a,strict=true"]'),
    ),
    want: { default: { policy: [policy({}), policy({ Strict: true })] } },
  },
  {
    name: 'an empty text overrides a description not',
    hcl: lines('target "p" { description = "d" }', target('inherits = ["p"]', 'description = ""')),
    want: { default: { description: 'd' } },
  },
  {
    name: 'an empty Dockerfile is the default one',
    hcl: lines('target "p" { dockerfile = "D" }', target('inherits = ["p"]', 'dockerfile = ""')),
    want: { default: {} },
  },
  {
    name: 'overrides of a parent flow into children',
    hcl: lines('target "p" { tags = ["p"] }', target('inherits = ["p"]')),
    set: ['p.tags=x'],
    want: { default: { tags: ['x'] } },
  },
  {
    name: 'unless the child has its own value',
    hcl: lines('target "p" { tags = ["p"] }', target('inherits = ["p"]', 'tags = ["c"]')),
    set: ['p.tags=x'],
    want: { default: { tags: ['c'] } },
  },
  {
    name: 'an appended value of parent and child counts once',
    hcl: lines('target "p" { tags = ["p"] }', target('inherits = ["p"]')),
    set: ['*.tags+=n'],
    want: { default: { tags: ['p', 'n'] } },
  },
  {
    name: 'a missing parent fails',
    hcl: target('inherits = ["basee"]') + lines('target "base" {}'),
    error: 'failed to find target basee',
    hint: 'did you mean "base"?',
  },
  {
    name: 'a group is no parent',
    hcl: lines('group "g" { targets = ["default"] }', target('inherits = ["g"]')),
    error: 'failed to find target g',
    hint: '"g" is a group; name one of its targets',
  },
  {
    name: 'a target may name itself',
    hcl: target('inherits = ["default"]', 'tags = ["a"]'),
    want: { default: { tags: ['a'] } },
    warning: 'target "default" inherits itself',
  },
  {
    name: 'a cycle looks different from each of its targets',
    hcl: lines(
      'target "a" {',
      'inherits = ["b"]',
      'args = { x = "a" }',
      '}',
      'target "b" {',
      'inherits = ["a"]',
      'args = { x = "b" }',
      '}',
    ),
    targets: ['a', 'b'],
    want: { a: { args: { x: 'a' } }, b: { args: { x: 'b' } } },
  },
  {
    name: 'chains may be long',
    hcl: lines(
      ...Array.from({ length: long }, (_, i) =>
        i + 1 < long ? `target "t${i}" { inherits = ["t${i + 1}"] }` : `target "t${i}" { tags = ["end"] }`,
      ),
    ),
    targets: ['t0'],
    want: { t0: { tags: ['end'] } },
  },
]

function policy(over: Readonly<Record<string, unknown>>): unknown {
  return {
    Files: [{ Filename: 'a', Data: null }],
    Reset: false,
    Disabled: false,
    Strict: null,
    LogLevel: null,
    ...over,
  }
}

const test = rowSuite('planner/resolve/inherit', rows)
test.run()
