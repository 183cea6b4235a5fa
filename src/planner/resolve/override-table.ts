import type { Diagnostic } from '../../core/diag/diagnostic.ts'
import { nearest } from '../../core/diag/suggest.ts'
import { BAD_PATTERN, matchPath } from '../../core/go/path-match.ts'
import type { BakeDefinition } from '../definition/definition.ts'
import type { Override } from './override.ts'
import type { PlanRequest } from './request.ts'

/** Everything `--set` says about one key of one target. */
export interface KeyOverride {
  readonly key: string
  readonly sub?: string
  /** The last value; "" for a list key that was only extended. */
  readonly value: string
  /** Values of list keys, in command-line order. */
  readonly values: readonly string[]
  /** Whether the last one was `+=`. */
  readonly append: boolean
  /** The last flag as typed, for messages. */
  readonly text: string
}

/** Overrides by target name, then by `KEY[.SUB]`, in the order the keys came up. */
export type OverrideTable = ReadonlyMap<string, ReadonlyMap<string, KeyOverride>>

/** Keys whose values collect; other keys keep the last text only. */
const COLLECTED: ReadonlySet<string> = new Set([
  'output',
  'cache-to',
  'cache-from',
  'tags',
  'platform',
  'secrets',
  'ssh',
  'attest',
  'entitlements',
  'network',
  'annotations',
  'policy',
])

/** Sorts overrides by the targets their patterns match (spec bake 7.1). */
export function overrideTable(
  definition: BakeDefinition,
  overrides: readonly Override[],
  request: Pick<PlanRequest, 'env' | 'envLookup' | 'unreadable'>,
): { readonly table: OverrideTable; readonly diagnostics: readonly Diagnostic[] } {
  const table = new Map<string, Map<string, KeyOverride>>()
  const diagnostics: Diagnostic[] = []
  const unreadable = [...(request.unreadable ?? [])]
  const tellUnreadable = (before: number): void => {
    while ((unreadable[0]?.before ?? Number.POSITIVE_INFINITY) <= before) {
      diagnostics.push(...unreadable.splice(0, 1).map((one) => one.diagnostic))
    }
  }
  for (const [index, override] of overrides.entries()) {
    tellUnreadable(index)
    const matched = matchTargets(definition, override)
    const refusal = matched.ok ? checkShape(override) : matched.problem
    if (refusal !== undefined) diagnostics.push(refusal)
    if (!matched.ok || refusal !== undefined) continue
    const value = textOf(override, request)
    if (value === undefined) continue
    for (const name of matched.names) {
      const keys = table.get(name) ?? new Map<string, KeyOverride>()
      table.set(name, keys)
      const path = override.sub === undefined ? override.key : `${override.key}.${override.sub}`
      const earlier = keys.get(path)
      const collects = COLLECTED.has(override.key)
      keys.set(path, {
        key: override.key,
        ...(override.sub === undefined ? {} : { sub: override.sub }),
        value: collects ? '' : value,
        values: collects ? [...(earlier?.values ?? []), value] : [],
        append: override.append,
        text: override.text,
      })
    }
  }
  tellUnreadable(overrides.length)
  return { table, diagnostics }
}

/** The text to set; undefined when `args.NAME` names a variable that is not there. */
function textOf(override: Override, request: Pick<PlanRequest, 'env' | 'envLookup'>): string | undefined {
  if (override.value !== undefined) return override.value
  if (!request.envLookup) return ''
  const name = override.sub ?? ''
  return Object.hasOwn(request.env, name) ? request.env[name] : undefined
}

function checkShape(override: Override): Diagnostic | undefined {
  const { key, sub, append, path } = override
  const written = append ? `${path}+` : path
  if (key === 'args' || key === 'contexts' || key === 'resources' || key === 'secret') {
    if (sub === undefined) return refused(`invalid key ${written}, ${key} requires name`)
  }
  if ((key === 'resources' || key === 'secret') && append) {
    return refused(`invalid key ${written}, ${key} does not support append`)
  }
  return undefined
}

type Matched =
  | { readonly ok: true; readonly names: readonly string[] }
  | { readonly ok: false; readonly problem: Diagnostic }

function matchTargets(definition: BakeDefinition, { pattern }: Override): Matched {
  if (definition.targets.has(pattern)) return { ok: true, names: [pattern] }
  if (definition.targets.size > 0 && matchPath(pattern, '') === undefined) {
    return { ok: false, problem: refused(`could not match targets with '${pattern}': ${BAD_PATTERN}`) }
  }
  const names = [...definition.targets.keys()].filter((name) => matchPath(pattern, name) === true)
  if (names.length > 0) return { ok: true, names }
  const hints: string[] = []
  if (definition.groups.get(pattern)?.generated === true) hints.push(`set all instances with "${pattern}-*"`)
  else if (definition.groups.has(pattern)) hints.push(`"${pattern}" is a group; --set takes targets only`)
  const close = nearest(pattern, definition.targets.keys())
  if (close !== undefined) hints.push(`did you mean "${close}"?`)
  return { ok: false, problem: refused(`could not find any target matching '${pattern}'`, hints) }
}

function refused(summary: string, hints: readonly string[] = []): Diagnostic {
  return {
    severity: 'error',
    code: 'override/refused',
    summary,
    ...(hints.length === 0 ? {} : { hints }),
  }
}
