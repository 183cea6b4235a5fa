import { quote } from '../../../core/go/quote.ts'
import { daysInMonth, daysOfDate, type Moment } from './civil.ts'

/** A read timestamp, or why the text is none. */
export type ReadMoment =
  | { readonly ok: true; readonly moment: Moment }
  | { readonly ok: false; readonly message: string }

const EXACT = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:Z|([+-])(\d\d):(\d\d))$/

/**
 * Reads a timestamp of RFC 3339. The messages follow the reference (go-cty `parseTimestamp`): they name the
 * first part that does not fit and show what is left of the text there.
 */
export function parseTimestamp(text: string): ReadMoment {
  const moment = readExactly(text)
  if (moment !== undefined) return { ok: true, moment }
  return { ok: false, message: `not a valid RFC3339 timestamp${explain(text)}` }
}

/** Like `parseTimestamp`, and takes an hour of one digit, a comma before the fraction and odd offsets too. */
export function parseLenientTimestamp(text: string): Moment | undefined {
  const exact = readExactly(text)
  if (exact !== undefined) return exact
  const reader = new PartReader(text)
  const parts = readParts(reader)
  return 'trouble' in parts || parts.day < 1 || parts.day > daysInMonth(parts.year, parts.month)
    ? undefined
    : momentOf(parts)
}

function readExactly(text: string): Moment | undefined {
  const found = EXACT.exec(text)
  if (found === null) return undefined
  const part = (i: number): number => Number(found[i] ?? 0)
  const month = part(2)
  const fits = month >= 1 && month <= 12 && part(3) >= 1 && part(3) <= daysInMonth(part(1), month)
  if (!fits || part(4) > 23 || part(5) > 59 || part(6) > 59 || part(9) > 23 || part(10) > 59) return undefined
  const offset = (part(9) * 60 + part(10)) * 60
  return momentOf({
    year: part(1),
    month,
    day: part(3),
    hour: part(4),
    minute: part(5),
    second: part(6),
    nanos: nanosOf(found[7] ?? ''),
    offsetSeconds: found[8] === '-' ? -offset : offset,
  })
}

interface Parts {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly nanos: number
  readonly offsetSeconds: number
}

function momentOf(p: Parts): Moment {
  const days = daysOfDate(p.year, p.month, p.day)
  const local = days * 86_400 + p.hour * 3600 + p.minute * 60 + p.second
  return { epochSeconds: local - p.offsetSeconds, nanos: p.nanos, offsetSeconds: p.offsetSeconds }
}

function nanosOf(digits: string): number {
  return Number(digits.slice(0, 9).padEnd(9, '0'))
}

type PartName = 'year' | 'month' | 'day of month' | 'hour' | 'minute' | 'second' | 'UTC offset'

/** The first thing that does not fit: a named part or a literal, and the text found there. */
type Trouble = { readonly part: PartName | '-' | ':' | 'T' | 'end'; readonly found: string }

/** Takes the parts of a timestamp one by one until something does not fit. */
class PartReader {
  rest: string
  trouble: Trouble | undefined

  constructor(text: string) {
    this.rest = text
  }

  literal(mark: '-' | ':' | 'T'): void {
    if (this.trouble !== undefined) return
    if (this.rest.startsWith(mark)) this.rest = this.rest.slice(1)
    else this.trouble = { part: mark, found: this.rest }
  }

  /** A number; what is out of range is blamed on the text behind it, as the reference does. */
  number(part: PartName, pattern: RegExp, least: number, most: number): number {
    if (this.trouble !== undefined) return least
    const digits = pattern.exec(this.rest)?.[0]
    if (digits === undefined) {
      this.trouble = { part, found: this.rest }
      return least
    }
    this.rest = this.rest.slice(digits.length)
    const value = Number(digits)
    if (value < least || value > most) this.trouble = { part, found: this.rest }
    return value
  }

  fraction(): number {
    const digits = this.trouble === undefined ? /^[.,](\d+)/.exec(this.rest)?.[1] : undefined
    if (digits === undefined) return 0
    this.rest = this.rest.slice(digits.length + 1)
    return nanosOf(digits)
  }

  offset(): number {
    if (this.trouble !== undefined) return 0
    if (this.rest.startsWith('Z')) {
      this.rest = this.rest.slice(1)
      return 0
    }
    const found = /^([+-])(\d\d):(\d\d)/.exec(this.rest)
    if (found === null) {
      this.trouble = { part: 'UTC offset', found: this.rest }
      return 0
    }
    this.rest = this.rest.slice(6)
    const [hours, minutes] = [Number(found[2]), Number(found[3])]
    if (hours > 24 || minutes > 60) this.trouble = { part: 'UTC offset', found: this.rest }
    return (hours * 60 + minutes) * (found[1] === '-' ? -60 : 60)
  }

  end(): void {
    if (this.trouble === undefined && this.rest !== '') this.trouble = { part: 'end', found: this.rest }
  }
}

const TWO_DIGITS = /^\d\d/

function readParts(reader: PartReader): Parts | { readonly trouble: Trouble } {
  const year = reader.number('year', /^\d{4}/, 0, 9999)
  reader.literal('-')
  const month = reader.number('month', TWO_DIGITS, 1, 12)
  reader.literal('-')
  const day = reader.number('day of month', TWO_DIGITS, 0, 99)
  reader.literal('T')
  const hour = reader.number('hour', /^\d\d?/, 0, 23)
  reader.literal(':')
  const minute = reader.number('minute', TWO_DIGITS, 0, 59)
  reader.literal(':')
  const second = reader.number('second', TWO_DIGITS, 0, 59)
  const nanos = reader.fraction()
  const offsetSeconds = reader.offset()
  reader.end()
  if (reader.trouble !== undefined) return { trouble: reader.trouble }
  return { year, month, day, hour, minute, second, nanos, offsetSeconds }
}

/** The message behind "not a valid RFC3339 timestamp". */
function explain(text: string): string {
  const parts = readParts(new PartReader(text))
  if ('trouble' in parts) return explainTrouble(parts.trouble)
  if (parts.day < 1 || parts.day > daysInMonth(parts.year, parts.month)) return ': day out of range'
  if (text[12] === ':') return ': hour must have exactly two digits'
  if (text[19] === ',') return `: cannot use "," as timestamp segment`
  return `: cannot use ${quote(text.slice(-6))} as UTC offset`
}

function explainTrouble({ part, found }: Trouble): string {
  if (part === 'T') return `: missing required time introducer 'T'`
  if (part === '-' || part === ':') {
    const where = found === '' ? 'end of string' : `found ${quote(found)}`
    return `: ${where} where "${part}" is expected`
  }
  const what = part === 'end' ? 'timestamp segment' : part
  if (found === '') return `: end of string before ${what}`
  if (part === 'hour' && found.includes(':')) return ': hour must be between 0 and 23 inclusive'
  const length = new TextEncoder().encode(found).length
  if ((part === 'hour' || part === 'minute') && length !== 2) return `: ${part} must have exactly two digits`
  return `: cannot use ${quote(found)} as ${what}`
}
