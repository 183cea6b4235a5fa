import { checked, type Diagnostic, hasErrors } from '../../core/diag/diagnostic.ts'
import type { BuildEvent } from '../../core/event/event.ts'
import { FileTable } from '../../core/source/file-table.ts'
import { loadDefinition } from '../../load/definition.ts'
import { chooseFiles, readFiles, relativePathsSwitch } from '../../load/files.ts'
import type { Plan } from '../../planner/plan.ts'
import { renderPlan } from '../../planner/print/render-plan.ts'
import { plan } from '../../planner/resolve/plan.ts'
import type { Command, CommandInput } from '../command.ts'
import { EXIT } from '../exit.ts'
import { reportDiagnostics } from '../report.ts'
import { checkPlanFiles } from './bake-facts.ts'
import { BAKE_FLAGS } from './bake-flags.ts'
import { showList } from './bake-list.ts'
import { type BakeOptions, readBakeOptions } from './bake-options.ts'
import { readingStep, showReading } from './bake-reading.ts'
import type { BakeRun } from './bake-stage.ts'

/** `bakekit bake`: plan a definition, then print it or build it (spec cli 5). */
export const BAKE: Command = {
  name: 'bake',
  aliases: ['f'],
  usage: '[OPTIONS] [TARGET...]',
  summary: 'Build the targets of a definition',
  about:
    'Reads docker-bake.hcl, docker-bake.json or Compose files, plans the targets named\n(default: "default") and builds all of them at once.',
  flags: BAKE_FLAGS,
  examples: [
    { line: 'bake', doc: 'builds the group or target "default"' },
    { line: 'bake --print api', doc: 'shows what would be built for "api"' },
    { line: 'bake --set "*.platform=linux/arm64" --push', doc: 'builds for another platform and pushes' },
    { line: 'bake --list targets', doc: 'lists what can be built' },
  ],
  run: runBake,
}

/** A run on its way: what earlier stages found out. */
interface Stage {
  readonly input: CommandInput
  readonly options: BakeOptions
  readonly table: FileTable
  /** Shows diagnostics; true when the run has to stop. */
  readonly stop: (found: readonly Diagnostic[]) => boolean
}

async function runBake(input: CommandInput): Promise<number> {
  const { host } = input
  const table = new FileTable()
  const options = readBakeOptions(input)
  const format = options.value.progress === 'rawjson' ? 'json' : 'text'
  const stop = (found: readonly Diagnostic[]): boolean => reportDiagnostics(found, table, host, format)
  if (stop(options.diagnostics)) return EXIT.failed
  const stage: Stage = { input, options: options.value, table, stop }
  const read = await readDefinition(stage)
  if (read === undefined) return EXIT.failed
  const { definition, reading } = read
  const { list, print, progress, request } = options.value
  if (list !== undefined) {
    showReading(reading, progress, host)
    if (stop(definition.diagnostics)) return EXIT.failed
    return showList(definition.value, list, host)
  }
  const planned = hasErrors(definition.diagnostics)
    ? checked(NO_PLAN, definition.diagnostics)
    : plan(definition.value, { ...request, env: host.env })
  const found = hasErrors(definition.diagnostics)
    ? [...definition.diagnostics]
    : [...definition.diagnostics, ...planned.diagnostics]
  if (!hasErrors(found)) found.push(...(await checkPlanFiles(planned.value, host)))
  if (print || hasErrors(found)) {
    showReading(reading, progress, host)
    if (stop(found)) return EXIT.failed
    host.stdout.write(renderPlan(planned.value))
    return EXIT.ok
  }
  stop(found)
  return build({
    plan: planned.value,
    definition: definition.value,
    reading,
    options: options.value,
    table,
    input,
  })
}

const NO_PLAN: Plan = { groups: new Map(), targets: new Map(), requested: [] }

/** Files → definition; undefined when nothing could be read and the reason is shown. */
async function readDefinition(
  stage: Stage,
): Promise<
  | { readonly definition: Awaited<ReturnType<typeof loadDefinition>>; readonly reading: BuildEvent }
  | undefined
> {
  const { options, table, stop } = stage
  const { host } = stage.input
  const relative = relativePathsSwitch(host)
  if (stop(relative.diagnostics)) return undefined
  const choice = await chooseFiles(options.files, host)
  if (stop(choice.diagnostics)) return undefined
  const startedMs = host.now()
  const files = await readFiles(choice.value, table, host)
  const error = files.diagnostics.find((one) => one.severity === 'error')?.summary
  const reading = readingStep(files.value, choice.value, { startedMs, endedMs: host.now() }, error)
  if (error !== undefined) {
    showReading(reading, options.progress, host)
    stop(files.diagnostics)
    return undefined
  }
  const definition = await loadDefinition(
    files.value,
    { vars: options.vars, cmdContext: 'cwd://', relativePaths: relative.value },
    table,
    host,
  )
  return { definition: checked(definition.value, [...files.diagnostics, ...definition.diagnostics]), reading }
}

async function build(run: BakeRun): Promise<number> {
  const { runPlan } = await import('./bake-run.ts')
  return runPlan(run)
}
