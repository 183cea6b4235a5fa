import { quote } from '../../core/go/quote.ts'
import type { SecretEntry } from '../plan.ts'
import { parseAttributes, splitFields } from './attribute-list.ts'
import { type Parsed, parsed, refusal } from './parsed.ts'

/** Reads one `secret` text: keys `id`, `src` or `source`, `env`, `type` (file or env). */
export function parseSecret(text: string): Parsed<SecretEntry> {
  const record = splitFields(text)
  if (!record.ok) return refusal(`failed to parse csv secret: ${record.message}`)
  const fields = parseAttributes(text, (field) => `invalid field '${field}' must be a key=value pair`)
  if (!fields.ok) return fields
  let [id, src, env, type] = ['', '', '', '']
  for (const { key: written, value, text: field } of fields.value) {
    const key = written.toLowerCase()
    if (key === 'type') {
      if (value !== 'file' && value !== 'env') {
        return refusal(`unsupported secret type ${quote(value)}`)
      }
      type = value
    } else if (key === 'id') id = value
    else if (key === 'src' || key === 'source') src = value
    else if (key === 'env') env = value
    else return refusal(`unexpected key '${key}' in '${field}'`)
  }
  if (type === 'env' && env === '') {
    env = src
    src = ''
  }
  return parsed(secretOf(id, src, env))
}

/** A secret without its empty parts. */
export function secretOf(id: string, src: string, env: string): SecretEntry {
  return { id, ...(src === '' ? {} : { src }), ...(env === '' ? {} : { env }) }
}
