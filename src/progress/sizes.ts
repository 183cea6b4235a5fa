const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const

/** `137B`, `3.00MB`: decimal units with two decimals, plain bytes as they are. */
export function sizeText(bytes: number): string {
  let value = bytes
  let unit = 0
  while (Math.abs(value) >= 1000 && unit < UNITS.length - 1) {
    value /= 1000
    unit += 1
  }
  return unit === 0 ? `${bytes}B` : `${value.toFixed(2)}${UNITS[unit]}`
}

/** ` cur / total`, ` cur`, or nothing when there is no count. */
export function amountText(current: number, total: number): string {
  if (total !== 0) return ` ${sizeText(current)} / ${sizeText(total)}`
  return current === 0 ? '' : ` ${sizeText(current)}`
}
