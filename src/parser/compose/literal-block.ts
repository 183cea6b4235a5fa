import { type SourceFile, spanOf } from '../../core/source/source-file.ts'
import { type Node, textNode } from './node.ts'

const HEADER = /^\|([-+]?) *(?: #.*)?$/

/** A literal block scalar and where the text goes on behind it. */
export interface LiteralBlock {
  readonly node: Node
  readonly end: number
}

/**
 * Reads the lines below `key: |` at `indent`; `start` is where the header begins. Undefined for indentation
 * indicators, for blocks without text, and for uneven indentation.
 */
export function readLiteral(
  file: SourceFile,
  header: string,
  start: number,
  indent: number,
): LiteralBlock | undefined {
  const chomping = HEADER.exec(header)?.[1]
  if (chomping === undefined) return undefined
  const { text } = file
  const lines: string[] = []
  let inner = -1
  let at = start + header.length + 1
  let end = at
  while (at < text.length) {
    const newline = text.indexOf('\n', at)
    // The reference gives a last line without a line break none either; the full reader sees to that.
    if (newline < 0) return undefined
    const line = text.slice(at, newline)
    const depth = line.length - line.trimStart().length
    if (depth === line.length) {
      if (inner < 0 && depth > 0) return undefined
      lines.push(line.slice(Math.max(inner, 0)))
    } else {
      if (inner < 0) inner = depth
      if (depth < inner) {
        if (depth > indent) return undefined
        break
      }
      if (inner <= indent) return undefined
      lines.push(line.slice(inner))
    }
    at = newline + 1
    end = at
  }
  if (inner < 0) return undefined
  return { node: textNode(chomped(lines, chomping), spanOf(file.id, start, end)), end }
}

function chomped(lines: readonly string[], chomping: string): string {
  const all = lines.map((line) => `${line}\n`).join('')
  if (chomping === '+') return all
  const bare = all.replace(/\n+$/, '')
  return chomping === '-' ? bare : `${bare}\n`
}
