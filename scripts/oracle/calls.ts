import type { ExpressionMaker } from './expression.ts'
import { DATE_FORMATS, DATES, DURATIONS, FORMATS, PATTERNS } from './texts.ts'

type Result = 'text' | 'number' | 'bool' | 'list' | 'object'
type Arguments = (make: ExpressionMaker, depth: number) => readonly string[]

/** One library function: what it gives and how sensible arguments look. */
interface CallRow {
  readonly name: string
  readonly result: Result
  readonly args: Arguments
  /** Its arguments stay as they are: others differ between versions of the reference. */
  readonly tame?: true
}

const t = (m: ExpressionMaker, d: number): string => m.text(d)
const n = (m: ExpressionMaker, d: number): string => m.number(d)
const b = (m: ExpressionMaker, d: number): string => m.bool(d)
const l = (m: ExpressionMaker, d: number): string => m.list(d)
const o = (m: ExpressionMaker, d: number): string => m.object(d)
const a = (m: ExpressionMaker, d: number): string => m.any(d)
const small = (m: ExpressionMaker): string => String(m.random.int(0, 4))
const words = (m: ExpressionMaker): string =>
  `[${m.random.list(0, 4, () => m.random.pick(['"a"', '"b"', '"c"', '""', '"a"', '"z"'])).join(', ')}]`
const numbers = (m: ExpressionMaker): string => `[${m.random.list(0, 4, () => m.number(0)).join(', ')}]`
const oneOf =
  (items: readonly string[]) =>
  (m: ExpressionMaker): string =>
    m.random.pick(items)

type Maker = (m: ExpressionMaker, d: number) => string

function row(result: Result, name: string, ...makers: readonly Maker[]): CallRow {
  return { name, result, args: (m, d) => makers.map((make) => make(m, d)) }
}

function tame(result: Result, name: string, ...makers: readonly Maker[]): CallRow {
  return { ...row(result, name, ...makers), tame: true }
}

function many(result: Result, name: string, low: number, high: number, item: Maker): CallRow {
  return { name, result, args: (m, d) => m.random.list(low, high, () => item(m, d)) }
}

/** Functions of the library but for those that give the time, random values or need another machine. */
const ROWS: readonly CallRow[] = [
  ...['upper', 'lower', 'title', 'chomp', 'trimspace', 'base64encode', 'urlencode', 'sanitize'].map((name) =>
    row('text', name, t),
  ),
  ...['basename', 'dirname', 'md5', 'sha1', 'sha256', 'sha512', 'reverse'].map((name) =>
    row('text', name, t),
  ),
  row('text', 'base64decode', t),
  row(
    'text',
    'substr',
    t,
    (m) => m.random.pick(['0', '1', '2', '-2', '10', '-1']),
    (m) => m.random.pick(['-1', '0', '1', '3', '20', '-2']),
  ),
  row('text', 'trim', t, oneOf(['"a"', '" "', '"ab"', '""', '"é"', '"d\\n"'])),
  row('text', 'trimprefix', t, t),
  row('text', 'trimsuffix', t, t),
  row('text', 'indent', small, t),
  row('text', 'replace', t, t, t),
  row('text', 'regex', oneOf(PATTERNS), t),
  row(
    'text',
    'regex_replace',
    t,
    oneOf(PATTERNS),
    oneOf(['"X"', '"$1"', '"[$0]"', '"$${1}y"', '"$1x"', '"$$"', '"$x"', '"$${x}"']),
  ),
  many('text', 'join', 2, 3, (m, d) => (m.random.chance(0.6) ? words(m) : l(m, d))),
  { name: 'join', result: 'text', args: (m, d) => [t(m, 0), m.random.chance(0.6) ? words(m) : l(m, d)] },
  { name: 'format', result: 'text', args: formatArguments },
  row('text', 'jsonencode', a),
  tame('text', 'timeadd', oneOf(DATES), oneOf(DURATIONS)),
  tame('text', 'formatdate', oneOf(DATE_FORMATS), oneOf(DATES)),
  row(
    'text',
    'uuidv5',
    oneOf(['"dns"', '"url"', '"oid"', '"x500"', '"6ba7b810-9dad-11d1-80b4-00c04fd430c8"', '"x"']),
    t,
  ),
  tame(
    'text',
    'cidrhost',
    oneOf(['"10.0.0.0/8"', '"10.12.127.0/20"', '"fd00:fd12:3456:7890:00a2::/72"', '"x"']),
    (m) => m.random.pick(['0', '16', '268', '5000']),
  ),
  tame('text', 'cidrnetmask', oneOf(['"172.16.0.0/12"', '"10.1.2.3/32"', '"fd00::/8"', '"1.2.3.4"'])),
  tame(
    'text',
    'cidrsubnet',
    oneOf(['"172.16.0.0/12"', '"10.1.2.0/24"', '"fd00:fd12:3456:7890::/56"']),
    oneOf(['2', '4', '16', '0']),
    oneOf(['0', '1', '2', '15', '162']),
  ),
  tame(
    'list',
    'cidrsubnets',
    oneOf(['"10.1.0.0/16"', '"fd00:fd12:3456:7890::/56"']),
    oneOf(['4', '8']),
    oneOf(['4', '8']),
  ),
  many('text', 'coalesce', 0, 4, (m, d) => (m.random.chance(0.3) ? 'null' : a(m, d))),
  row('text', 'element', words, small),
  { name: 'element', result: 'text', args: (m) => [words(m), small(m)], tame: true },
  row('text', 'try', a, a),
  row('text', 'try', a, t, a),
  row('text', 'lookup', o, oneOf(['"a"', '"b"', '"zz"']), a),
  row('text', 'index', l, n),

  ...['absolute', 'negate', 'ceil', 'floor', 'int', 'signum'].map((name) => row('number', name, n)),
  ...['add', 'subtract', 'multiply', 'divide', 'modulo'].map((name) => row('number', name, n, n)),
  many('number', 'min', 0, 4, n),
  many('number', 'max', 1, 4, n),
  row('number', 'log', oneOf(['1', '2', '8', '100', '0.5', '0', '-1']), oneOf(['2', '10', '1', '0', '16'])),
  row('number', 'pow', oneOf(['2', '10', '-3', '0', '1.5']), oneOf(['0', '1', '10', '100', '-1', '0.5'])),
  row(
    'number',
    'parseint',
    oneOf(['"10"', '"-ff"', '"zz"', '"Zz"', '"1_0"', '""', '"0x1"', '"99999999999999999999"']),
    oneOf(['2', '10', '16', '36', '62', '1', '63']),
  ),
  row('number', 'strlen', t),
  row('number', 'length', l),
  row('number', 'length', a),
  row('number', 'indexof', l, a),

  ...['greaterthan', 'greaterthanorequalto', 'lessthan', 'lessthanorequalto'].map((name) =>
    row('bool', name, n, n),
  ),
  row('bool', 'and', b, b),
  row('bool', 'or', b, b),
  row('bool', 'not', b),
  row('bool', 'equal', a, a),
  row('bool', 'notequal', a, a),
  row('bool', 'contains', l, a),
  row('bool', 'hasindex', l, n),
  row('bool', 'can', a),
  row('bool', 'sethaselement', words, t),

  many('list', 'range', 1, 3, (m) => m.random.pick(['0', '1', '2', '3', '5', '-3', '0.5', '10', '-1'])),
  row('list', 'regexall', oneOf(PATTERNS), t),
  row('list', 'split', oneOf(['","', '" "', '""', '"a"', '"b,"']), t),
  {
    name: 'formatlist',
    result: 'list',
    args: (m, d) => [
      `"${m.random.pick(FORMATS)}-${m.random.pick(FORMATS)}"`,
      m.random.chance(0.6) ? words(m) : l(m, d),
      m.random.chance(0.6) ? n(m, 0) : l(m, d),
    ],
  },
  row(
    'list',
    'csvdecode',
    oneOf([
      '"a,b\\n1,2\\n"',
      '"a,a\\n1,2"',
      '""',
      '"a\\n\\"x\\ny\\""',
      '"a,b\\n1"',
      '"h\\r\\n1\\r\\n"',
      '"a;b\\n1;2"',
    ]),
  ),
  row('list', 'keys', o),
  row('list', 'values', o),
  many('list', 'concat', 0, 3, l),
  row('list', 'flatten', l),
  row('list', 'compact', (m, d) => (m.random.chance(0.5) ? words(m) : l(m, d))),
  row('list', 'distinct', l),
  row('list', 'sort', (m, d) => (m.random.chance(0.5) ? words(m) : l(m, d))),
  row('list', 'sort', numbers),
  row('list', 'reverselist', l),
  row('list', 'slice', l, small, small),
  row('list', 'chunklist', l, small),
  many('list', 'coalescelist', 1, 3, l),
  many('list', 'setunion', 1, 3, (m, d) => (m.random.chance(0.6) ? words(m) : l(m, d))),
  many('list', 'setintersection', 1, 3, (m, d) => (m.random.chance(0.6) ? words(m) : l(m, d))),
  row('list', 'setsubtract', words, (m, d) => (m.random.chance(0.6) ? words(m) : l(m, d))),
  row('list', 'setsubtract', numbers, numbers),
  many('list', 'setsymmetricdifference', 1, 3, words),
  many('list', 'setproduct', 1, 3, (m, d) => (m.random.chance(0.5) ? words(m) : l(m, Math.min(d, 1)))),
  { name: 'convert', result: 'list', args: convertArguments, tame: true },

  many('object', 'merge', 0, 3, o),
  row('object', 'zipmap', words, l),
  row(
    'object',
    'zipmap',
    () => '["a", "b"]',
    (m) => `[${n(m, 0)}, ${t(m, 0)}]`,
  ),
  row(
    'object',
    'jsondecode',
    oneOf([
      '"{\\"a\\":1,\\"b\\":[true,null]}"',
      '"[1,2.50,1e3]"',
      '"\\"x\\""',
      '"{"',
      '"nul"',
      '""',
      '"{\\"a\\":1,\\"a\\":2}"',
      '" 12345678901234567890 "',
      '"1 2"',
    ]),
  ),
  row('object', 'regex', oneOf(['"(?P<x>[a-z]+)(?P<y>,)?"', '"(?P<n>\\\\d+)"']), t),
]

const BY_RESULT = new Map<Result, readonly CallRow[]>(
  (['text', 'number', 'bool', 'list', 'object'] as const).map((result) => [
    result,
    ROWS.filter((one) => one.result === result),
  ]),
)

/** A call of a library function that gives what is asked for when its arguments fit. */
export function callOf(make: ExpressionMaker, result: Result, depth: number): string {
  const { random } = make
  const { name, args, tame: asIs } = random.pick(BY_RESULT.get(result) as readonly CallRow[])
  const list = [...args(make, depth)]
  if (asIs === undefined && name !== 'element') {
    for (let i = 0; i < list.length; i++) if (random.chance(0.03)) list[i] = make.any(depth)
    if (random.chance(0.01)) list.push(make.any(0))
    if (random.chance(0.01)) list.pop()
    if (random.chance(0.04)) return `${name}([${list.join(', ')}]...)`
  }
  return `${name}(${list.join(', ')})`
}

function formatArguments(make: ExpressionMaker, depth: number): string[] {
  const verbs = make.random.list(0, 3, () => make.random.pick(FORMATS))
  const values = verbs.map((verb) =>
    make.random.chance(0.15)
      ? make.any(depth)
      : /[dxXobefgG]$|[df]\|$/.test(verb)
        ? make.number(0)
        : verb === '%t'
          ? make.bool(0)
          : /v$/.test(verb)
            ? make.any(depth)
            : make.text(0),
  )
  const used = verbs
    .map((verb, i) => (verb === '%%' ? undefined : values[i]))
    .filter((one) => one !== undefined)
  return [`"${verbs.join(make.random.pick(['', ' ', ', ']))}"`, ...used]
}

/** `convert(value, TYPE)`; each keyword at most once in a file. */
function convertArguments(make: ExpressionMaker, depth: number): string[] {
  const { random, keywords } = make
  const keyword = (): string | undefined => {
    const left = [...keywords]
    if (left.length === 0) return undefined
    const one = random.pick(left)
    keywords.delete(one)
    return one
  }
  const inner = keyword()
  if (inner === undefined) return [make.any(depth), 'tuple([])']
  return random.weighted([
    [2, () => [make.any(depth), inner]],
    [2, () => [make.list(depth), `list(${inner})`]],
    [2, () => [make.list(depth), `set(${inner})`]],
    [2, () => [make.object(depth), `map(${inner})`]],
    [
      1,
      () => [
        make.list(depth),
        `tuple([${[inner, keyword()].filter((one) => one !== undefined).join(', ')}])`,
      ],
    ],
    [1, () => [make.object(depth), `object({ a = ${inner} })`]],
    [1, () => [make.list(depth), `list(list(${inner}))`]],
  ])
}
