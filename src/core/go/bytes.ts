import { floatError, parseFloat64 } from './float.ts'

export type ByteCount =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly message: string }

const FACTORS: Readonly<Record<string, number>> = {
  k: 1024,
  m: 1024 ** 2,
  g: 1024 ** 3,
  t: 1024 ** 4,
  p: 1024 ** 5,
}
const BINARY = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'ZiB', 'YiB'] as const
const DECIMAL = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB'] as const

/** Reads `128m`, `1.5 GiB`, `10b` as a number of bytes, base 1024 (docker/go-units RAMInBytes). */
export function parseBytes(text: string): ByteCount {
  const separator = /[\d. ](?=[^\d. ]*$)/.exec(text)
  if (separator === null) return { ok: false, message: `invalid size: '${text}'` }
  const at = separator.index
  const digits = text.slice(0, separator[0] === ' ' ? at : at + 1)
  const size = parseFloat64(digits)
  if (size === undefined) return { ok: false, message: floatError(digits) }
  if (size < 0) return { ok: false, message: `invalid size: '${text}'` }
  return scale(size, text.slice(at + 1))
}

function scale(size: number, suffix: string): ByteCount {
  const unit = suffix.toLowerCase()
  if (unit === '' || unit === 'b') return { ok: true, value: Math.trunc(size) }
  const factor = FACTORS[unit.charAt(0)]
  const rest = unit.slice(1)
  if (suffix.length > 3) return { ok: false, message: `invalid suffix: '${suffix}'` }
  if (factor === undefined || (rest !== '' && rest !== 'b' && rest !== 'ib')) {
    return { ok: false, message: `invalid suffix: '${unit}'` }
  }
  return { ok: true, value: Math.trunc(size * factor) }
}

/** Four significant digits with a unit: `128MiB`, `1.465GiB`; `decimal` counts in thousands: `2.097MB`. */
export function humanBytes(n: number, base: 'binary' | 'decimal' = 'binary'): string {
  const step = base === 'binary' ? 1024 : 1000
  const units = base === 'binary' ? BINARY : DECIMAL
  let size = n
  let unit = 0
  while (size >= step && unit < units.length - 1) {
    size /= step
    unit += 1
  }
  return `${fourDigits(size)}${units[unit]}`
}

/** Go's `%.4g` for sizes below 1024 units. */
function fourDigits(size: number): string {
  const text = size.toPrecision(4)
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}
