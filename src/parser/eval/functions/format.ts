import { quote, quoteChar } from '../../../core/go/quote.ts'
import { graphemeCount, graphemes } from '../../../core/text/grapheme.ts'
import { convert } from '../../../core/value/convert.ts'
import { toJson } from '../../../core/value/json.ts'
import { list, str } from '../../../core/value/make.ts'
import { toBigInt } from '../../../core/value/number.ts'
import { ANY, listOf, STRING, type Type } from '../../../core/value/type.ts'
import type { Value } from '../../../core/value/value.ts'
import { bad, type CallResult, good } from '../../scope.ts'
import { type Family, isSequence, param, textAt } from './define.ts'
import { formatFloat, formatInteger, type Layout, shortText } from './format-number.ts'
import { scanFormat, type Verb } from './format-scan.ts'

const ARGUMENTS = param('args', ANY, 'What the verbs stand for.', { allowNull: true })
const FORMAT = param('format', STRING, 'Text with verbs such as %s, %d, %5.2f or %[1]v.')

/** Formatting by verbs (spec bake 3.7, `format`). */
export const FORMATTING: Family = [
  {
    name: 'format',
    doc: 'Fills verbs such as %s and %d in a text with values.',
    params: [FORMAT],
    variadic: ARGUMENTS,
    returns: STRING,
    call: (args) => {
      const made = fill(textAt(args, 0), args.slice(1))
      return typeof made === 'string' ? good(str(made)) : { ok: false, problem: made }
    },
  },
  {
    name: 'formatlist',
    doc: 'Fills the verbs of a text once for every element of the given lists.',
    params: [FORMAT],
    variadic: ARGUMENTS,
    returns: listOf(STRING),
    call: callFormatList,
  },
]

interface Fault {
  readonly message: string
  readonly argument?: number
}

function callFormatList(args: readonly Value[]): CallResult {
  const format = textAt(args, 0)
  const values = args.slice(1)
  const chooser = values.findIndex(isSequence)
  const length = lengthOf(values[chooser]) ?? 1
  for (const [i, value] of values.entries()) {
    const own = lengthOf(value)
    if (own === undefined || own === length) continue
    const other = `argument ${chooser + 1} of length ${length}`
    return bad(`argument ${i + 1} has length ${own}, which is inconsistent with ${other}`, i + 1)
  }
  const made: Value[] = []
  for (let row = 0; row < length; row++) {
    const rowValues = values.map((value) => (isSequence(value) ? (value.items[row] ?? value) : value))
    const text = fill(format, rowValues)
    if (typeof text !== 'string') {
      if (values.length === 0) return { ok: false, problem: text }
      return bad(`error on format iteration ${row}: ${text.message}`)
    }
    made.push(str(text))
  }
  return good(list(STRING, made))
}

function lengthOf(value: Value | undefined): number | undefined {
  return isSequence(value) ? value.items.length : undefined
}

/** The filled text, or what is wrong; a surplus argument is blamed by its index in the call. */
function fill(format: string, values: readonly Value[]): string | Fault {
  let out = ''
  let next = 1
  let highest = 0
  for (const piece of scanFormat(format)) {
    if (piece.kind === 'fault') return { message: piece.message }
    if (piece.kind === 'text') {
      out += piece.text
      continue
    }
    const index = piece.verb.argument ?? next
    highest = Math.max(highest, index)
    const made = formatVerb(piece.verb, index, values)
    if (typeof made !== 'string') return made
    out += made
    next = index + 1
  }
  if (highest >= values.length) return out
  const reason = highest === 0 ? 'no verbs in format string' : `only ${highest} used by format string`
  return { message: `too many arguments; ${reason}`, argument: highest + 1 }
}

/** Wider fields and longer fractions are mistakes; the reference garbles numbers beyond this. */
const MAX_SIZE = 1_000_000

function formatVerb(verb: Verb, index: number, values: readonly Value[]): string | Fault {
  const value = values[index - 1]
  const raw = quote(verb.raw)
  if (value === undefined) {
    const need = `need index ${index} but have ${values.length} total`
    return { message: `not enough arguments for ${raw} at ${verb.offset}: ${need}` }
  }
  const unsupported = (why: string): Fault => ({
    message: `unsupported value for ${raw} at ${verb.offset}: ${why}`,
  })
  if (verb.letter !== 'v' && value.kind === 'null') return unsupported('null value cannot be formatted')
  const format = FORMATTERS[verb.letter]
  if (format === undefined) {
    return {
      message: `unsupported format verb ${quoteChar(verb.letter)} in ${raw} at offset ${verb.offset}`,
    }
  }
  const { width = 0, precision = 0 } = verb.layout
  if (Math.max(width, precision) > MAX_SIZE) return unsupported(`sizes must not exceed ${MAX_SIZE}`)
  const made = format(value, verb)
  return typeof made === 'string' ? made : unsupported(made.why)
}

type Formatter = (value: Value, verb: Verb) => string | { readonly why: string }

const FORMATTERS: Readonly<Record<string, Formatter>> = {
  v: formatAny,
  t: (value) =>
    asType(value, { kind: 'bool' }, (converted) =>
      converted.kind === 'bool' && converted.value ? 'true' : 'false',
    ),
  ...Object.fromEntries(['b', 'd', 'o', 'x', 'X'].map((letter) => [letter, formatWhole])),
  ...Object.fromEntries(['e', 'E', 'f', 'g', 'G'].map((letter) => [letter, formatReal])),
  s: (value, { layout }) => formatString(value, layout, (text) => text),
  q: (value, { layout }) => formatString(value, layout, (text) => jsonOf(str(text))),
}

function asType(
  value: Value,
  type: Type,
  then: (converted: Value) => string | { readonly why: string },
): string | { readonly why: string } {
  const converted = convert(value, type)
  return converted.ok ? then(converted.value) : { why: converted.message }
}

function formatAny(value: Value, { layout }: Verb): string | { readonly why: string } {
  if (!layout.sharp && value.kind === 'string') return padded(value.value, layout)
  if (!layout.sharp && value.kind === 'number') return padded(shortText(value.value), layout)
  const json = jsonOf(value)
  return typeof json === 'string' ? padded(json, layout) : json
}

function formatWhole(value: Value, { letter, layout }: Verb): string | { readonly why: string } {
  return asType(value, { kind: 'number' }, (converted) => {
    const whole = converted.kind === 'number' ? toBigInt(converted.value) : undefined
    return whole === undefined ? { why: 'an integer is required' } : formatInteger(whole, letter, layout)
  })
}

function formatReal(value: Value, { letter, layout }: Verb): string | { readonly why: string } {
  return asType(value, { kind: 'number' }, (converted) =>
    converted.kind === 'number'
      ? formatFloat(converted.value, letter, layout)
      : { why: 'a number is required' },
  )
}

/** The precision cuts the text, not its quoted form; a precision of 0 cuts nothing. */
function formatString(
  value: Value,
  layout: Layout,
  dress: (text: string) => string | { readonly why: string },
): string | { readonly why: string } {
  return asType(value, STRING, (converted) => {
    const text = converted.kind === 'string' ? converted.value : ''
    const { precision = 0 } = layout
    const dressed = dress(precision > 0 ? graphemes(text).slice(0, precision).join('') : text)
    return typeof dressed === 'string' ? padded(dressed, layout) : dressed
  })
}

/** Widths count grapheme clusters. */
function padded(text: string, { width = 0, zero, minus }: Layout): string {
  if (width === 0) return text
  const padding = (zero ? '0' : ' ').repeat(Math.max(0, width - graphemeCount(text)))
  return minus ? text + padding : padding + text
}

function jsonOf(value: Value): string | { readonly why: string } {
  const made = toJson(value)
  return made.ok ? made.text : { why: made.message }
}
