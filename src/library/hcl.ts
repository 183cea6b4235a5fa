import type { Diagnostic } from '../core/diag/diagnostic.ts'
import { hasErrors } from '../core/diag/diagnostic.ts'
import { FileTable } from '../core/source/file-table.ts'
import type { SourceFile } from '../core/source/source-file.ts'
import type { Body } from '../parser/body.ts'
import { LIBRARY } from '../parser/eval/functions/table.ts'
import { rootScope } from '../parser/eval/root-scope.ts'
import { parseHcl, parseHclExpression } from '../parser/hcl/parse.ts'
import type { CallWorld, FunctionSpec } from '../parser/scope.ts'
import { fromPlain, type Plain, toPlain } from './json-value.ts'

/** A parsed HCL text. `body` is safe to walk even when `diagnostics` holds errors. */
export interface ParsedHcl {
  readonly file: SourceFile
  readonly body: Body
  readonly diagnostics: readonly Diagnostic[]
}

/** What an expression may use. */
export interface EvaluateOptions {
  readonly variables?: { readonly [name: string]: Plain }
  /** The library by default. */
  readonly functions?: ReadonlyMap<string, FunctionSpec>
  /** Clock, home folder and randomness for the few functions that ask; fixed values by default. */
  readonly world?: CallWorld
}

/** The value, or why there is none. */
export type Evaluated =
  | { readonly ok: true; readonly value: Plain; readonly diagnostics: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }

/** Every function of the Bake language by name. */
export const functions: ReadonlyMap<string, FunctionSpec> = LIBRARY

/** Parses HCL text: attributes and blocks with positions. Mistakes are diagnostics; nothing is thrown. */
export function parse(text: string, name: string = 'input.hcl'): ParsedHcl {
  const file = new FileTable().add(name, text)
  const parsed = parseHcl(file)
  return { file, body: parsed.value, diagnostics: parsed.diagnostics }
}

/**
 * Evaluates one expression, such as `upper("a${n}")`. Without `world` the clock stands at 1970 and random
 * bytes are zero, so that results repeat.
 */
export function evaluate(expression: string, options: EvaluateOptions = {}): Evaluated {
  const file = new FileTable().add('expression.hcl', expression)
  const parsed = parseHclExpression(file)
  if (hasErrors(parsed.diagnostics)) return { ok: false, diagnostics: parsed.diagnostics }
  const variables = Object.entries(options.variables ?? {}).map(([k, v]) => [k, fromPlain(v)] as const)
  const scope = rootScope({
    variables: new Map(variables),
    functions: options.functions ?? LIBRARY,
    world: options.world ?? STILL_WORLD,
  })
  const result = parsed.value.evaluate(scope)
  if (hasErrors(result.diagnostics)) return { ok: false, diagnostics: result.diagnostics }
  return { ok: true, value: toPlain(result.value), diagnostics: result.diagnostics }
}

const STILL_WORLD: CallWorld = { now: 0, homeDir: '/', random: (n) => new Uint8Array(n) }
