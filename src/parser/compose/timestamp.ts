import type { ScalarValue } from './node.ts'

const DATE = /^(\d{4})-(\d{1,2})-(\d{1,2})$/
const ZONED = /^(\d{4})-(\d{1,2})-(\d{1,2})[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d+))?(Z|[+-]\d\d:\d\d)$/
const SPACED = /^(\d{4})-(\d{1,2})-(\d{1,2}) (\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d+))?$/

/** A plain scalar that YAML's timestamp type takes, printed as Go prints a time; undefined when it is none. */
export function readTimestamp(text: string): ScalarValue | undefined {
  if (text.charCodeAt(4) !== 45) return undefined
  const match = DATE.exec(text) ?? ZONED.exec(text) ?? SPACED.exec(text)
  if (match === null) return undefined
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map((i) => Number(match[i] ?? '0'))
  const parts = { year, month, day, hour, minute, second } as Parts
  if (!isPossible(parts)) return undefined
  const date = `${match[1]}-${two(parts.month)}-${two(parts.day)}`
  const fraction = (match[7] ?? '').slice(0, 9).replace(/0+$/, '')
  const time = `${two(parts.hour)}:${two(parts.minute)}:${two(parts.second)}${fraction === '' ? '' : `.${fraction}`}`
  const zone = match[8] ?? 'Z'
  const offset = zone === 'Z' ? '+0000 UTC' : `${zone.replace(':', '')} ${zone.replace(':', '')}`
  const named = zone === '+00:00' ? '+0000 +0000' : offset
  return { type: 'time', text: `${date} ${time} ${named}`, json: `${date}T${time}${zone}` }
}

interface Parts {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

function isPossible(parts: Parts): boolean {
  const { year, month, day, hour, minute, second } = parts
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return false
  return day <= new Date(Date.UTC(2000, month, 0)).getUTCDate() - (month === 2 && !isLeap(year) ? 1 : 0)
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
