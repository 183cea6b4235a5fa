import type { Builder } from '../../builder/builder.ts'
import { type Checked, checked, type Diagnostic, hasErrors } from '../../core/diag/diagnostic.ts'
import type { BuildEvent } from '../../core/event/event.ts'
import { FileTable } from '../../core/source/file-table.ts'
import { loadDefinition } from '../../load/definition.ts'
import { chooseFiles, type ReadStep, readFiles, relativePathsSwitch } from '../../load/files.ts'
import type { BakeDefinition } from '../../planner/definition/definition.ts'
import type { Plan } from '../../planner/plan.ts'
import { renderPlan } from '../../planner/print/render-plan.ts'
import { plan } from '../../planner/resolve/plan.ts'
import type { Command, CommandInput } from '../command.ts'
import { EXIT } from '../exit.ts'
import { reportDiagnostics } from '../report.ts'
import { checkPlanFiles } from './bake-facts.ts'
import { BAKE_FLAGS } from './bake-flags.ts'
import { showList } from './bake-list.ts'
import { laterProblems, readBakeOptions } from './bake-options.ts'
import { readingStep, showReading } from './bake-reading.ts'
import type { BakeRun, RemoteDefinition, Stage } from './bake-stage.ts'

/** `bakekit bake`: plan a definition, then print it or build it (spec cli 5). */
export const BAKE: Command = {
  name: 'bake',
  aliases: ['f'],
  usage: '[OPTIONS] [TARGET...]',
  summary: 'Build the targets of a definition',
  about:
    'Reads docker-bake.hcl, docker-bake.json or Compose files, plans the targets named\n(default: "default") and builds all of them at once. A URL before the targets names a\ndefinition to fetch; a second one is the context of targets that use BAKE_CMD_CONTEXT.',
  flags: BAKE_FLAGS,
  examples: [
    { line: 'bake', doc: 'builds the group or target "default"' },
    { line: 'bake --print api', doc: 'shows what would be built for "api"' },
    { line: 'bake --set "*.platform=linux/arm64" --push', doc: 'builds for another platform and pushes' },
    { line: 'bake --list targets', doc: 'lists what can be built' },
  ],
  run: runBake,
}

async function runBake(input: CommandInput): Promise<number> {
  const { host } = input
  const table = new FileTable()
  const options = readBakeOptions(input)
  const format = options.value.progress === 'rawjson' ? 'json' : 'text'
  const stop = (found: readonly Diagnostic[]): boolean => reportDiagnostics(found, table, host, format)
  if (hasErrors(options.diagnostics)) {
    stop([...options.diagnostics, ...laterProblems(options.value)])
    return EXIT.failed
  }
  const stage: Stage = { input, options: options.value, table, stop }
  // Opened first because the reference does: without a builder nothing else is looked at.
  await using builder = await openedBuilder(stage)
  const read = await readDefinition(stage, builder)
  if (read === undefined) return EXIT.failed
  const { definition, reading, remote } = read
  const { list, progress } = options.value
  const endReading = (): void => {
    if (remote === undefined) showReading(reading, progress, host, builder)
    else remote.endReading()
  }
  if (list !== undefined) {
    endReading()
    if (stop(definition.diagnostics)) return EXIT.failed
    return showList(definition.value, list, host)
  }
  const { planned, built, found } = await planTargets(stage, definition, remote)
  if (builder === undefined || hasErrors(found)) {
    endReading()
    if (stop(found)) return EXIT.failed
    host.stdout.write(renderPlan(planned))
    return EXIT.ok
  }
  if (remote !== undefined && found.length > 0) remote.endReading()
  stop(found)
  return build({
    plan: built,
    builder,
    ...(remote === undefined ? {} : { remote }),
    definition: definition.value,
    reading,
    options: options.value,
    table,
    input,
  })
}

interface PlannedTargets {
  /** As `--print` shows it. */
  readonly planned: Plan
  /** As it is built: contexts of a fetched definition settled. */
  readonly built: Plan
  readonly found: readonly Diagnostic[]
}

/** The plan with everything that is wrong with it or with the definition; each check needs the ones before it. */
async function planTargets(
  { options, input }: Stage,
  definition: Checked<BakeDefinition>,
  remote: RemoteDefinition | undefined,
): Promise<PlannedTargets> {
  const { host } = input
  const found = [...definition.diagnostics]
  if (hasErrors(found) || options.listProblems.length > 0) {
    return { planned: NO_PLAN, built: NO_PLAN, found: [...found, ...laterProblems(options)] }
  }
  const planned = plan(definition.value, {
    ...options.request,
    env: host.env,
    ...(remote?.treeUrl === undefined ? {} : { remoteUrl: remote.treeUrl }),
  })
  found.push(...planned.diagnostics)
  const built = remote === undefined ? planned.value : remote.settle(planned.value)
  if (!hasErrors(found)) found.push(...((await remote?.check(planned.value)) ?? []))
  if (!hasErrors(found)) found.push(...(await checkPlanFiles(built, host)))
  return { planned: planned.value, built, found }
}

/** Absent when nothing is built: printing and listing work on any machine. */
async function openedBuilder({ options, input }: Stage): Promise<Builder | undefined> {
  if (!options.builds) return undefined
  const { openBuilder } = await import('../../builder/open-builder.ts')
  return openBuilder(options.builder, input.host)
}

const NO_PLAN: Plan = { groups: new Map(), targets: new Map(), requested: [] }

/** Files → definition; undefined when nothing could be read and the reason is shown. */
async function readDefinition(
  stage: Stage,
  builder: Builder | undefined,
): Promise<
  | {
      readonly definition: Checked<BakeDefinition>
      readonly reading: BuildEvent
      readonly remote?: RemoteDefinition
    }
  | undefined
> {
  const { options, table, stop } = stage
  const { host } = stage.input
  const relative = relativePathsSwitch(host)
  if (stop(relative.diagnostics)) return undefined
  const choice = await chooseFiles(options.files, host)
  if (stop(choice.diagnostics)) return undefined
  const settings = { vars: options.vars, cmdContext: options.cmdContext, relativePaths: relative.value }
  const startedMs = host.now()
  if (options.remoteUrl !== undefined) {
    const remote = await (await import('./bake-remote.ts')).readRemoteDefinition(stage, choice.value)
    if (remote === undefined) return undefined
    const definition = await loadDefinition(remote.files, settings, table, host)
    return { definition, reading: remote.reading, remote }
  }
  const steps: ReadStep[] = []
  const files = await readFiles(choice.value, table, host, (step) => steps.push(step))
  const reading = readingStep(steps, choice.value, { startedMs, endedMs: host.now() })
  if (hasErrors(files.diagnostics)) {
    showReading(reading, options.progress, host, builder)
    stop(files.diagnostics)
    return undefined
  }
  const definition = await loadDefinition(files.value, settings, table, host)
  return { definition: checked(definition.value, [...files.diagnostics, ...definition.diagnostics]), reading }
}

async function build(run: BakeRun): Promise<number> {
  const { runPlan } = await import('./bake-run.ts')
  return runPlan(run)
}
