/** A moment with the zone offset it was written in. */
export interface Moment {
  /** Seconds since 1970-01-01T00:00:00Z. */
  readonly epochSeconds: number
  /** 0 to 999999999. */
  readonly nanos: number
  readonly offsetSeconds: number
}

/** A moment as a calendar and a clock in its own zone show it; months and days count from 1. */
export interface Civil {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  /** 0 is Sunday. */
  readonly weekday: number
  /** 1 is January 1st. */
  readonly yearDay: number
}

export const MONTH_NAMES: readonly string[] = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

export const WEEKDAY_NAMES: readonly string[] = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
]

const SECONDS_PER_DAY = 86_400
const DAYS_PER_ERA = 146_097

/** Calendar and clock of a moment, in the proleptic Gregorian calendar. */
export function civilOf(moment: Moment): Civil {
  const local = moment.epochSeconds + moment.offsetSeconds
  const days = Math.floor(local / SECONDS_PER_DAY)
  const seconds = local - days * SECONDS_PER_DAY
  const date = dateOfDays(days)
  return {
    ...date,
    hour: Math.floor(seconds / 3600),
    minute: Math.floor((seconds % 3600) / 60),
    second: seconds % 60,
    weekday: (((days + 4) % 7) + 7) % 7,
    yearDay: days - daysOfDate(date.year, 1, 1) + 1,
  }
}

/** Days from 1970-01-01 to a date. Years are counted from March so that leap days come last. */
export function daysOfDate(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1
  const era = Math.floor(marchYear / 400)
  const yearOfEra = marchYear - era * 400
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * DAYS_PER_ERA + dayOfEra - 719_468
}

function dateOfDays(days: number): { year: number; month: number; day: number } {
  const shifted = days + 719_468
  const era = Math.floor(shifted / DAYS_PER_ERA)
  const dayOfEra = shifted - era * DAYS_PER_ERA
  const leapDays =
    Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / (DAYS_PER_ERA - 1))
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365)
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  }
}

/** How many days a month has. */
export function daysInMonth(year: number, month: number): number {
  return month === 12 ? 31 : daysOfDate(year, month + 1, 1) - daysOfDate(year, month, 1)
}

/** Year and week number by ISO 8601: weeks start on Monday, and week 1 holds January 4th. */
export function isoWeekOf(civil: Civil): { year: number; week: number } {
  const daysToThursday = 3 - ((civil.weekday + 6) % 7)
  const thursday = dateOfDays(daysOfDate(civil.year, civil.month, civil.day) + daysToThursday)
  const yearStart = daysOfDate(thursday.year, 1, 1)
  const thursdayDays = daysOfDate(thursday.year, thursday.month, thursday.day)
  return { year: thursday.year, week: Math.floor((thursdayDays - yearStart) / 7) + 1 }
}

/** A moment in RFC 3339 without fractions of a second, in its own zone. */
export function formatRfc3339(moment: Moment): string {
  const c = civilOf(moment)
  const date = `${padYear(c.year)}-${pad2(c.month)}-${pad2(c.day)}`
  const clock = `${pad2(c.hour)}:${pad2(c.minute)}:${pad2(c.second)}`
  return `${date}T${clock}${moment.offsetSeconds === 0 ? 'Z' : formatOffset(moment.offsetSeconds, ':')}`
}

/** A zone offset as `+hh:mm`, with `separator` between hours and minutes. */
export function formatOffset(offsetSeconds: number, separator: string): string {
  const minutes = Math.floor(Math.abs(offsetSeconds) / 60)
  return `${offsetSeconds < 0 ? '-' : '+'}${pad2(Math.floor(minutes / 60))}${separator}${pad2(minutes % 60)}`
}

/** At least two digits. */
export function pad2(n: number): string {
  return String(n).padStart(2, '0')
}

/** At least four digits behind the sign. */
export function padYear(year: number): string {
  return `${year < 0 ? '-' : ''}${String(Math.abs(year)).padStart(4, '0')}`
}
