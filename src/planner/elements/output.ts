import type { OutputEntry } from '../plan.ts'
import { parseAttributes, splitFields } from './attribute-list.ts'
import { type Parsed, parsed, refusal } from './parsed.ts'

/**
 * Reads one `output` text (spec bake 2.5): `-`, a bare path, or `type=T,k=v`. A single unquoted field that
 * does not start with `type=` is a path whatever it holds.
 */
export function parseOutput(text: string): Parsed<OutputEntry> {
  const fields = splitFields(text)
  if (!fields.ok) return fields
  if (fields.value.length === 1 && fields.value[0] === text && !text.startsWith('type=')) {
    return parsed({ type: text === '-' ? 'tar' : 'local', attrs: { dest: text } })
  }
  const attributes = parseAttributes(text)
  if (!attributes.ok) return attributes
  const map = new Map<string, string>()
  for (const field of attributes.value) map.set(field.key.toLowerCase().trim(), field.value)
  return outputOfMap(map)
}

/** Reads the object form. An empty `dest` is the same as none. */
export function outputOfMap(map: ReadonlyMap<string, string>): Parsed<OutputEntry> {
  const { type = '', dest = '', ...attrs } = Object.fromEntries(map)
  if (type === '') return refusal('type is required for output')
  return parsed({ type, attrs: dest === '' ? attrs : { ...attrs, dest } })
}
