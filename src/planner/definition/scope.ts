import { compareBytes } from '../../core/text/byte-order.ts'
import type { Value } from '../../core/value/value.ts'
import type { CallWorld, FunctionSpec, Scope } from '../../parser/scope.ts'

/** A scope over live tables: what is settled later becomes visible. */
export function tableScope(
  lookup: (name: string) => Value | undefined,
  names: () => Iterable<string>,
  functions: readonly ReadonlyMap<string, FunctionSpec>[],
  world: CallWorld,
): Scope {
  return {
    variable: lookup,
    function: (name) => {
      for (const table of functions) {
        const found = table.get(name)
        if (found !== undefined) return found
      }
      return undefined
    },
    variableNames: () => [...new Set(names())].sort(compareBytes),
    functionNames: () => [...new Set(functions.flatMap((table) => [...table.keys()]))].sort(compareBytes),
    world,
  }
}
