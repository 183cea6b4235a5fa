import { lines, type Row, rowSuite, target } from '../bake-rows.ts'

const unsuitable = (message: string): string => `Unsuitable value type; Unsuitable value: ${message}`
const matrix = (...body: readonly string[]): string => lines('target "app" {', ...body, '}')

const values: readonly Row[] = [
  {
    name: 'lists of texts take primitives',
    hcl: target('tags = [1, true, "x"]'),
    want: { default: { tags: ['1', 'true', 'x'] } },
  },
  {
    name: 'a bare text is no list',
    hcl: target('tags = "a"'),
    error: unsuitable('list of string required, but have string'),
  },
  {
    name: 'a list holds no null',
    hcl: target('tags = [null]'),
    error: unsuitable('null value is not allowed'),
  },
  {
    name: 'a list holds no lists',
    hcl: target('tags = [[]]'),
    error: unsuitable('element 0: string required, but have tuple'),
  },
  {
    name: 'map values become texts',
    hcl: target('args = { a = 1, b = true, c = null }'),
    want: { default: { args: { a: '1', b: 'true' } } },
  },
  {
    name: 'a named context is not null',
    hcl: target('contexts = { a = null }'),
    error: unsuitable('null value is not allowed'),
  },
  {
    name: 'an empty named context vanishes',
    hcl: target('contexts = { a = "", b = "x" }'),
    want: { default: { contexts: { b: 'x' } } },
  },
  {
    name: 'bools read "true" and "0"',
    hcl: target('pull = "true"', 'no-cache = "0"'),
    want: { default: { pull: true, 'no-cache': false } },
  },
  {
    name: 'a number is no bool',
    hcl: target('pull = 1'),
    error: unsuitable('bool required, but have number'),
  },
  {
    name: 'empty texts print',
    hcl: target('target = ""', 'call = ""', 'network = ""', 'description = ""'),
    want: { default: { target: '', call: '', network: '' } },
  },
  {
    name: 'a description is not null',
    hcl: target('description = null'),
    error: unsuitable('null value is not allowed'),
  },
  {
    name: 'a list of elements is a list',
    hcl: target('cache-from = "x"'),
    error: unsuitable('list of map of string required, but have string'),
  },
  {
    name: 'an element is a text or an object',
    hcl: target('output = [5]'),
    error: unsuitable('map of string required, but have number'),
  },
  {
    name: 'a null element is refused',
    hcl: target('output = [null]'),
    error: unsuitable('null value is not allowed'),
  },
  {
    name: 'a null value in an element is refused',
    hcl: target('output = [{ type = "image", name = null }]'),
    error: unsuitable('null value is not allowed'),
  },
  {
    name: 'texts and objects mix in a literal list',
    hcl: target('cache-to = ["type=inline", { type = "gha" }]'),
    want: { default: { 'cache-to': [{ type: 'inline' }, { type: 'gha' }] } },
  },
  {
    name: 'empty elements are skipped',
    hcl: target('cache-from = ["", "a"]'),
    want: { default: { 'cache-from': [{ ref: 'a', type: 'registry' }] } },
  },
  {
    name: 'resources print by field, unknown ones dropped',
    hcl: target('resources = { memory = "1g", cpu-shares = 2, x = 1 }'),
    want: { default: { resources: { memory: '1g', 'cpu-shares': 2 } } },
  },
  {
    name: 'a CPU share is whole',
    hcl: target('resources = { cpu-shares = 1.5 }'),
    error: unsuitable('value must be a whole number, between -9223372036854775808 and 9223372036854775807'),
  },
  {
    name: 'an unknown name is two errors',
    hcl: target('tags = [nope]'),
    error: 'Unknown variable; There is no variable named "nope".',
    errors: 2,
  },
  {
    name: 'two unknown names are three',
    hcl: target('tags = [x, y]'),
    error: 'Unknown variable; There is no variable named "x".',
    errors: 3,
  },
  {
    name: 'inside a list of elements there is no second error',
    hcl: target('output = [nope]'),
    error: 'Unknown variable; There is no variable named "nope".',
    errors: 1,
  },
  {
    name: 'errors of several blocks add up',
    hcl: lines('target "b" { tags = [nope] }', 'target "c" { output = [nope2] }', target()),
    error: 'Unknown variable; There is no variable named "nope".',
    errors: 3,
  },
]

const names: readonly Row[] = [
  {
    name: 'a label has plain characters',
    hcl: 'target "a.b" {}\n',
    error: 'Invalid name; only "[a-zA-Z0-9_-]+" are allowed',
  },
  {
    name: 'a target has a label',
    hcl: 'target {\n}\n',
    error: 'Missing name for target; All target blocks must have 1 labels (name).',
  },
  {
    name: 'a group lists targets',
    hcl: 'group "default" {\n}\n',
    error: 'Missing required argument; The argument "targets" is required, but no definition was found.',
  },
  {
    name: 'a group has no name',
    hcl: lines('group "g" {', 'targets = []', 'name = "x"', '}'),
    error: 'Invalid name; name is not supported for groups',
  },
  {
    name: 'a group has no matrix',
    hcl: lines('group "g" {', 'targets = []', 'matrix = {}', '}'),
    error: 'Invalid name; matrix is not supported for groups',
  },
  { name: 'a name needs a matrix', hcl: target('name = "x"'), error: 'Invalid name; name requires matrix' },
  { name: 'a matrix is a map', hcl: target('matrix = [1]'), error: 'Invalid name; matrix must be a map' },
  {
    name: 'an axis is a list',
    hcl: target('matrix = { a = 1 }'),
    error: 'Invalid name; matrix values must be a list',
  },
  {
    name: 'several instances need names',
    hcl: target('matrix = { a = [1, 2] }'),
    error: 'Invalid name; duplicate name "default"',
  },
  {
    name: 'a name converts to a text',
    hcl: target('matrix = { a = [1] }', 'name = [a]'),
    error: 'Invalid name; string required, but have tuple',
  },
  { name: 'an empty matrix is one target', hcl: target('matrix = {}'), want: { default: {} } },
  {
    name: 'one instance keeps the label',
    hcl: target('matrix = { a = ["x"] }', 'tags = [a]'),
    want: { default: { tags: ['x'] } },
  },
  {
    name: 'the first axis varies fastest and the label becomes a group',
    hcl: matrix('matrix = { a = ["1", "2"], b = ["x", "y"] }', 'name = "${a}-${b}"'),
    targets: ['app'],
    want: { '1-x': {}, '1-y': {}, '2-x': {}, '2-y': {} },
    groups: { app: ['1-x', '2-x', '1-y', '2-y'], default: ['app'] },
  },
  {
    name: 'axes shadow variables and hold objects',
    hcl: lines(
      'v = "global"',
      matrix('matrix = { v = [{ n = "x" }, { n = "y" }] }', 'name = v.n', 'tags = [v.n]'),
    ),
    targets: ['app'],
    want: { x: { tags: ['x'] }, y: { tags: ['y'] } },
  },
  {
    name: 'the values of a map are an axis',
    hcl: matrix('matrix = { a = { k = "x", j = "y" } }', 'name = a'),
    targets: ['app'],
    want: { x: {}, y: {} },
    groups: { app: ['y', 'x'], default: ['app'] },
  },
  {
    name: 'a plain block merges with an instance of its name',
    hcl: lines(
      matrix('matrix = { v = ["1", "2"] }', 'name = "app-${v}"', 'args = { v = v }'),
      'target "app-1" { tags = ["t"] }',
    ),
    targets: ['app'],
    want: { 'app-1': { args: { v: '1' }, tags: ['t'] }, 'app-2': { args: { v: '2' } } },
  },
  {
    name: 'two matrix blocks of one label share the group',
    hcl: lines(
      matrix('matrix = { v = ["1"] }', 'name = "app-${v}"'),
      matrix('matrix = { v = ["2"] }', 'name = "app-${v}"'),
    ),
    targets: ['app'],
    want: { 'app-1': {}, 'app-2': {} },
    groups: { app: ['app-1', 'app-2'], default: ['app'] },
  },
  {
    name: 'a written group beats the generated one',
    hcl: lines(
      'group "app" { targets = ["x"] }',
      'target "x" {}',
      matrix('matrix = { v = ["1", "2"] }', 'name = "app-${v}"'),
    ),
    targets: ['app'],
    want: { x: {} },
    groups: { app: ['x'], default: ['app'] },
  },
  {
    name: 'a product beyond all bounds is refused',
    hcl: matrix('matrix = { a = range(1000), b = range(1000) }', 'name = "x"'),
    error: 'Invalid name; matrix has more than 100000 combinations',
  },
]

const references: readonly Row[] = [
  {
    name: 'a target sees values of another',
    hcl: lines('target "a" { tags = ["q"] }', target('tags = target.a.tags')),
    want: { default: { tags: ['q'] } },
  },
  {
    name: 'also of one written later',
    hcl: lines(target('tags = target.z.tags'), 'target "z" { tags = ["q"] }'),
    want: { default: { tags: ['q'] } },
  },
  {
    name: 'and of itself',
    hcl: target('tags = [target.default.context]', 'context = "c"'),
    want: { default: { context: 'c', tags: ['c'] } },
  },
  {
    name: 'different attributes may need each other',
    hcl: lines(
      'target "a" {',
      'context = target.default.target',
      'target = "x"',
      '}',
      target('context = target.a.target', 'target = "y"'),
    ),
    want: { default: { context: 'x', target: 'y' } },
  },
  {
    name: 'the same attribute may not',
    hcl: lines('target "a" { target = target.default.target }', target('target = target.a.target')),
    error: 'Invalid expression; reference cycle not allowed for target.default.target',
  },
  {
    name: 'an unknown target has no attribute',
    hcl: lines('target "a" {}', target('args = { t = target.zz.tags }')),
    error: 'Unsupported attribute; This object does not have an attribute named "zz".',
  },
  {
    name: 'a group shows its members',
    hcl: lines('group "g" { targets = ["default"] }', target('tags = group.g.targets')),
    want: { default: { tags: ['default'] } },
  },
  {
    name: 'a matrix instance goes by its name',
    hcl: lines(
      'target "a" {',
      'matrix = { v = ["1"] }',
      'name = "a-${v}"',
      'context = "c${v}"',
      '}',
      target('tags = [target.a-1.context]'),
    ),
    want: { default: { tags: ['c1'] } },
  },
  {
    name: 'a global may need a target',
    hcl: lines('C = target.default.context', target('context = "x"', 'tags = ["${C}"]')),
    want: { default: { context: 'x', tags: ['x'] } },
  },
  {
    name: 'elements show as objects',
    hcl: lines(
      'target "a" {',
      'output = ["type=docker"]',
      'secret = ["id=x,env=HOME"]',
      'ssh = ["k=p"]',
      '}',
      target(
        'args = { o = jsonencode(target.a.output), s = jsonencode(target.a.secret), k = jsonencode(target.a.ssh), r = jsonencode(target.a.resources) }',
      ),
    ),
    want: {
      default: {
        args: {
          k: '[{"id":"k","paths":["p"]}]',
          o: '[{"dest":"","type":"docker"}]',
          r: 'null',
          s: '[{"env":"HOME","id":"x","src":""}]',
        },
      },
    },
  },
]

const functions: readonly Row[] = [
  {
    name: 'a function takes parameters and sees variables',
    hcl: lines(
      'function "f" {',
      'params = [x]',
      'result = "${x}-${Y}"',
      '}',
      'variable "Y" { default = "y" }',
      target('tags = [f("a")]'),
    ),
    want: { default: { tags: ['a-y'] } },
  },
  {
    name: 'further arguments are a tuple',
    hcl: lines(
      'function "f" {',
      'params = [a]',
      'variadic_params = b',
      'result = [a, b]',
      '}',
      target('args = { x = jsonencode(f(1, 2, 3)) }'),
    ),
    want: { default: { args: { x: '[1,[2,3]]' } } },
  },
  {
    name: 'functions may not call themselves',
    hcl: lines('function "f" {', 'params = [x]', 'result = f(x)', '}', target()),
    error: 'Invalid expression; function cycle not allowed for f',
  },
  {
    name: 'nor each other',
    hcl: lines(
      'function "f" {',
      'params = [x]',
      'result = g(x)',
      '}',
      'function "g" {',
      'params = [x]',
      'result = f(x)',
      '}',
      target(),
    ),
    error: 'Invalid expression; function cycle not allowed for f',
  },
  {
    name: 'an unused body is checked',
    hcl: lines('function "f" {', 'params = [x]', 'result = y', '}', target()),
    error: 'Invalid expression; variable "y" does not exist: undefined',
  },
  {
    name: 'a body cannot see targets',
    hcl: lines('function "f" {', 'params = [x]', 'result = target.default.context', '}', target()),
    error: 'Invalid expression; variable "target" does not exist: undefined',
  },
  {
    name: 'a function has a result',
    hcl: lines('function "f" {', 'params = []', '}', target()),
    error: 'Invalid function; empty result not allowed for f',
  },
  {
    name: 'and parameters',
    hcl: lines('function "f" {', 'result = 1', '}', target()),
    error: 'Invalid function; empty params not allowed for f',
  },
  {
    name: 'parameters are names',
    hcl: lines('function "f" {', 'params = [1]', 'result = 1', '}', target()),
    error: 'Invalid param element; Each parameter name must be an identifier.',
  },
  {
    name: 'a null argument is refused',
    hcl: lines('function "f" {', 'params = [x]', 'result = x', '}', target('tags = [f(null)]')),
    error: 'Invalid function argument; Invalid value for "x" parameter: argument must not be null.',
  },
  {
    name: 'a failing body is quoted with its place',
    hcl: lines('function "f" {', 'params = [x]', 'result = x.foo', '}', target('tags = [f("a")]')),
    error:
      'Error in function call; Call to function "f" failed: docker-bake.hcl:3,11-15: Unsupported attribute; Can\'t access attributes on a primitive-typed value (string)..',
  },
]

const test = rowSuite('planner/definition/blocks', [...values, ...names, ...references, ...functions])
test.run()
