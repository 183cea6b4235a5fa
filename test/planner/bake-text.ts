import { type Diagnostic, hasErrors } from '../../src/core/diag/diagnostic.ts'
import type { FileId, SourceFile } from '../../src/core/source/source-file.ts'
import type { ComposeDefinition } from '../../src/parser/definition.ts'
import { parseHcl } from '../../src/parser/hcl/parse.ts'

import { parseJson } from '../../src/parser/json/parse.ts'

import { define } from '../../src/planner/definition/define.ts'
import type { BakeDefinition } from '../../src/planner/definition/definition.ts'
import type { Plan } from '../../src/planner/plan.ts'
import { renderPlan } from '../../src/planner/print/render-plan.ts'
import { parseOverride } from '../../src/planner/resolve/override.ts'
import { plan } from '../../src/planner/resolve/plan.ts'
import type { PlanFlags } from '../../src/planner/resolve/request.ts'

/** One run of the planner over texts: what a command line would give it. */
export interface Run {
  /** Text of `docker-bake.hcl`. */
  readonly hcl?: string
  /** Further files by name, after `hcl`; names that end in `.json` are read as JSON. */
  readonly files?: Readonly<Record<string, string>>
  readonly compose?: ComposeDefinition
  readonly targets?: readonly string[]
  readonly set?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly envLookup?: boolean
  readonly vars?: Readonly<Record<string, string>>
  readonly flags?: PlanFlags
  readonly relativePaths?: boolean
  readonly remoteUrl?: string
}

export interface Outcome {
  /** The printed document, parsed; undefined after an error. */
  readonly json?: { readonly group?: Record<string, unknown>; readonly target: Record<string, unknown> }
  readonly text?: string
  /** `summary; detail` of the first error. */
  readonly error?: string
  /** How many errors there are. */
  readonly errors: number
  readonly warnings: readonly string[]
  readonly diagnostics: readonly Diagnostic[]
  readonly definition: BakeDefinition
  readonly plan?: Plan
}

/** Parses and defines without planning. */
export function defineText(run: Run): { value: BakeDefinition; diagnostics: readonly Diagnostic[] } {
  const texts = Object.entries({
    ...(run.hcl === undefined ? {} : { 'docker-bake.hcl': run.hcl }),
    ...run.files,
  })
  const diagnostics: Diagnostic[] = []
  const bodies = texts.map(([name, text], i) => {
    const file: SourceFile = { id: i as FileId, name, text }
    const body = name.endsWith('.json') ? parseJson(file) : parseHcl(file)
    diagnostics.push(...body.diagnostics)
    const slash = name.lastIndexOf('/')
    return { file, body: body.value, dir: slash < 0 ? '.' : name.slice(0, slash) }
  })
  const env = run.env ?? {}
  const defined = define({
    bodies,
    ...(run.compose === undefined ? {} : { compose: run.compose }),
    vars: new Map(Object.entries(run.vars ?? {})),
    env,
    envLookup: run.envLookup ?? true,
    builtins: { cmdContext: 'cwd://', localPlatform: 'linux/amd64' },
    world: { now: 0, homeDir: '/home/user', random: (n) => new Uint8Array(n) },
    relativePaths: run.relativePaths ?? false,
  })
  return { value: defined.value, diagnostics: [...diagnostics, ...defined.diagnostics] }
}

/** Parses, defines, plans and prints. */
export function bakeText(run: Run): Outcome {
  const defined = defineText(run)
  if (hasErrors(defined.diagnostics)) return outcome(defined.value, defined.diagnostics)
  const overrides = (run.set ?? []).map(parseOverride)
  const early = overrides.flatMap((override) => override.diagnostics)
  if (hasErrors(early)) return outcome(defined.value, early)
  const env = run.env ?? {}
  const planned = plan(defined.value, {
    targets: run.targets ?? [],
    overrides: overrides.map((override) => override.value),
    env,
    envLookup: run.envLookup ?? true,
    ...(run.flags === undefined ? {} : { flags: run.flags }),
    ...(env['SOURCE_DATE_EPOCH'] === undefined ? {} : { sourceDateEpoch: env['SOURCE_DATE_EPOCH'] }),
    ...(run.remoteUrl === undefined ? {} : { remoteUrl: run.remoteUrl }),
  })
  const diagnostics = [...defined.diagnostics, ...planned.diagnostics]
  if (hasErrors(diagnostics)) return outcome(defined.value, diagnostics)
  const text = renderPlan(planned.value)
  return { ...outcome(defined.value, diagnostics), json: JSON.parse(text), text, plan: planned.value }
}

function outcome(definition: BakeDefinition, diagnostics: readonly Diagnostic[]): Outcome {
  const errors = diagnostics.filter((d) => d.severity === 'error')
  const [first] = errors
  const error = first?.detail === undefined ? first?.summary : `${first.summary}; ${first.detail}`
  return {
    errors: errors.length,
    warnings: diagnostics.filter((d) => d.severity === 'warning').map((d) => d.summary),
    diagnostics,
    definition,
    ...(error === undefined ? {} : { error }),
  }
}
