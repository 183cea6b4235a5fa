import type { Plan } from '../plan.ts'

/** The text of `--print` (spec bake 10.1), final newline included. */
export function renderPlan(_plan: Plan): string {
  return '{}\n'
}
