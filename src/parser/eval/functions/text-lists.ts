import { compareBytes } from '../../../core/value/equal.ts'
import { list, str } from '../../../core/value/make.ts'
import { listOf, STRING } from '../../../core/value/type.ts'
import type { Value } from '../../../core/value/value.ts'
import { bad, type CallResult, good } from '../../scope.ts'
import { type Family, isSequence, param, textAt } from './define.ts'

/** Functions between text and lists of text (spec bake 3.7). */
export const TEXT_LISTS: Family = [
  {
    name: 'join',
    doc: 'Joins the elements of one or more lists to a text.',
    params: [param('separator', STRING, 'What to put between elements.')],
    variadic: param('lists', listOf(STRING), 'Lists of strings, at least one.'),
    returns: STRING,
    call: callJoin,
  },
  {
    name: 'sort',
    doc: 'Sorts a list as texts, by bytes.',
    params: [param('list', listOf(STRING), 'The elements; numbers are sorted as texts, too.')],
    returns: listOf(STRING),
    call: callSort,
  },
  {
    name: 'split',
    doc: 'Cuts a text at every separator.',
    params: [
      param('separator', STRING, 'The separator; an empty one cuts between all characters.'),
      param('str', STRING, 'The text to cut.'),
    ],
    returns: listOf(STRING),
    call: (args) => good(list(STRING, splitText(textAt(args, 1), textAt(args, 0)).map(str))),
  },
]

function splitText(text: string, separator: string): readonly string[] {
  return separator === '' ? Array.from(text) : text.split(separator)
}

function callJoin(args: readonly Value[]): CallResult {
  const lists = args.slice(1).filter(isSequence)
  if (lists.length === 0) return bad('at least one list is required')
  const texts: string[] = []
  for (const [i, { items }] of lists.entries()) {
    const missing = items.findIndex((item) => item.kind === 'null')
    if (missing >= 0) {
      const where = lists.length > 1 ? `element ${missing} of list ${i + 1}` : `element ${missing}`
      return bad(`${where} is null; cannot concatenate null values`, i + 1)
    }
    texts.push(...items.map((_, k) => textAt(items, k)))
  }
  return good(str(texts.join(textAt(args, 0))))
}

function callSort(args: readonly Value[]): CallResult {
  const items = isSequence(args[0]) ? args[0].items : []
  const missing = items.findIndex((item) => item.kind === 'null')
  if (missing >= 0) return bad(`given list element ${missing} is null; a null string cannot be sorted`)
  const texts = items.map((_, i) => textAt(items, i))
  return good(list(STRING, texts.sort(compareBytes).map(str)))
}
