import { equalValues } from '../../../core/value/equal.ts'
import { bool } from '../../../core/value/make.ts'
import { compareNumbers } from '../../../core/value/number.ts'
import { ANY, BOOL, NUMBER } from '../../../core/value/type.ts'
import { type FunctionSpec, good } from '../../scope.ts'
import { boolAt, type Family, numberAt, param } from './define.ts'

/** Functions that answer true or false about numbers, bools and any two values (spec bake 3.7). */
export const COMPARISON: Family = [
  logical('and', 'Is true when both values are.', (a, b) => a && b),
  equality('equal', 'Is true when two values have the same type and are equal.', true),
  ordering('greaterthan', 'Is true when the first number is the larger one.', (order) => order > 0),
  ordering(
    'greaterthanorequalto',
    'Is true when the first number is the larger one or both are equal.',
    (order) => order >= 0,
  ),
  ordering('lessthan', 'Is true when the first number is the smaller one.', (order) => order < 0),
  ordering(
    'lessthanorequalto',
    'Is true when the first number is the smaller one or both are equal.',
    (order) => order <= 0,
  ),
  {
    name: 'not',
    doc: 'Turns true into false and false into true.',
    params: [param('val', BOOL, 'The value to turn round.')],
    returns: BOOL,
    call: (args) => good(bool(!boolAt(args, 0))),
  },
  equality('notequal', 'Is true when two values differ, be it only in type.', false),
  logical('or', 'Is true when at least one value is.', (a, b) => a || b),
]

function logical(name: string, doc: string, combine: (a: boolean, b: boolean) => boolean): FunctionSpec {
  return {
    name,
    doc,
    params: [param('a', BOOL, 'The first value.'), param('b', BOOL, 'The second value.')],
    returns: BOOL,
    call: (args) => good(bool(combine(boolAt(args, 0), boolAt(args, 1)))),
  }
}

function ordering(name: string, doc: string, accepts: (order: number) => boolean): FunctionSpec {
  return {
    name,
    doc,
    params: [param('a', NUMBER, 'The first number.'), param('b', NUMBER, 'The second number.')],
    returns: BOOL,
    call: (args) => good(bool(accepts(compareNumbers(numberAt(args, 0), numberAt(args, 1))))),
  }
}

function equality(name: string, doc: string, wanted: boolean): FunctionSpec {
  return {
    name,
    doc,
    params: [
      param('a', ANY, 'The first value; never converted.', { allowNull: true }),
      param('b', ANY, 'The second value; never converted.', { allowNull: true }),
    ],
    returns: BOOL,
    call: ([a, b]) => good(bool((a !== undefined && b !== undefined && equalValues(a, b)) === wanted)),
  }
}
