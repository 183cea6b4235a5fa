import type { ComposeDefinition, ComposeTarget } from '../../../src/parser/definition.ts'
import { lines, type Row, rowSuite, target } from '../bake-rows.ts'

function service(name: string, parts: Partial<ComposeTarget> = {}): ComposeTarget {
  return {
    name,
    strings: new Map(),
    lists: new Map(),
    maps: new Map(),
    bools: new Map(),
    secrets: [],
    ssh: [],
    spans: new Map(),
    ...parts,
  }
}

function compose(...services: readonly ComposeTarget[]): ComposeDefinition {
  return {
    targets: new Map(services.map((one) => [one.name, one])),
    defaultGroup: services.length === 0 ? null : services.map((one) => one.name),
  }
}

const rows: readonly Row[] = [
  {
    name: 'the same target merges key by key over files',
    files: {
      'a.hcl': target('tags = ["a"]', 'args = { x = "1", y = "1" }'),
      'b.hcl':
        target('tags = ["b"]', 'args = { y = "2" }', 'inherits = ["p"]') +
        lines('target "p" { labels = { q = "1" } }'),
    },
    want: { default: { args: { x: '1', y: '2' }, labels: { q: '1' }, tags: ['b'] } },
  },
  {
    name: 'the last variable of a name wins',
    files: {
      'a.hcl': lines('variable "X" { default = "a" }', target('tags = [X]')),
      'b.hcl': 'variable "X" { default = "b" }\n',
    },
    want: { default: { tags: ['b'] } },
  },
  {
    name: 'the last global of a name wins',
    files: { 'a.hcl': lines('X = "a"', target('tags = [X]')), 'b.hcl': 'X = "b"\n' },
    want: { default: { tags: ['b'] } },
  },
  {
    name: 'the last function of a name wins',
    files: {
      'a.hcl': lines('function "f" {', 'params = []', 'result = "a"', '}', target('tags = [f()]')),
      'b.hcl': lines('function "f" {', 'params = []', 'result = "b"', '}'),
    },
    want: { default: { tags: ['b'] } },
  },
  {
    name: 'JSON is read with templates in its strings',
    files: {
      'a.json':
        '{"target":{"default":{"tags":["${X}"],"args":{"a":"$${x}"}}},"variable":{"X":{"default":"x"}}}',
    },
    want: { default: { args: { a: '$${x}' }, tags: ['x'] } },
  },
  {
    name: 'JSON blocks may be listed',
    files: { 'a.json': '{"target":[{"default":{"tags":["x"]}},{"b":{}}],"//":"c","foo":{"bar":1}}' },
    want: { default: { tags: ['x'] } },
  },
  {
    name: 'JSON functions, types and validations are strings',
    files: {
      'a.json':
        '{"function":{"f":{"params":["x"],"result":"${x}!"}},"variable":{"X":{"type":"list(string)","default":["a"],"validation":{"condition":"${length(X) > 0}","error_message":"few"}}},"target":{"default":{"tags":"${[for x in X: f(x)]}"}}}',
    },
    want: { default: { tags: ['a!'] } },
  },
  {
    name: 'HCL lies on top of Compose',
    hcl: target('tags = ["h"]', 'args = { b = "2" }'),
    compose: compose(
      service('default', {
        strings: new Map([['context', './c']]),
        lists: new Map([['tags', ['c']]]),
        maps: new Map([['args', new Map([['a', '1']])]]),
      }),
    ),
    want: { default: { context: 'c', args: { a: '1', b: '2' }, tags: ['h'] } },
  },
  {
    name: 'the default group of Compose lists services only',
    hcl: lines('target "h" {}'),
    compose: compose(service('web')),
    want: { web: {} },
    groups: { default: ['web'] },
  },
  {
    name: 'a written default group replaces it',
    hcl: lines('group "default" { targets = ["h"] }', 'target "h" {}'),
    compose: compose(service('web')),
    want: { h: {} },
    groups: { default: ['h'] },
  },
  { name: 'no service to build is null', compose: compose(), want: {}, groups: { default: null } },
  {
    name: 'HCL inherits from a service',
    hcl: target('inherits = ["web"]'),
    compose: compose(service('web', { lists: new Map([['tags', ['w']]]) })),
    targets: ['default'],
    want: { web: { tags: ['w'] } },
    groups: { default: ['web'] },
  },
  {
    name: 'Compose elements are read like others',
    compose: compose(
      service('web', {
        lists: new Map([
          ['cache-from', ['u/a', 'type=gha']],
          ['attest', ['type=sbom']],
        ]),
        secrets: [{ id: 's', env: 'HOME' }],
        ssh: [{ id: 'default', paths: ['p'] }],
        strings: new Map([['network', 'host']]),
      }),
    ),
    want: {
      web: {
        attest: [{ type: 'sbom' }],
        'cache-from': [{ ref: 'u/a', type: 'registry' }, { type: 'gha' }],
        secret: [{ id: 's', env: 'HOME' }],
        ssh: [{ id: 'default', paths: ['p'] }],
        network: 'host',
        entitlements: ['network.host'],
      },
    },
  },
  {
    name: 'relative contexts start from their file when asked',
    files: {
      'x/a.hcl':
        target(
          'context = "src"',
          'contexts = { n = "../n", t = "target:default2", i = "docker-image://i" }',
        ) + lines('target "default2" {}'),
      'y/b.hcl': lines(
        'target "b" { inherits = ["default"] }',
        'target "c" { context = target.default.context }',
      ),
    },
    relativePaths: true,
    targets: ['default', 'b', 'c'],
    want: {
      b: { context: 'x/src', contexts: { i: 'docker-image://i', n: 'n', t: 'target:default2' } },
      c: { context: 'x/src' },
      default: { context: 'x/src', contexts: { i: 'docker-image://i', n: 'n', t: 'target:default2' } },
      default2: { context: 'x', output: [{ type: 'cacheonly' }] },
    },
  },
  {
    name: 'and do not otherwise',
    files: { 'x/a.hcl': target('context = "src"') },
    want: { default: { context: 'src' } },
  },
]

const test = rowSuite('planner/definition/files', rows)
test.run()
