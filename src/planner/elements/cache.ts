import { quote } from '../../core/go/quote.ts'
import type { CacheEntry } from '../plan.ts'
import { parseAttributes, splitFields } from './attribute-list.ts'
import { type Parsed, parsed, refusal } from './parsed.ts'

/**
 * Reads one `cache-from` or `cache-to` text (spec bake 2.5). Without any `=` each CSV field is an image
 * reference, so one text may hold several entries.
 */
export function parseCache(text: string): Parsed<readonly CacheEntry[]> {
  if (!text.includes('=')) {
    const fields = splitFields(text)
    if (!fields.ok) return fields
    return parsed(fields.value.map((ref) => ({ type: 'registry', attrs: { ref } })))
  }
  const fields = parseAttributes(text)
  if (!fields.ok) return fields
  let type = ''
  const attrs: Record<string, string> = {}
  for (const field of fields.value) {
    const key = field.key.toLowerCase()
    if (key === 'type') type = field.value
    else attrs[key] = field.value
  }
  if (type === '') return refusal(`type required for ${quote(text)}`)
  return parsed([{ type, attrs }])
}

/** Reads the object form; `json` is the object as JSON, for the message. */
export function cacheOfMap(map: ReadonlyMap<string, string>, json: () => string): Parsed<CacheEntry> {
  const { type = '', ...attrs } = Object.fromEntries(map)
  if (type === '') return refusal(`type required for ${quote(json())}`)
  return parsed({ type, attrs })
}
