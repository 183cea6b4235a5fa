import { type Diagnostic, hasErrors } from '../../../core/diag/diagnostic.ts'
import type { Span } from '../../../core/source/source-file.ts'
import { convert } from '../../../core/value/convert.ts'
import { bool, unknownOf } from '../../../core/value/make.ts'
import { ANY, BOOL } from '../../../core/value/type.ts'
import { typeOf } from '../../../core/value/type-of.ts'
import type { Value } from '../../../core/value/value.ts'
import type { Expression } from '../../body.ts'
import { bad, type FunctionSpec, type LazyResult, type Scope } from '../../scope.ts'
import { readTypeExpression } from '../type-expr.ts'
import { type Family, param } from './define.ts'

/** Functions that look at expressions before they are evaluated (spec bake 3.7, types and errors). */
export const LAZY: Family = [
  lazyFunction(
    'can',
    'Tells whether an expression evaluates without an error.',
    { params: [param('expression', ANY, 'The expression to try.')], returns: BOOL },
    callCan,
  ),
  lazyFunction(
    'convert',
    'Converts a value to a type given as a type expression.',
    {
      params: [
        param('value', ANY, 'The value; null too.', { allowNull: true }),
        param('type', ANY, 'A type expression such as number or list(string).'),
      ],
    },
    callConvert,
  ),
  lazyFunction(
    'try',
    'Gives the value of the first expression that evaluates without an error.',
    { params: [], variadic: param('expressions', ANY, 'The expressions to try in order.') },
    callTry,
  ),
]

function lazyFunction(
  name: string,
  doc: string,
  signature: Pick<FunctionSpec, 'params' | 'variadic' | 'returns'>,
  callLazily: NonNullable<FunctionSpec['callLazily']>,
): FunctionSpec {
  return { name, doc, ...signature, call: () => bad(`${name} takes expressions, not values`), callLazily }
}

function callTry(args: readonly Expression[], scope: Scope, place: (span: Span) => string): LazyResult {
  if (args.length === 0) return { ok: false, message: 'at least one argument is required' }
  const diagnostics: Diagnostic[] = []
  for (const arg of args) {
    const tried = arg.evaluate(scope)
    diagnostics.push(...tried.diagnostics)
    if (hasErrors(tried.diagnostics)) continue
    return { ok: true, value: isWhollyKnown(tried.value) ? tried.value : unknownOf(ANY) }
  }
  const at = (d: Diagnostic): string => (d.subject === undefined ? '' : ` (at ${place(d.subject)})`)
  const reasons = diagnostics.map((d) => `- ${d.summary}${at(d)}\n  ${d.detail ?? ''}\n`).join('')
  const advice = 'At least one expression must produce a successful result'
  return { ok: false, message: `no expression succeeded:\n${reasons}\n${advice}` }
}

function callCan(args: readonly Expression[], scope: Scope): LazyResult {
  const [expression] = args
  if (expression === undefined) return { ok: false, message: 'an expression is required' }
  const tried = expression.evaluate(scope)
  if (hasErrors(tried.diagnostics)) return { ok: true, value: bool(false) }
  return { ok: true, value: isWhollyKnown(tried.value) ? bool(true) : unknownOf(BOOL) }
}

function callConvert(args: readonly Expression[], scope: Scope): LazyResult {
  const [from, to] = args
  if (from === undefined || to === undefined) return { ok: false, message: 'a value and a type are required' }
  const value = from.evaluate(scope)
  const type = readTypeExpression(to, { optionalAllowed: true })
  const diagnostics = [...value.diagnostics, ...type.diagnostics]
  if (hasErrors(diagnostics)) return { ok: false, message: 'its arguments have errors', diagnostics }
  if (value.value.kind === 'unknown') return { ok: true, value: unknownOf(type.value) }
  const converted = convert(value.value, type.value)
  if (!converted.ok) return { ok: false, message: converted.message, argument: 0 }
  // The reference converts once more, to the type it got: that makes optional attributes required.
  const strict = convert(value.value, typeOf(converted.value))
  return strict.ok ? strict : { ok: false, message: strict.message, argument: 0 }
}

function isWhollyKnown(value: Value): boolean {
  switch (value.kind) {
    case 'unknown':
      return false
    case 'list':
    case 'set':
    case 'tuple':
      return value.items.every(isWhollyKnown)
    case 'map':
    case 'object':
      return [...value.entries.values()].every(isWhollyKnown)
    default:
      return true
  }
}
