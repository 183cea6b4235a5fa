import { type Checked, type Diagnostic, hasErrors } from '../../core/diag/diagnostic.ts'
import type { Span } from '../../core/source/source-file.ts'
import { tuple } from '../../core/value/make.ts'
import { ANY } from '../../core/value/type.ts'
import type { Value } from '../../core/value/value.ts'
import type { Expression } from '../../parser/body.ts'
import { childScope } from '../../parser/eval/scope.ts'
import {
  bad,
  type CallResult,
  type FunctionSpec,
  good,
  type ParameterSpec,
  type Scope,
} from '../../parser/scope.ts'
import type { FunctionSource } from './blocks.ts'
import { problem } from './problems.ts'

/** The parameter names of a user function. */
export interface Signature {
  readonly params: readonly string[]
  readonly variadic?: string
}

/** Reads `params` and `variadic_params`: bare identifiers, or in JSON their names as strings. */
export function readSignature(source: FunctionSource): Checked<Signature> {
  const diagnostics: Diagnostic[] = []
  const params: string[] = []
  const listed = source.params?.expr
  const items = listed?.asList()
  if (listed !== undefined && items === undefined) {
    const detail = 'A static list expression is required.'
    diagnostics.push(
      problem('schema/invalid-parameter', 'Invalid expression', detail, listed.startSpan, listed.span),
    )
  }
  for (const item of items ?? []) {
    const name = item.asKeyword()
    if (name === undefined) diagnostics.push(badParameter(item.span))
    else params.push(name)
  }
  const variadic = source.variadic?.expr.asKeyword()
  if (source.variadic !== undefined && variadic === undefined)
    diagnostics.push(badParameter(source.variadic.span))
  return { value: { params, ...(variadic === undefined ? {} : { variadic }) }, diagnostics }
}

function badParameter(span: Span): Diagnostic {
  const detail = 'Each parameter name must be an identifier.'
  return problem('schema/invalid-parameter', 'Invalid param element', detail, span)
}

/** A function whose result is an expression over its parameters and the names visible in `outer`. */
export function userFunction(
  name: string,
  signature: Signature,
  result: Expression,
  outer: Scope,
  describe: (diagnostics: readonly Diagnostic[]) => string,
): FunctionSpec {
  const parameter = (param: string): ParameterSpec => ({ name: param, type: ANY })
  const { params, variadic } = signature
  return {
    name,
    doc: '',
    params: params.map(parameter),
    ...(variadic === undefined ? {} : { variadic: parameter(variadic) }),
    call(args: readonly Value[]): CallResult {
      const locals = new Map<string, Value>()
      for (const [i, param] of params.entries()) {
        const arg = args[i]
        if (arg !== undefined) locals.set(param, arg)
      }
      if (variadic !== undefined) locals.set(variadic, tuple(args.slice(params.length)))
      const evaluated = result.evaluate(childScope(outer, locals))
      return hasErrors(evaluated.diagnostics) ? bad(describe(evaluated.diagnostics)) : good(evaluated.value)
    },
  }
}
