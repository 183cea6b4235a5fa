import { compareBytes } from '../../core/text/byte-order.ts'
import type { Value } from '../../core/value/value.ts'
import type { Scope } from '../scope.ts'

/** A scope that sees `variables` before those of `parent`: `for` variables, matrix axes, parameters. */
export function childScope(parent: Scope, variables: ReadonlyMap<string, Value>): Scope {
  return {
    world: parent.world,
    variable: (name) => variables.get(name) ?? parent.variable(name),
    function: (name) => parent.function(name),
    variableNames: () => [...new Set([...variables.keys(), ...parent.variableNames()])].sort(compareBytes),
    functionNames: () => parent.functionNames(),
  }
}
