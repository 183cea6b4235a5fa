import { list, nullOf, object, str, tuple } from '../../../core/value/make.ts'
import { objectOf, STRING, type Type, tupleOf } from '../../../core/value/type.ts'
import type { Value } from '../../../core/value/value.ts'
import { bad, type CallResult, good } from '../../scope.ts'
import { type Family, param, textAt } from './define.ts'
import { compileRegex, type RegexEngine } from './heavy/regex-engine.ts'

const PATTERN = param('pattern', STRING, 'A regular expression in RE2 syntax.')

/** Functions on regular expressions (spec bake 3.7). */
export const REGEX: Family = [
  {
    name: 'regex',
    doc: 'Gives the first match of a pattern: its text, a tuple of its groups, or an object of its named groups.',
    params: [PATTERN, param('string', STRING, 'The text to search.')],
    call: callRegex,
  },
  {
    name: 'regexall',
    doc: 'Lists all matches of a pattern, each in the form regex has.',
    params: [PATTERN, param('string', STRING, 'The text to search.')],
    call: callRegexAll,
  },
  {
    name: 'regex_replace',
    doc: 'Replaces every match of a pattern.',
    params: [
      param('str', STRING, 'The text to search.'),
      PATTERN,
      param('replace', STRING, 'The replacement; $1 and $' + '{name} stand for groups.'),
    ],
    returns: STRING,
    call: callReplace,
  },
]

/** One match: start and end of the whole and of every group, -1 where a group took no part. */
type Match = readonly { readonly start: number; readonly end: number }[]

interface Pattern {
  readonly expression: RegexEngine
  /** Names of groups from 1; empty for unnamed ones. */
  readonly groupNames: readonly string[]
}

function callRegex(args: readonly Value[]): CallResult {
  const pattern = compileShaped(textAt(args, 0))
  if (typeof pattern === 'string') return bad(pattern, 0)
  const text = textAt(args, 1)
  for (const match of matchesIn(pattern, text)) return good(describeMatch(pattern, text, match))
  return bad('pattern did not match any part of the given string')
}

function callRegexAll(args: readonly Value[]): CallResult {
  const pattern = compileShaped(textAt(args, 0))
  if (typeof pattern === 'string') return bad(pattern, 0)
  const text = textAt(args, 1)
  const found = Array.from(matchesIn(pattern, text), (match) => describeMatch(pattern, text, match))
  return good(list(matchType(pattern), found))
}

function callReplace(args: readonly Value[]): CallResult {
  const pattern = compile(textAt(args, 1))
  if ('code' in pattern) {
    return bad(`error parsing regexp: ${pattern.code}: \`${pattern.part}\``)
  }
  const text = textAt(args, 0)
  let out = ''
  let copied = 0
  for (const match of matchesIn(pattern, text)) {
    const [whole = { start: 0, end: 0 }] = match
    out += text.slice(copied, whole.start) + expand(textAt(args, 2), pattern, text, match)
    copied = whole.end
  }
  return good(str(out + text.slice(copied)))
}

interface PatternFault {
  readonly code: string
  readonly part: string
}

function compile(source: string): Pattern | PatternFault {
  const pattern = compileAs(source, [])
  if (!('code' in pattern) || pattern.code !== DUPLICATE_NAME) return pattern
  // RE2 in Go lets names repeat, the package does not: number the groups instead.
  const names: string[] = []
  return compileAs(renameGroups(source, names), names)
}

const DUPLICATE_NAME = 'duplicate capture group name'

/** `names[n]` is what group name `g{n}` stood for before renaming. */
function compileAs(source: string, names: readonly string[]): Pattern | PatternFault {
  try {
    const expression = compileRegex(source)
    const groupNames = Array<string>(expression.groupCount()).fill('')
    for (const [name, index] of Object.entries(expression.namedGroups())) {
      groupNames[index - 1] = names[Number(name.slice(1))] ?? name
    }
    return { expression, groupNames }
  } catch (error) {
    return faultOf(error)
  }
}

/** Literals, escapes and classes hold no groups. */
const NAMED_GROUP =
  /\\Q[\s\S]*?(?:\\E|$)|\\[\s\S]|\[\^?\]?(?:\[:\^?\w+:\]|\\[\s\S]|[^\]\\])*\]|\(\?P?<(\w+)>/gu

function renameGroups(source: string, names: string[]): string {
  return source.replace(NAMED_GROUP, (found, name?: string) =>
    name === undefined ? found : `(?P<g${names.push(name) - 1}>`,
  )
}

/** The package describes its complaints with the words of RE2, which are the reference's words as well. */
function faultOf(error: unknown): PatternFault {
  const known = error as { error?: unknown; input?: unknown; message?: unknown }
  if (typeof known.error !== 'string') return { code: String(known.message), part: '' }
  return { code: known.error, part: typeof known.input === 'string' ? known.input : '' }
}

/** Compiles for `regex` and `regexall`, whose result has a shape by the groups of the pattern. */
function compileShaped(source: string): Pattern | string {
  const pattern = compile(source)
  if ('code' in pattern) return `invalid regexp pattern: ${pattern.code} in ${pattern.part}`
  const named = pattern.groupNames.filter((name) => name !== '').length
  return named > 0 && named < pattern.groupNames.length
    ? 'invalid regexp pattern: cannot mix both named and unnamed capture groups'
    : pattern
}

/** All matches from left to right; an empty one right behind another match does not count. */
function* matchesIn({ expression, groupNames }: Pattern, text: string): Generator<Match, void> {
  const matcher = expression.matcher(text)
  let previousEnd = -1
  let at = 0
  while (at <= text.length && matcher.find(at)) {
    const match = Array.from({ length: groupNames.length + 1 }, (_, group) => ({
      start: matcher.start(group),
      end: matcher.end(group),
    }))
    const { start, end } = match[0] ?? { start: at, end: at }
    if (end > start || start !== previousEnd) yield match
    previousEnd = end
    at = end > start ? end : end + ((text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1)
  }
}

function describeMatch({ groupNames }: Pattern, text: string, match: Match): Value {
  const [whole = '', ...groups] = match.map(({ start, end }) =>
    start < 0 ? undefined : text.slice(start, end),
  )
  if (groups.length === 0) return str(whole)
  const values = groups.map((group) => (group === undefined ? nullOf(STRING) : str(group)))
  if (groupNames[0] === '') return tuple(values)
  return object(new Map(groupNames.map((name, i) => [name, values[i] ?? nullOf(STRING)])))
}

function matchType({ groupNames }: Pattern): Type {
  if (groupNames.length === 0) return STRING
  if (groupNames[0] === '') return tupleOf(groupNames.map(() => STRING))
  return objectOf(new Map(groupNames.map((name) => [name, STRING])))
}

const REFERENCE = /\$(?:(\$)|\{(\w+)\}|(\w+))/gu

/** Fills `$1`, `${1}`, `$name`, `${name}` and `$$` of a replacement; unknown groups are empty. */
function expand(template: string, { groupNames }: Pattern, text: string, match: Match): string {
  return template.replace(REFERENCE, (_all, dollar?: string, braced?: string, plain?: string) => {
    if (dollar !== undefined) return '$'
    const name = braced ?? plain ?? ''
    const isNumber = /^(?:0|[1-9]\d*)$/.test(name)
    const group = isNumber
      ? match[Number(name)]
      : match.slice(1).find(({ start }, i) => groupNames[i] === name && start >= 0)
    return group === undefined || group.start < 0 ? '' : text.slice(group.start, group.end)
  })
}
