import { lines, type Row, rowSuite, target } from '../bake-rows.ts'

/** A variable X with these lines, shown as JSON in an argument. */
const shown = (...body: readonly string[]): string =>
  lines('variable "X" {', ...body, '}', target('args = { x = jsonencode(X) }'))
const x = (json: string): NonNullable<Row['want']> => ({ default: { args: { x: json } } })
const invalid = (message: string): string => `Invalid value; ${message}`
const rule = (...body: readonly string[]): string => shown('default = 1', 'validation {', ...body, '}')

const defaults: readonly Row[] = [
  { name: 'an untyped variable without default is empty', hcl: shown(), want: x('""') },
  { name: 'a typed variable without default is null', hcl: shown('type = string'), want: x('null') },
  { name: 'a null default stays null', hcl: shown('default = null'), want: x('null') },
  { name: 'type null is no type', hcl: shown('type = null'), want: x('""') },
  { name: 'type any takes any default', hcl: shown('type = any', 'default = [1]'), want: x('[1]') },
  { name: 'a default converts to the type', hcl: shown('type = number', 'default = "5"'), want: x('5') },
  {
    name: 'a default that does not convert is refused',
    hcl: shown('type = number', 'default = "x"'),
    error: invalid('invalid type number for variable X default value: a number is required'),
  },
  {
    name: 'object defaults lose further attributes and gain optional ones',
    hcl: shown('type = object({ a = string, b = optional(number) })', 'default = { a = 1, c = 2 }'),
    want: x('{"a":"1","b":null}'),
  },
  {
    name: 'an unknown type keyword is refused',
    hcl: shown('type = foo'),
    error: 'Invalid type specification; The keyword "foo" is not a valid type specification.',
  },
  {
    name: 'a default may use globals and other variables',
    hcl: lines(
      'variable "A" { default = "${B}-a" }',
      'variable "B" { default = C }',
      'C = "c"',
      target('tags = [A]'),
    ),
    want: { default: { tags: ['c-a'] } },
  },
  {
    name: 'a default cannot see targets',
    hcl: lines('variable "A" { default = target.default.context }', target()),
    error: 'Unknown variable; There is no variable named "target".',
  },
  {
    name: 'the last declaration of a name wins completely',
    hcl: lines('variable "X" {', 'type = number', 'default = 1', '}', shown('default = "a"')),
    env: { X: 'b' },
    want: x('"b"'),
  },
  {
    name: 'a variable named like a block type is ignored',
    hcl: lines('variable "target" { default = "x" }', target()),
    want: { default: {} },
  },
]

const outside: readonly Row[] = [
  {
    name: '--var beats the environment',
    hcl: shown('default = "d"'),
    env: { X: 'e' },
    vars: { X: 'v' },
    want: x('"v"'),
  },
  {
    name: 'the environment can be switched off',
    hcl: shown('default = "d"'),
    env: { X: 'e' },
    envLookup: false,
    want: x('"d"'),
  },
  {
    name: '--var of an undeclared name warns',
    hcl: target(),
    vars: { Y: '1' },
    want: { default: {} },
    warning: '--var Y has no effect',
  },
  ...[
    ['1e3', '1000'],
    ['1_000', '1000'],
    ['1.50', '1.5'],
    ['0x1p4', '16'],
  ].map(([text = '', json = '']) => ({
    name: `a number default reads ${text} as ${json}`,
    hcl: shown('default = 1'),
    env: { X: text },
    want: x(json),
  })),
  ...['a', '0x1F', ' 1'].map((text) => ({
    name: `a number default refuses "${text}"`,
    hcl: shown('default = 1'),
    env: { X: text },
    error: invalid(`failed to parse X as number: strconv.ParseFloat: parsing "${text}": invalid syntax`),
  })),
  {
    name: 'infinity is no number',
    hcl: shown('default = 1'),
    env: { X: 'Inf' },
    error: invalid('failed to parse X as number: invalid number value'),
  },
  { name: 'a bool default reads T', hcl: shown('default = false'), env: { X: 'T' }, want: x('true') },
  {
    name: 'a bool default refuses yes',
    hcl: shown('default = true'),
    env: { X: 'yes' },
    error: invalid('failed to parse X as bool: strconv.ParseBool: parsing "yes": invalid syntax'),
  },
  { name: 'a null default takes the text', hcl: shown('default = null'), env: { X: '1' }, want: x('"1"') },
  {
    name: 'a set reads CSV sorted and distinct',
    hcl: shown('type = set(string)'),
    env: { X: 'b,a,b' },
    want: x('["a","b"]'),
  },
  {
    name: 'a tuple reads CSV by position',
    hcl: shown('type = tuple([string, number])'),
    env: { X: 'b,2' },
    want: x('["b",2]'),
  },
  {
    name: 'a tuple needs all its elements',
    hcl: shown('type = tuple([string, number])'),
    env: { X: 'b' },
    error: invalid('failed to convert variable X from CSV: tuple expects 2 elements but only 1 provided'),
  },
  {
    name: 'CSV holds primitive elements only',
    hcl: shown('type = list(list(string))'),
    env: { X: 'b' },
    error: invalid(
      'failed to convert variable X from CSV: unsupported type list of list of string for CSV specification',
    ),
  },
  {
    name: 'a bad element is named',
    hcl: shown('type = list(number)'),
    env: { X: '1,x' },
    error: invalid(
      'failed to convert variable X from CSV: failed to parse element of type list of number: failed to parse X as number: strconv.ParseFloat: parsing "x": invalid syntax',
    ),
  },
  {
    name: 'a map reads pairs',
    hcl: shown('type = map(string)'),
    env: { X: 'a:b,c:d' },
    want: x('{"a":"b","c":"d"}'),
  },
  {
    name: 'a value with a colon needs inner quotes',
    hcl: shown('type = map(string)'),
    env: { X: '"a:""x:y"""' },
    want: x('{"a":"x:y"}'),
  },
  {
    name: 'a pair without a colon is refused',
    hcl: shown('type = map(string)'),
    env: { X: 'a=1' },
    error: invalid('failed to convert variable X from CSV: expected one k/v pair but got 1 pieces from a=1'),
  },
  {
    name: 'an object cannot be CSV',
    hcl: shown('type = object({ a = string })'),
    env: { X: 'a:x' },
    error: invalid('unsupported type object for variable X'),
  },
  {
    name: 'an object can be JSON',
    hcl: shown('type = object({ a = string })'),
    env: { X_JSON: '{"a":1}' },
    want: x('{"a":"1"}'),
  },
  {
    name: 'JSON beats CSV for a typed variable',
    hcl: shown('type = list(string)'),
    env: { X: 'z', X_JSON: '["a",1]' },
    want: x('["a","1"]'),
  },
  {
    name: 'a declared NAME_JSON is a variable of its own',
    hcl: lines('variable "X_JSON" { default = "q" }', shown('type = string')),
    env: { X_JSON: '"1"' },
    want: x('null'),
  },
  {
    name: 'NAME beats NAME_JSON for an untyped variable',
    hcl: shown('default = "d"'),
    env: { X: 'a', X_JSON: '"1"' },
    want: x('"a"'),
  },
]

const validations: readonly Row[] = [
  {
    name: 'a failing rule shows its message',
    hcl: rule('condition = X > 1', 'error_message = "bad ${X}"'),
    error: 'Validation failed; bad 1',
  },
  {
    name: 'a rule that holds is silent',
    hcl: rule('condition = X == 1', 'error_message = "bad"'),
    want: x('1'),
  },
  {
    name: 'a rule sees overrides',
    hcl: rule('condition = X > 1', 'error_message = "bad"'),
    env: { X: '2' },
    want: x('2'),
  },
  {
    name: 'a null condition is refused',
    hcl: rule('condition = null', 'error_message = "bad"'),
    error: 'Invalid condition result; Condition expression must return either true or false, not null.',
  },
  {
    name: 'a missing condition is refused',
    hcl: rule('error_message = "bad"'),
    error: 'Invalid condition result; Condition expression must return either true or false, not null.',
  },
  {
    name: 'a null message is replaced',
    hcl: rule('condition = X > 1', 'error_message = null'),
    error: 'Validation failed; This check failed, but has an invalid error message.',
  },
  {
    name: 'a message may be a number',
    hcl: rule('condition = X > 1', 'error_message = 5'),
    error: 'Validation failed; 5',
  },
  {
    name: 'every failing rule counts',
    hcl: shown(
      'default = 1',
      'validation {',
      'condition = X > 1',
      'error_message = "m1"',
      '}',
      'validation {',
      'condition = X > 2',
      'error_message = "m2"',
      '}',
    ),
    error: 'Validation failed; m1',
    errors: 2,
  },
  {
    name: 'a validation takes two keys only',
    hcl: rule('condition = X == 1', 'error_message = "m"', 'foo = 1'),
    error: 'Unsupported argument; An argument named "foo" is not expected here.',
  },
  {
    name: 'a description is constant',
    hcl: shown('description = upper("a")'),
    error: 'Function calls not allowed; Functions may not be called here.',
    errors: 2,
  },
]

const cycles: readonly Row[] = [
  {
    name: 'variables cannot need each other',
    hcl: lines('variable "A" { default = B }', 'variable "B" { default = A }', target()),
    error: 'Invalid expression; variable cycle not allowed for A',
  },
  {
    name: 'nor themselves',
    hcl: lines('variable "A" { default = A }', target()),
    error: 'Invalid expression; variable cycle not allowed for A',
  },
  {
    name: 'a chain of variables may be long',
    hcl: lines(
      ...Array.from(
        { length: 3000 },
        (_, i) => `variable "v${i}" { default = ${i < 2999 ? `v${i + 1}` : '"end"'} }`,
      ),
      target('tags = [v0]'),
    ),
    want: { default: { tags: ['end'] } },
  },
]

const test = rowSuite('planner/definition/variables', [...defaults, ...outside, ...validations, ...cycles])
test.run()
