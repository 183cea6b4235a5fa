import { quote } from '../../../core/go/quote.ts'
import {
  type Civil,
  civilOf,
  formatOffset,
  MONTH_NAMES,
  type Moment,
  pad2,
  padYear,
  WEEKDAY_NAMES,
} from './civil.ts'

/** A formatted moment, or what is wrong with the format. */
export type FormattedDate =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly message: string }

/** A quoted literal, a run of one letter, or anything up to the next of either. */
const TOKEN = /''|'(?:[^']|'')*'?|([A-Za-z])\1*|[^A-Za-z']+/gu

/** Writes a moment by the verbs of `formatdate` (spec bake 3.7, date verbs). */
export function formatDate(format: string, moment: Moment): FormattedDate {
  const civil = civilOf(moment)
  let text = ''
  for (const [token] of format.matchAll(TOKEN)) {
    if (token.startsWith("'")) {
      const literal = unquote(token)
      if (literal === undefined) return { ok: false, message: "unterminated literal '" }
      text += literal
    } else if (/^[A-Za-z]/.test(token)) {
      const part = VERBS[token]?.(civil, moment)
      if (part === undefined) return { ok: false, message: wrongVerb(token) }
      text += part
    } else text += token
  }
  return { ok: true, text }
}

function unquote(token: string): string | undefined {
  if (token === "''") return "'"
  if (token.length < 2 || !token.endsWith("'")) return undefined
  // An escape at the very end closes the literal as well: `'a''` means a'.
  return token.slice(1, -1).replaceAll(/''?/g, "'")
}

type Verb = (c: Civil, moment: Moment) => string

const VERBS: Readonly<Record<string, Verb>> = {
  YY: (c) => padRemainder(c.year % 100),
  YYYY: (c) => padYear(c.year),
  M: (c) => String(c.month),
  MM: (c) => pad2(c.month),
  MMM: (c) => (MONTH_NAMES[c.month - 1] ?? '').slice(0, 3),
  MMMM: (c) => MONTH_NAMES[c.month - 1] ?? '',
  D: (c) => String(c.day),
  DD: (c) => pad2(c.day),
  EEE: (c) => (WEEKDAY_NAMES[c.weekday] ?? '').slice(0, 3),
  EEEE: (c) => WEEKDAY_NAMES[c.weekday] ?? '',
  h: (c) => String(c.hour),
  hh: (c) => pad2(c.hour),
  H: (c) => String(halfDayHour(c)),
  HH: (c) => pad2(halfDayHour(c)),
  AA: (c) => (c.hour < 12 ? 'AM' : 'PM'),
  aa: (c) => (c.hour < 12 ? 'am' : 'pm'),
  m: (c) => String(c.minute),
  mm: (c) => pad2(c.minute),
  s: (c) => String(c.second),
  ss: (c) => pad2(c.second),
  Z: (_c, { offsetSeconds }) => (offsetSeconds === 0 ? 'Z' : formatOffset(offsetSeconds, ':')),
  ZZZ: (_c, { offsetSeconds }) => (offsetSeconds === 0 ? 'UTC' : formatOffset(offsetSeconds, '')),
  ZZZZ: (_c, { offsetSeconds }) => formatOffset(offsetSeconds, ''),
  ZZZZZ: (_c, { offsetSeconds }) => formatOffset(offsetSeconds, ':'),
}

function halfDayHour(c: Civil): number {
  return c.hour % 12 === 0 ? 12 : c.hour % 12
}

function padRemainder(n: number): string {
  return n < 0 ? String(n) : pad2(n)
}

/** What each letter accepts, where the reference says so. */
const ACCEPTED: Readonly<Record<string, string>> = {
  Y: 'year must either be "YY" or "YYYY"',
  M: 'month must be "M", "MM", "MMM", or "MMMM"',
  D: 'day of month must either be "D" or "DD"',
  E: 'day of week must either be "EEE" or "EEEE"',
  h: '24-hour must either be "h" or "hh"',
  H: '12-hour must either be "H" or "HH"',
  A: 'must be "AA"',
  a: 'must be "aa"',
  m: 'minute must either be "m" or "mm"',
  s: 'second must either be "s" or "ss"',
  Z: 'timezone must be Z, ZZZZ, or ZZZZZ',
}

function wrongVerb(verb: string): string {
  const accepted = ACCEPTED[verb.charAt(0)]
  return `invalid date format verb ${quote(verb)}${accepted === undefined ? '' : `: ${accepted}`}`
}
