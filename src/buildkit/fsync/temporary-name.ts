import { randomInt } from 'node:crypto'
import { dirname, join } from 'node:path'

/** A name beside `path` that nobody else uses, in the form the reference gives to unfinished files. */
export function temporaryName(path: string): string {
  return join(dirname(path), `.tmp.${String(randomInt(1_000_000_000)).padStart(9, '0')}`)
}
