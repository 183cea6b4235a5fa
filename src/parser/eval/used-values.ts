import type { UsedValue } from '../../core/diag/diagnostic.ts'
import { compareBytes } from '../../core/text/byte-order.ts'
import { describeValue } from '../../core/value/render.ts'
import type { Value } from '../../core/value/value.ts'
import type { Node } from '../hcl/ast.ts'
import { needsOf } from '../hcl/references.ts'
import type { Reference, Scope } from '../scope.ts'

/** The variables a node refers to that have values, sorted by name. */
export function usedValues(node: Node, scope: Scope): readonly UsedValue[] {
  const found = new Map<string, string>()
  for (const reference of needsOf(node).references) {
    const used = follow(reference, scope)
    if (used !== undefined) found.set(used.name, describeValue(used.value))
  }
  return [...found].sort(([a], [b]) => compareBytes(a, b)).map(([name, text]) => ({ name, text }))
}

/** Goes along attributes as far as they exist. */
function follow(
  reference: Reference,
  scope: Scope,
): { readonly name: string; readonly value: Value } | undefined {
  const start = scope.variable(reference.root)
  if (start === undefined || start.kind === 'unknown') return undefined
  let value: Value = start
  let name = reference.root
  for (const step of reference.steps) {
    const inner: Value | undefined = step.kind === 'attr' ? entryOf(value, step.name) : undefined
    if (step.kind !== 'attr' || inner === undefined) break
    value = inner
    name += `.${step.name}`
  }
  return { name, value }
}

function entryOf(value: Value, name: string): Value | undefined {
  return value.kind === 'object' || value.kind === 'map' ? value.entries.get(name) : undefined
}
