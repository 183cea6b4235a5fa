import { num } from '../../../core/value/make.ts'
import { fromFloat64, isInf, toFloat64 } from '../../../core/value/number.ts'
import { NUMBER } from '../../../core/value/type.ts'
import type { Value } from '../../../core/value/value.ts'
import { bad, type CallResult, good } from '../../scope.ts'
import { type Family, numberAt, param } from './define.ts'
import { logarithm, power } from './float64.ts'

/** Powers and logarithms, computed in 64-bit floats (spec bake 3.7). */
export const EXPONENTIALS: Family = [
  {
    name: 'log',
    doc: 'Gives the logarithm of a number to a base.',
    params: [param('num', NUMBER, 'The number.'), param('base', NUMBER, 'The base.')],
    returns: NUMBER,
    call: (args) => callFloat(args, logarithm),
  },
  {
    name: 'pow',
    doc: 'Raises a number to a power.',
    params: [param('num', NUMBER, 'The number.'), param('power', NUMBER, 'The power.')],
    returns: NUMBER,
    call: (args) => callFloat(args, power),
  },
]

function callFloat(args: readonly Value[], compute: (a: number, b: number) => number): CallResult {
  const floats: number[] = []
  for (const i of [0, 1]) {
    const number = numberAt(args, i)
    const float = toFloat64(number)
    if (!Number.isFinite(float) && !isInf(number)) return bad(tooLarge())
    floats.push(float)
  }
  const result = compute(floats[0] ?? 0, floats[1] ?? 0)
  return Number.isNaN(result) ? bad('the result is not a number') : good(num(fromFloat64(result)))
}

function tooLarge(): string {
  const largest = `${BigInt(Number.MAX_VALUE)}.000000`
  return `value must be between -${largest} and ${largest} inclusive`
}
