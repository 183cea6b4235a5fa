import { parseBytes } from '../../core/go/bytes.ts'
import type { Span } from '../../core/source/source-file.ts'
import { castBool, castInt } from './casts.ts'
import { goType, type Node, printed, scalarText, stringOf } from './node.ts'
import { refuse, type Stop } from './stop.ts'

/** A value that fits the schema but cannot be taken; `place` is in the reference's notation, `services[a].build.pull`. */
export function decodeFailure(place: string, why: string, at: Span, hint: string): Stop {
  const summary = `decoding failed due to the following error(s):\n\n'${place}' ${why}`
  return refuse('compose/bad-value', summary, { at, hints: [hint] })
}

/** A boolean, or one of the words for it; undefined when nothing is written. */
export function readBool(node: Node | undefined, place: string): boolean | undefined {
  if (node?.kind !== 'scalar') return undefined
  if (node.value.type === 'bool') return node.value.value
  const text = stringOf(node)
  if (text === undefined) return undefined
  const cast = castBool(text)
  if (!cast.ok) throw decodeFailure(place, cast.message, node.span, 'write true or false')
  return cast.value.type === 'bool' && cast.value.value
}

/** `NAME: VALUE` pairs or `NAME=VALUE` texts; a name alone has no value. */
export function readPairs(node: Node, place: string): ReadonlyMap<string, string | undefined> {
  const pairs = new Map<string, string | undefined>()
  if (node.kind === 'mapping') {
    for (const [key, { value }] of node.entries) pairs.set(key, scalarText(value))
    return pairs
  }
  if (node.kind !== 'sequence') {
    throw decodeFailure(
      place,
      `unexpected value type ${goType(node)} for mapping`,
      node.span,
      'write a mapping',
    )
  }
  for (const item of node.items) {
    const text = printed(item)
    const equals = text.indexOf('=')
    const name = equals < 0 ? text : text.slice(0, equals)
    if (/\s$/.test(name)) {
      const why = `environment variable ${name} is declared with a trailing space`
      throw decodeFailure(place, why, item.span, 'remove the space before `=`')
    }
    pairs.set(name, equals < 0 ? undefined : text.slice(equals + 1))
  }
  return pairs
}

/** A number of bytes, or a text such as `128m`; 0 when nothing is written. */
export function readBytes(node: Node | undefined, place: string): number {
  if (node?.kind !== 'scalar') return 0
  if (node.value.type === 'int') return Number(node.value.value)
  const text = stringOf(node)
  if (text === undefined) return 0
  const whole = castInt('ParseInt')(text)
  if (whole.ok && whole.value.type === 'int') return Number(whole.value.value)
  const size = parseBytes(text)
  if (!size.ok) throw decodeFailure(place, size.message, node.span, 'write a size such as 64m or 1g')
  return size.value
}

/** A text or a list of texts. */
export function readTexts(node: Node | undefined): readonly string[] {
  if (node === undefined) return []
  if (node.kind === 'sequence') return node.items.map(printed)
  const text = stringOf(node)
  return text === undefined ? [] : [text]
}

/** Values that are always texts; nothing becomes the empty text. */
export function readTextPairs(node: Node | undefined, place: string): ReadonlyMap<string, string> {
  if (node === undefined) return new Map()
  return new Map([...readPairs(node, place)].map(([key, value]) => [key, value ?? ''] as const))
}
