import { quoteJson } from '../../core/go/json-quote.ts'

/** JSON with keys in writing order. */
export type Json = null | boolean | number | string | readonly Json[] | ReadonlyMap<string, Json>

/** JSON with two-space indent as Go prints it, HTML characters escaped; no final newline. */
export function renderJson(node: Json): string {
  const parts: string[] = []
  write(node, '\n', parts)
  return parts.join('')
}

function write(node: Json, line: string, parts: string[]): void {
  if (typeof node === 'string') {
    parts.push(quoteJson(node))
  } else if (node instanceof Map) {
    writeMembers(node as ReadonlyMap<string, Json>, line, parts)
  } else if (Array.isArray(node)) {
    writeItems(node as readonly Json[], line, parts)
  } else {
    parts.push(String(node))
  }
}

function writeMembers(members: ReadonlyMap<string, Json>, line: string, parts: string[]): void {
  if (members.size === 0) {
    parts.push('{}')
    return
  }
  const inner = `${line}  `
  let before = '{'
  for (const [key, value] of members) {
    parts.push(before, inner, quoteJson(key), ': ')
    write(value, inner, parts)
    before = ','
  }
  parts.push(line, '}')
}

function writeItems(items: readonly Json[], line: string, parts: string[]): void {
  if (items.length === 0) {
    parts.push('[]')
    return
  }
  const inner = `${line}  `
  let before = '['
  for (const item of items) {
    parts.push(before, inner)
    write(item, inner, parts)
    before = ','
  }
  parts.push(line, ']')
}
