import { type FileId, spanOf } from '../../core/source/source-file.ts'
import { mappingNode, type Node, sequenceNode, textNode } from './node.ts'
import { resolvePlain } from './scalar.ts'

const PLAIN_START = /^(?:[^\s&*!|>'"%@`{}[\],#?:-]|-[^\s&*!|>'"%@`{}[\],#?:-])/
const DOUBLE = /^"([^"\\]*)" *(?: #.*)?$/
const SINGLE = /^'((?:[^']|'')*)' *(?: #.*)?$/
const EMPTY_MAPPING = /^\{\} *(?: #.*)?$/

/** A scalar on one line, or `{}`; undefined for everything that needs the full reader. */
export function readInlineScalar(text: string, start: number, file: FileId): Node | undefined {
  const quote = text.charCodeAt(0)
  if (quote === 34 || quote === 39) return readQuoted(text, start, file)
  if (quote === 123 && EMPTY_MAPPING.test(text)) return mappingNode(new Map(), spanOf(file, start, start + 2))
  if (!PLAIN_START.test(text)) return undefined
  const comment = text.indexOf(' #')
  const plain = (comment < 0 ? text : text.slice(0, comment)).trimEnd()
  if (plain.includes(': ') || plain.endsWith(':')) return undefined
  return { kind: 'scalar', value: resolvePlain(plain), span: spanOf(file, start, start + plain.length) }
}

function readQuoted(text: string, start: number, file: FileId): Node | undefined {
  const double = DOUBLE.exec(text)
  if (double !== null) {
    const inner = double[1] ?? ''
    return textNode(inner, spanOf(file, start, start + inner.length + 2))
  }
  const single = SINGLE.exec(text)
  if (single === null) return undefined
  const inner = single[1] ?? ''
  return textNode(inner.replaceAll("''", "'"), spanOf(file, start, start + inner.length + 2))
}

const ITEM =
  / *(?:"([^"\\]*)"|'([^']*)'|([^\s&*!|>'"%@`{}[\],#?:-][^,[\]{}:#"']*|-[^\s&*!|>'"%@`{}[\],#?:-][^,[\]{}:#"']*)) *([,\]])/y

/** `[a, "b"]` on one line without anything nested; undefined for everything else. */
export function readFlowList(text: string, start: number, file: FileId): Node | undefined {
  const items: Node[] = []
  let at = 1
  const empty = /^\[ *\]/.exec(text)
  if (empty !== null) at = empty[0].length
  else {
    for (;;) {
      ITEM.lastIndex = at
      const match = ITEM.exec(text)
      if (match === null) return undefined
      items.push(flowItem(match, start + at, file))
      at = ITEM.lastIndex
      if (match[4] === ']') break
    }
  }
  if (!/^ *(?: #.*)?$/.test(text.slice(at))) return undefined
  return sequenceNode(items, spanOf(file, start, start + at))
}

function flowItem(match: RegExpExecArray, at: number, file: FileId): Node {
  const start = at + (/^ */.exec(match[0])?.[0].length ?? 0)
  const quoted = match[1] ?? match[2]
  if (quoted !== undefined) return textNode(quoted, spanOf(file, start, start + quoted.length + 2))
  const plain = (match[3] ?? '').trimEnd()
  return { kind: 'scalar', value: resolvePlain(plain), span: spanOf(file, start, start + plain.length) }
}
