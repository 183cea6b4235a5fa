import { num, unknownOf } from '../../core/value/make.ts'
import { parseNumber } from '../../core/value/number.ts'
import { NUMBER } from '../../core/value/type.ts'
import type { Value } from '../../core/value/value.ts'
import type { Cursor } from './cursor.ts'

/** Takes a number token; a number that cannot be read is unknown. */
export function takeNumber(p: Cursor): Value {
  const token = p.read()
  const parsed = parseNumber(p.textOf(token))
  if (parsed !== undefined) return num(parsed)
  p.report(
    'hcl/invalid-number',
    'Invalid number literal',
    'Failed to recognize the value of this number literal.',
    p.spanOf(token),
  )
  return unknownOf(NUMBER)
}
