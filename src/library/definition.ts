import { type Checked, checked, type Diagnostic, hasErrors } from '../core/diag/diagnostic.ts'
import { FileTable } from '../core/source/file-table.ts'
import type { Host } from '../host/host.ts'
import { createNodeHost } from '../host/node-host.ts'
import { envLookup, loadDefinition as loadFromFiles } from '../load/definition.ts'
import { chooseFiles, readFiles, relativePathsSwitch } from '../load/files.ts'
import type { BakeDefinition } from '../planner/definition/definition.ts'
import type { Plan } from '../planner/plan.ts'
import { renderPlan } from '../planner/print/render-plan.ts'
import { type Override, parseOverride } from '../planner/resolve/override.ts'
import { plan as planTargets } from '../planner/resolve/plan.ts'

/** Where a definition comes from and what it may use. */
export interface LoadOptions {
  /** Files as for `-f`; the default names of the folder when absent. */
  readonly files?: readonly string[]
  /** Values as for `--var`. */
  readonly variables?: Readonly<Record<string, string>>
  /** The folder relative names start from, and the environment; the process's own by default. */
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string | undefined>>
}

/** A definition that was read, with the files its diagnostics point into. */
export interface LoadedDefinition {
  readonly definition: BakeDefinition
  readonly files: FileTable
  readonly env: Readonly<Record<string, string | undefined>>
  readonly envLookup: boolean
}

/** What to plan. */
export interface PlanOptions {
  /** Targets and groups; `default` when absent. */
  readonly targets?: readonly string[]
  /** Overrides as for `--set`. */
  readonly set?: readonly string[]
}

/** Reads, parses and evaluates a definition. Mistakes come as diagnostics; nothing about them is thrown. */
export async function loadDefinition(options: LoadOptions = {}): Promise<Checked<LoadedDefinition>> {
  const host = hostFor(options)
  const table = new FileTable()
  const empty: LoadedDefinition = {
    definition: { groups: new Map(), targets: new Map(), variables: [] },
    files: table,
    env: host.env,
    envLookup: envLookup(host),
  }
  const found: Diagnostic[] = []
  const relative = relativePathsSwitch(host)
  const choice = await chooseFiles(options.files ?? [], host)
  found.push(...relative.diagnostics, ...choice.diagnostics)
  if (hasErrors(found)) return checked(empty, found)
  const files = await readFiles(choice.value, table, host)
  found.push(...files.diagnostics)
  if (hasErrors(found)) return checked(empty, found)
  const vars = new Map(Object.entries(options.variables ?? {}))
  const loaded = await loadFromFiles(
    files.value,
    { vars, cmdContext: 'cwd://', relativePaths: relative.value },
    table,
    host,
  )
  return checked({ ...empty, definition: loaded.value }, [...found, ...loaded.diagnostics])
}

/** Plans targets of a definition: inheritance, overrides and links settled. */
export function plan(loaded: LoadedDefinition, options: PlanOptions = {}): Checked<Plan> {
  const overrides: Override[] = []
  const found: Diagnostic[] = []
  for (const text of options.set ?? []) {
    const one = parseOverride(text)
    overrides.push(one.value)
    found.push(...one.diagnostics)
  }
  if (hasErrors(found)) return checked({ groups: new Map(), targets: new Map(), requested: [] }, found)
  const planned = planTargets(loaded.definition, {
    targets: options.targets ?? [],
    overrides,
    env: loaded.env,
    envLookup: loaded.envLookup,
  })
  return checked(planned.value, [...found, ...planned.diagnostics])
}

/** The plan as the JSON text of `bake --print`. */
export function printPlan(planned: Plan): string {
  return renderPlan(planned)
}

function hostFor(options: LoadOptions): Host {
  return hostWith(createNodeHost(new AbortController().signal), options)
}

/** The machine with another folder or environment. */
export function hostWith(host: Host, options: Pick<LoadOptions, 'cwd' | 'env'>): Host {
  const own = {
    ...(options.cwd === undefined ? {} : { cwd: { value: options.cwd } }),
    ...(options.env === undefined ? {} : { env: { value: options.env } }),
  }
  return Object.create(host, own) as Host
}
