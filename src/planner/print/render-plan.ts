import type { Plan, PlannedGroup } from '../plan.ts'
import { type Json, renderJson } from './json.ts'
import { targetJson } from './target-json.ts'

/** The text of `--print` (spec bake 10.1), final newline included. */
export function renderPlan(plan: Plan): string {
  return `${renderJson(planJson(plan))}\n`
}

/** The printed document as data, for `--call format=json`. */
export function planJson(plan: Plan): ReadonlyMap<string, Json> {
  const members = new Map<string, Json>()
  const groups = groupsJson(plan)
  if (groups !== undefined) members.set('group', groups)
  members.set('target', new Map([...plan.targets].map(([name, target]) => [name, targetJson(target.fields)])))
  return members
}

/** The `group` member of the document; undefined when there are no groups. */
export function groupsJson(plan: Plan): Json | undefined {
  if (plan.groups.size === 0) return undefined
  return new Map([...plan.groups].map(([name, group]) => [name, groupJson(group)]))
}

function groupJson(group: PlannedGroup): Json {
  const members = new Map<string, Json>()
  if (group.description !== undefined && group.description !== '')
    members.set('description', group.description)
  members.set('targets', group.targets)
  return members
}
