import { quote } from './quote.ts'

export type Duration =
  | { readonly ok: true; readonly nanoseconds: bigint }
  | { readonly ok: false; readonly message: string }

const UNITS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
}
const MAX_NANOSECONDS = 2n ** 63n
const PART = /^(\d*)(?:\.(\d*))?/

/** Go's time.ParseDuration: signed sums such as `-1.5h` or `1h30m`, within about 292 years. */
export function parseDuration(text: string): Duration {
  const negative = text.startsWith('-')
  let rest = text.replace(/^[+-]/, '')
  if (rest === '0') return { ok: true, nanoseconds: 0n }
  if (rest === '') return invalid(text)
  let total = 0n
  while (rest !== '') {
    const [number = '', whole = '', fraction = ''] = PART.exec(rest) ?? []
    if (whole === '' && fraction === '') return invalid(text)
    rest = rest.slice(number.length)
    const unit = /^[^\d.]*/.exec(rest)?.[0] ?? ''
    if (unit === '') return failure(`missing unit in duration ${quote(text)}`)
    const size = Object.hasOwn(UNITS, unit) ? UNITS[unit] : undefined
    if (size === undefined) return failure(`unknown unit ${quote(unit)} in duration ${quote(text)}`)
    rest = rest.slice(unit.length)
    total += BigInt(whole || '0') * size + fractionOf(fraction, size)
    if (total > MAX_NANOSECONDS) return invalid(text)
  }
  if (!negative && total === MAX_NANOSECONDS) return invalid(text)
  return { ok: true, nanoseconds: negative ? -total : total }
}

/** More than 18 digits cannot change a whole number of nanoseconds. */
function fractionOf(digits: string, size: bigint): bigint {
  const kept = digits.slice(0, 18)
  return kept === '' ? 0n : (BigInt(kept) * size) / 10n ** BigInt(kept.length)
}

function invalid(text: string): Duration {
  return failure(`invalid duration ${quote(text)}`)
}

function failure(why: string): Duration {
  return { ok: false, message: `time: ${why}` }
}
