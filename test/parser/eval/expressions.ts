import { toJson } from '../../../src/core/value/json.ts'
import { list, mapOfEntries, nullOf, num, str } from '../../../src/core/value/make.ts'
import { ANY, STRING } from '../../../src/core/value/type.ts'
import type { Value } from '../../../src/core/value/value.ts'
import { LIBRARY } from '../../../src/parser/eval/functions/table.ts'
import { rootScope } from '../../../src/parser/eval/root-scope.ts'
import { parseHclExpression } from '../../../src/parser/hcl/parse.ts'
import type { Scope } from '../../../src/parser/scope.ts'
import { lines, sourceOf } from '../hcl/problems.ts'

/** The variables of these tests: a string, a number, a list, a map and a null. */
const variables: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['s', str('str')],
  ['n', num(5)],
  ['l', list(STRING, [str('x'), str('y')])],
  [
    'm',
    mapOfEntries(STRING, [
      ['a', str('A')],
      ['b', str('B')],
    ]),
  ],
  ['nul', nullOf(ANY)],
])

export const scope: Scope = rootScope({
  variables,
  functions: LIBRARY,
  world: { now: 0, homeDir: '/home/ada', random: (n) => new Uint8Array(n) },
})

/** The value as JSON, or the first problem with ` (+n)` for the others. */
export function evaluated(text: string): string {
  const file = sourceOf(text)
  const parsed = parseHclExpression(file)
  const result = parsed.diagnostics.length > 0 ? undefined : parsed.value.evaluate(scope)
  const [first, ...others] = lines(file, result?.diagnostics ?? parsed.diagnostics)
  if (first !== undefined) return others.length === 0 ? first : `${first} (+${others.length})`
  if (result === undefined || result.value.kind === 'unknown') return 'unknown'
  const json = toJson(result.value)
  return json.ok ? json.text : `no JSON: ${json.message}`
}
