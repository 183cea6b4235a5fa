import { quote } from '../../core/go/quote.ts'
import type { PolicyEntry } from '../plan.ts'
import { type AttributeField, parseAttributes, parseFlag } from './attribute-list.ts'
import { type Parsed, parsed, refusal } from './parsed.ts'

/** Log levels a policy may ask for, with the names they are also known by. */
const LEVELS: ReadonlyMap<string, string> = new Map([
  ['panic', 'panic'],
  ['fatal', 'fatal'],
  ['error', 'error'],
  ['warn', 'warning'],
  ['warning', 'warning'],
  ['info', 'info'],
  ['debug', 'debug'],
  ['trace', 'trace'],
])

/** Reads one `policy` text: keys filename, reset, disabled, strict, log-level. */
export function parsePolicy(text: string): Parsed<PolicyEntry> {
  const fields = parseAttributes(text)
  return fields.ok ? policyOfFields(fields.value) : fields
}

/** Reads fields of either form; a later one of the same key wins, file names collect. */
export function policyOfFields(fields: readonly AttributeField[]): Parsed<PolicyEntry> {
  const files: string[] = []
  const flags: { reset: boolean; disabled: boolean; strict?: boolean; logLevel?: string } = {
    reset: false,
    disabled: false,
  }
  for (const field of fields) {
    const key = field.key.toLowerCase().trim()
    if (key === 'filename' && field.value !== '') {
      files.push(field.value)
    } else if (key === 'reset' || key === 'disabled' || key === 'strict') {
      const flag = parseFlag(field)
      if (!flag.ok) return flag
      flags[key] = flag.value
    } else if (key === 'log-level') {
      const level = LEVELS.get(field.value.toLowerCase())
      if (level === undefined) {
        const why = `not a valid logrus Level: ${quote(field.value)}`
        return refusal(`invalid value ${field.text}: ${why}`)
      }
      flags.logLevel = level
    } else {
      return refusal(`invalid value ${field.text}`)
    }
  }
  return parsed({ files, ...flags })
}
