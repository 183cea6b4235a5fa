import { boolError, parseBool } from '../../core/go/bool.ts'
import { parseCsvValue } from '../../core/go/csv-value.ts'
import { type Parsed, parsed, refusal } from './parsed.ts'

/** One `key=value` field of an element's string form. */
export interface AttributeField {
  /** As written. */
  readonly key: string
  readonly value: string
  /** The whole field, for messages. */
  readonly text: string
}

/** Splits one CSV record into fields; the message is the reader's own. */
export function splitFields(text: string): Parsed<readonly string[]> {
  const record = parseCsvValue(text)
  return record.ok ? parsed(record.fields) : refusal(record.message)
}

/** Splits `k=v,k=v` (one CSV record); `complaint` words the refusal of a field without `=`. */
export function parseAttributes(
  text: string,
  complaint: (field: string) => string = (field) => `invalid value ${field}`,
): Parsed<readonly AttributeField[]> {
  const fields = splitFields(text)
  if (!fields.ok) return fields
  const attributes: AttributeField[] = []
  for (const field of fields.value) {
    const equals = field.indexOf('=')
    if (equals < 0) return refusal(complaint(field))
    attributes.push({ key: field.slice(0, equals), value: field.slice(equals + 1), text: field })
  }
  return parsed(attributes)
}

/** A boolean field, worded like the reference when it is none. */
export function parseFlag(field: AttributeField): Parsed<boolean> {
  const flag = parseBool(field.value)
  return flag === undefined ? refusal(`invalid value ${field.text}: ${boolError(field.value)}`) : parsed(flag)
}
