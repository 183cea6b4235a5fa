import type { Value } from '../../core/value/value.ts'
import type { CallWorld, FunctionSpec, Scope } from '../scope.ts'

/** What the outermost scope of an evaluation offers. */
export interface RootScopeParts {
  readonly variables: ReadonlyMap<string, Value>
  readonly functions: ReadonlyMap<string, FunctionSpec>
  readonly world: CallWorld
}

/** A scope of fixed values, for expressions that are evaluated on their own. */
export function rootScope(parts: RootScopeParts): Scope {
  return {
    variable: (name) => parts.variables.get(name),
    function: (name) => parts.functions.get(name),
    variableNames: () => [...parts.variables.keys()].sort(),
    functionNames: () => [...parts.functions.keys()].sort(),
    world: parts.world,
  }
}
