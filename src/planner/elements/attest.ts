import { boolError, parseBool } from '../../core/go/bool.ts'
import type { AttestEntry } from '../plan.ts'
import { parseAttributes, parseFlag } from './attribute-list.ts'
import { type Parsed, parsed, refusal } from './parsed.ts'

/** Reads one `attest` text: `type=T[,disabled=BOOL][,k=v]`; other keys keep their case. */
export function parseAttest(text: string): Parsed<AttestEntry> {
  const fields = parseAttributes(text)
  if (!fields.ok) return fields
  let type = ''
  let disabled = false
  const attrs: Record<string, string> = {}
  for (const field of fields.value) {
    const key = field.key.toLowerCase().trim()
    if (key === 'type') {
      type = field.value
    } else if (key === 'disabled') {
      const flag = parseFlag(field)
      if (!flag.ok) return flag
      disabled = flag.value
    } else {
      attrs[field.key] = field.value
    }
  }
  if (type === '') return refusal('attestation type not specified')
  return parsed({ type, disabled, attrs })
}

/** Reads the object form, which may lack a type (trap 71). */
export function attestOfMap(map: ReadonlyMap<string, string>): Parsed<AttestEntry> {
  const { type = '', disabled: flag, ...attrs } = Object.fromEntries(map)
  if (flag === undefined) return parsed({ type, disabled: false, attrs })
  const disabled = parseBool(flag)
  return disabled === undefined ? refusal(boolError(flag)) : parsed({ type, disabled, attrs })
}

/**
 * The `attest` text that `--sbom=V` or `--provenance=V` stands for: a boolean V switches the type on or
 * off, anything else is its attributes. Empty when V is empty.
 */
export function attestFlagText(type: 'sbom' | 'provenance', value: string): string {
  if (value === '') return ''
  const flag = parseBool(value)
  return flag === undefined ? `type=${type},${value}` : `type=${type},disabled=${String(!flag)}`
}
