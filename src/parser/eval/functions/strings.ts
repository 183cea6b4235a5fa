import { graphemeCount, graphemes } from '../../../core/text/grapheme.ts'
import { num, str } from '../../../core/value/make.ts'
import { NUMBER, STRING } from '../../../core/value/type.ts'
import type { Value } from '../../../core/value/value.ts'
import { bad, type CallResult, type FunctionSpec, good } from '../../scope.ts'
import { type Family, param, textAt, WHOLE_REQUIRED, wholeAt } from './define.ts'
import { lowerCase, titleCase, trimWhiteSpace, upperCase } from './letter-case.ts'

/** Functions from text to text (spec bake 3.7). Characters are grapheme clusters unless noted. */
export const STRINGS: Family = [
  change('chomp', 'Cuts all line ends off the end of a text.', chomp),
  {
    name: 'indent',
    doc: 'Indents every line of a text but the first.',
    params: [
      param('spaces', NUMBER, 'How many spaces to put in front of a line.'),
      param('str', STRING, 'The text.'),
    ],
    returns: STRING,
    call: callIndent,
  },
  change('lower', 'Turns all letters into small ones.', lowerCase),
  {
    name: 'replace',
    doc: 'Replaces every occurrence of a literal text; there is no form with patterns.',
    params: [
      param('str', STRING, 'The text to search.'),
      param('substr', STRING, 'What to look for.'),
      param('replace', STRING, 'What to put in its place.'),
    ],
    returns: STRING,
    call: (args) => good(str(replaceAll(textAt(args, 0), textAt(args, 1), textAt(args, 2)))),
  },
  change('reverse', 'Turns the order of the characters round.', (text) => graphemes(text).reverse().join('')),
  {
    name: 'sanitize',
    doc: 'Replaces whatever may not stand in the name of a target by underscores.',
    params: [param('name', STRING, 'The text to make a name of.')],
    returns: STRING,
    call: (args) => good(str(textAt(args, 0).replaceAll(/[^A-Za-z0-9_-]/gu, '_'))),
  },
  {
    name: 'strlen',
    doc: 'Counts the characters of a text.',
    params: [param('str', STRING, 'The text to measure.')],
    returns: NUMBER,
    call: (args) => good(num(graphemeCount(textAt(args, 0)))),
  },
  {
    name: 'substr',
    doc: 'Takes a part of a text.',
    params: [
      param('str', STRING, 'The text.'),
      param('offset', NUMBER, 'Where to begin, in characters; a negative number counts from the end.'),
      param('length', NUMBER, 'How many characters to take at most; -1 for the rest.'),
    ],
    returns: STRING,
    call: callSubstring,
  },
  change('title', 'Makes the first letter of every word a capital.', titleCase),
  affix(
    'trim',
    'Cuts characters of a set off both ends of a text.',
    param('cutset', STRING, 'The characters to cut off, in any order.'),
    trimSet,
  ),
  affix(
    'trimprefix',
    'Cuts a prefix off a text that has it.',
    param('prefix', STRING, 'The prefix.'),
    (text, prefix) => (text.startsWith(prefix) ? text.slice(prefix.length) : text),
  ),
  change('trimspace', 'Cuts white space off both ends of a text.', trimWhiteSpace),
  affix(
    'trimsuffix',
    'Cuts a suffix off a text that has it.',
    param('suffix', STRING, 'The suffix.'),
    (text, suffix) => (text.endsWith(suffix) ? text.slice(0, text.length - suffix.length) : text),
  ),
  change('upper', 'Turns all letters into capitals.', upperCase),
]

function change(name: string, doc: string, transform: (text: string) => string): FunctionSpec {
  return {
    name,
    doc,
    params: [param('str', STRING, 'The text.')],
    returns: STRING,
    call: (args) => good(str(transform(textAt(args, 0)))),
  }
}

function affix(
  name: string,
  doc: string,
  second: ReturnType<typeof param>,
  trim: (text: string, affix: string) => string,
): FunctionSpec {
  return {
    name,
    doc,
    params: [param('str', STRING, 'The text.'), second],
    returns: STRING,
    call: (args) => good(str(trim(textAt(args, 0), textAt(args, 1)))),
  }
}

function chomp(text: string): string {
  let end = text.length
  while (end > 0 && (text[end - 1] === '\n' || text[end - 1] === '\r')) end--
  return text.slice(0, end)
}

function trimSet(text: string, cutset: string): string {
  const cut = new Set(cutset)
  const chars = Array.from(text)
  let start = 0
  let end = chars.length
  while (start < end && cut.has(chars[start] ?? '')) start++
  while (end > start && cut.has(chars[end - 1] ?? '')) end--
  return chars.slice(start, end).join('')
}

/** An empty `old` matches in front of every code point and at the end. */
function replaceAll(text: string, old: string, fresh: string): string {
  if (old === '') return fresh + Array.from(text, (char) => char + fresh).join('')
  return text.split(old).join(fresh)
}

/** A result beyond this many characters is a mistake rather than a wish. */
const MAX_INDENTED_LENGTH = 64 * 1024 * 1024

function callIndent(args: readonly Value[]): CallResult {
  const spaces = wholeAt(args, 0)
  if (spaces === undefined) return bad(WHOLE_REQUIRED)
  if (spaces < 0) return bad('number of spaces must not be negative', 0)
  const lines = textAt(args, 1).split('\n')
  if (spaces * (lines.length - 1) > MAX_INDENTED_LENGTH) {
    return bad(`the result would be longer than ${MAX_INDENTED_LENGTH} characters`, 0)
  }
  return good(str(lines.join(lines.length > 1 ? `\n${' '.repeat(spaces)}` : '')))
}

/** With a negative offset a length of 0 means the rest, as in the reference (spec bake 3.7, quirk). */
function callSubstring(args: readonly Value[]): CallResult {
  const offset = wholeAt(args, 1)
  const length = wholeAt(args, 2)
  if (offset === undefined || length === undefined) return bad(WHOLE_REQUIRED)
  if (offset >= 0 && length === 0) return good(str(''))
  const chars = graphemes(textAt(args, 0))
  const start = Math.max(0, offset < 0 ? offset + chars.length : offset)
  const rest = chars.slice(start)
  return good(str((length > 0 ? rest.slice(0, length) : rest).join('')))
}
