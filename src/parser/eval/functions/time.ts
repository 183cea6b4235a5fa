import { parseDuration } from '../../../core/go/duration.ts'
import { num, object, str } from '../../../core/value/make.ts'
import { ANY, NUMBER, objectOf, STRING } from '../../../core/value/type.ts'
import type { Value } from '../../../core/value/value.ts'
import { bad, type CallResult, good } from '../../scope.ts'
import { civilOf, formatRfc3339, isoWeekOf, MONTH_NAMES, type Moment, WEEKDAY_NAMES } from './civil.ts'
import { formatDate } from './date-format.ts'
import { type Family, numberAt, param, textAt, wholeOf } from './define.ts'
import { parseLenientTimestamp, parseTimestamp } from './rfc3339.ts'

const MOMENT_PARTS = {
  year: NUMBER,
  year_day: NUMBER,
  day: NUMBER,
  month: NUMBER,
  month_name: STRING,
  weekday: NUMBER,
  weekday_name: STRING,
  hour: NUMBER,
  minute: NUMBER,
  second: NUMBER,
  rfc3339: STRING,
  iso_year: NUMBER,
  iso_week: NUMBER,
} as const

/** Functions on dates and times (spec bake 3.7). */
export const TIME: Family = [
  {
    name: 'formatdate',
    doc: 'Writes a timestamp by date verbs. Deprecated: formattimestamp does the same and more.',
    params: [
      param('format', STRING, "Verbs such as YYYY-MM-DD and literals in 'quotes'."),
      param('time', STRING, 'A timestamp in RFC 3339.'),
    ],
    returns: STRING,
    call: (args) => formatStamp(textAt(args, 0), textAt(args, 1)),
  },
  {
    name: 'formattimestamp',
    doc: 'Writes a timestamp or a Unix time by date verbs; the format "X" gives Unix seconds.',
    params: [
      param('format', STRING, "Verbs such as YYYY-MM-DD and literals in 'quotes', or X alone."),
      param('time', ANY, 'A timestamp in RFC 3339, or seconds since 1970 as a number.'),
    ],
    returns: STRING,
    call: callFormatTimestamp,
  },
  {
    name: 'timeadd',
    doc: 'Adds a duration to a timestamp.',
    params: [
      param('timestamp', STRING, 'A timestamp in RFC 3339.'),
      param('duration', STRING, 'A duration such as "1h30m" or "-10s".'),
    ],
    returns: STRING,
    call: callTimeAdd,
  },
  {
    name: 'timestamp',
    doc: 'Gives the present time, in UTC.',
    params: [],
    returns: STRING,
    call: (_args, world) => good(str(formatRfc3339(utc(BigInt(Math.floor(world.now / 1000)))))),
  },
  {
    name: 'unixtimestampparse',
    doc: 'Takes a Unix time apart into an object of calendar and clock parts, in UTC.',
    params: [param('unix_timestamp', NUMBER, 'Seconds since 1970, a whole number.')],
    returns: objectOf(new Map(Object.entries(MOMENT_PARTS))),
    call: callUnixParse,
  },
]

function utc(epochSeconds: bigint): Moment {
  return { epochSeconds: Number(epochSeconds), nanos: 0, offsetSeconds: 0 }
}

function formatStamp(format: string, stamp: string): CallResult {
  const read = parseTimestamp(stamp)
  return read.ok ? formatMoment(format, read.moment) : bad(read.message, 1)
}

function formatMoment(format: string, moment: Moment): CallResult {
  const made = formatDate(format, moment)
  return made.ok ? good(str(made.text)) : bad(made.message, 0)
}

function callFormatTimestamp(args: readonly Value[]): CallResult {
  const format = textAt(args, 0)
  const [, time] = args
  if (time?.kind === 'number') {
    const seconds = wholeOf(time.value)
    if (seconds === undefined) return bad('unix timestamp must be an integer', 1)
    return format === 'X' ? good(str(String(seconds))) : formatMoment(format, utc(seconds))
  }
  if (time?.kind !== 'string') return bad('must be a string timestamp or a unix timestamp number', 1)
  if (format !== 'X') return formatStamp(format, time.value)
  const moment = parseLenientTimestamp(time.value)
  return moment === undefined
    ? bad('timestamp string must be RFC3339', 1)
    : good(str(String(moment.epochSeconds)))
}

function callTimeAdd(args: readonly Value[]): CallResult {
  const read = parseTimestamp(textAt(args, 0))
  if (!read.ok) return bad(read.message)
  const duration = parseDuration(textAt(args, 1))
  if (!duration.ok) return bad(duration.message)
  const { epochSeconds, nanos, offsetSeconds } = read.moment
  const total = BigInt(epochSeconds) * NANOS_PER_SECOND + BigInt(nanos) + duration.nanoseconds
  const sum = Number(floorDivide(total, NANOS_PER_SECOND))
  return good(str(formatRfc3339({ epochSeconds: sum, nanos: 0, offsetSeconds })))
}

const NANOS_PER_SECOND = 1_000_000_000n

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b
  return a % b < 0n ? quotient - 1n : quotient
}

function callUnixParse(args: readonly Value[]): CallResult {
  const seconds = wholeOf(numberAt(args, 0))
  if (seconds === undefined) return bad('unix timestamp must be an integer', 0)
  const moment = utc(seconds)
  const civil = civilOf(moment)
  const iso = isoWeekOf(civil)
  const parts: Record<keyof typeof MOMENT_PARTS, Value> = {
    year: num(civil.year),
    year_day: num(civil.yearDay),
    day: num(civil.day),
    month: num(civil.month),
    month_name: str(MONTH_NAMES[civil.month - 1] ?? ''),
    weekday: num(civil.weekday),
    weekday_name: str(WEEKDAY_NAMES[civil.weekday] ?? ''),
    hour: num(civil.hour),
    minute: num(civil.minute),
    second: num(civil.second),
    rfc3339: str(formatRfc3339(moment)),
    iso_year: num(iso.year),
    iso_week: num(iso.week),
  }
  return good(object(Object.entries(parts)))
}
