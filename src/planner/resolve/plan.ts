import type { Checked } from '../../core/diag/diagnostic.ts'
import type { BakeDefinition } from '../definition/definition.ts'
import type { Plan } from '../plan.ts'
import type { PlanRequest } from './request.ts'

/** Selects, inherits, overrides, links and checks targets (spec bake 4, 5, 7, 8, 10.5). */
export function plan(_definition: BakeDefinition, _request: PlanRequest): Checked<Plan> {
  return { value: { groups: new Map(), targets: new Map(), requested: [] }, diagnostics: [] }
}
