import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { hasErrors } from '../../../../src/core/diag/diagnostic.ts'
import type { FileId } from '../../../../src/core/source/source-file.ts'
import { toJson } from '../../../../src/core/value/json.ts'
import { LIBRARY } from '../../../../src/parser/eval/functions/table.ts'
import { rootScope } from '../../../../src/parser/eval/root-scope.ts'
import { parseHclExpression } from '../../../../src/parser/hcl/parse.ts'
import type { CallWorld } from '../../../../src/parser/scope.ts'

const world: CallWorld = {
  now: Date.UTC(2024, 4, 6, 7, 8, 9),
  homeDir: '/home/ada',
  random: (n) => new Uint8Array(n).fill(7),
}

/** The value of an expression as JSON, or its first error behind `error: `. */
export function resultOf(expression: string): string {
  const parsed = parseHclExpression({ id: 0 as FileId, name: 'docker-bake.hcl', text: expression })
  const scope = rootScope({ variables: new Map(), functions: LIBRARY, world })
  const { value, diagnostics } = hasErrors(parsed.diagnostics)
    ? { value: undefined, diagnostics: parsed.diagnostics }
    : parsed.value.evaluate(scope)
  const [first] = diagnostics
  if (first !== undefined) return `error: ${first.summary}; ${first.detail ?? ''}`
  const json = value === undefined ? undefined : toJson(value)
  if (json === undefined) return 'nothing'
  return json.ok ? json.text : `error: ${json.message}`
}

/** One test for each row: a call and what comes out of it. The caller runs it. */
export function callSuite(
  name: string,
  cases: readonly (readonly [call: string, want: string])[],
): { run(): void } {
  const test = suite(name)
  for (const [call, want] of cases) test(call, () => assert.is(resultOf(call), want))
  return test
}
