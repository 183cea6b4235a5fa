import { type Checked, type Diagnostic, hasErrors } from '../../core/diag/diagnostic.ts'
import { compareBytes } from '../../core/text/byte-order.ts'
import type { BakeDefinition } from '../definition/definition.ts'
import type { Plan, PlannedGroup, ResolvedTarget, TargetFields } from '../plan.ts'
import { collisionWarnings } from './collisions.ts'
import { flagEffects } from './flag-overrides.ts'
import { joinGrants } from './grants.ts'
import { Inheritance, type Inherited } from './inherit.ts'
import { type LinkedTarget, linkTargets } from './link.ts'
import { overrideTable } from './override-table.ts'
import { plannedContext } from './remote-context.ts'
import type { PlanRequest } from './request.ts'
import { type Selection, select } from './select.ts'
import { validateTarget } from './validate.ts'

const EMPTY: Plan = { groups: new Map(), targets: new Map(), requested: [] }

/**
 * Turns a definition into what is built: selects by name, merges parents, applies overrides, follows links
 * and checks values (spec bake 4, 5, 7, 8, 10.5). Checks of files on disk are separate: see `file-facts.ts`.
 */
export function plan(definition: BakeDefinition, request: PlanRequest): Checked<Plan> {
  const { selection, diagnostics: unmatched } = select(definition, request.targets)
  if (hasErrors(unmatched)) return { value: EMPTY, diagnostics: unmatched }

  const flags = flagEffects(request.flags ?? {})
  if (hasErrors(flags.diagnostics)) return { value: EMPTY, diagnostics: flags.diagnostics }
  const overrides = [...request.overrides, ...flags.value.overrides]
  const { table, diagnostics: refused } = overrideTable(definition, overrides, request)
  if (hasErrors(refused)) return { value: EMPTY, diagnostics: refused }

  const inheritance = new Inheritance(definition, table)
  const requested = resolveRequested(definition, selection, inheritance)
  if (hasErrors(inheritance.diagnostics)) return { value: EMPTY, diagnostics: inheritance.diagnostics }
  const links = linkTargets(requested, inheritance)
  const diagnostics: Diagnostic[] = [...inheritance.diagnostics, ...links.diagnostics]
  if (hasErrors(diagnostics)) return { value: EMPTY, diagnostics }

  const targets = new Map<string, ResolvedTarget>()
  for (const name of [...links.targets.keys()].sort(compareBytes)) {
    const target = links.targets.get(name)
    if (target === undefined) continue
    const { fields, diagnostics: invalid } = validateTarget(target)
    diagnostics.push(...invalid)
    targets.set(name, settled(target, flags.value.policies === 'kept' ? fields : unpoliced(fields), request))
  }
  diagnostics.push(...collisionWarnings(targets.values()))
  const grants = joinGrants(inheritance.grants)
  return {
    value: {
      groups: plannedGroups(definition, selection),
      targets,
      requested: [...requested.keys()],
      ...(grants === undefined ? {} : { grants }),
    },
    diagnostics,
  }
}

function resolveRequested(
  definition: BakeDefinition,
  selection: Selection,
  inheritance: Inheritance,
): ReadonlyMap<string, Inherited> {
  const requested = new Map<string, Inherited>()
  for (const name of selection.targets) {
    const resolved = inheritance.resolve(name, memberMention(definition, selection, name))
    if (resolved !== undefined) requested.set(name, resolved)
  }
  return requested
}

/** Where a group lists a name that does not exist. */
function memberMention(
  definition: BakeDefinition,
  selection: Selection,
  name: string,
): Parameters<Inheritance['resolve']>[1] {
  if (definition.targets.has(name)) return undefined
  for (const group of selection.groups) {
    const member = definition.groups.get(group)?.members?.find((candidate) => candidate.value === name)
    if (member?.span !== undefined) return { span: member.span, label: `group "${group}" lists it here` }
  }
  return undefined
}

/** `--policy disabled=true` replaces the policies of every target. */
function unpoliced(fields: TargetFields): TargetFields {
  return { ...fields, policy: [{ files: [], reset: false, disabled: true }] }
}

function settled(target: LinkedTarget, fields: TargetFields, request: PlanRequest): ResolvedTarget {
  const epoch = request.sourceDateEpoch ?? ''
  const dated = epoch !== '' && fields.args?.has('SOURCE_DATE_EPOCH') !== true
  const { name, needs, linkedOnly, span, fieldSpans } = target
  return {
    name,
    needs,
    linkedOnly,
    fieldSpans,
    ...(span === undefined ? {} : { span }),
    fields: {
      ...fields,
      context: plannedContext(fields.context ?? '.', request.remoteUrl),
      ...(dated ? { args: new Map([...(fields.args ?? []), ['SOURCE_DATE_EPOCH', epoch]]) } : {}),
    },
  }
}

/** Every group reached, and the requested names as members of `default` (spec bake 4.1). */
function plannedGroups(definition: BakeDefinition, selection: Selection): ReadonlyMap<string, PlannedGroup> {
  const groups = new Map<string, PlannedGroup>()
  for (const name of selection.groups) {
    const group = definition.groups.get(name)
    if (group === undefined) continue
    const targets = group.members?.map((member) => member.value) ?? null
    groups.set(name, {
      targets,
      ...(group.description === undefined ? {} : { description: group.description }),
    })
  }
  for (const name of selection.names) {
    const known = groups.get('default')
    if (known !== undefined && name === 'default') continue
    groups.set('default', { ...known, targets: [...(known?.targets ?? []), name] })
  }
  const main = groups.get('default')
  if (main?.targets) {
    groups.set('default', { ...main, targets: [...new Set(main.targets)].sort(compareBytes) })
  }
  return new Map([...groups].sort(([a], [b]) => compareBytes(a, b)))
}
