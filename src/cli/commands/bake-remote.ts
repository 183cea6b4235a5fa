import { openBuilder } from '../../builder/open-builder.ts'
import { type Diagnostic, hasErrors } from '../../core/diag/diagnostic.ts'
import { type BuildEvent, NO_UPDATE } from '../../core/event/event.ts'
import type { Host } from '../../host/host.ts'
import { type DefinitionFile, type FileChoice, type ReadStep, readFiles } from '../../load/files.ts'
import { localDockerfiles } from '../../load/remote/local-dockerfile.ts'
import { type RemoteRead, readRemote } from '../../load/remote/read-remote.ts'
import { nothingThere } from '../../load/remote/remote-problem.ts'
import { withRemoteContexts } from '../../planner/resolve/remote-context.ts'
import { createProgress } from '../../progress/create-progress.ts'
import type { Renderer } from '../../progress/renderer.ts'
import { wantsDebug } from '../global-flags.ts'
import { readingStep } from './bake-reading.ts'
import type { RemoteDefinition, Stage } from './bake-stage.ts'

/** Fetches the definition; undefined when that failed and the reason is shown. */
export async function readRemoteDefinition(
  stage: Stage,
  choice: FileChoice,
): Promise<RemoteDefinition | undefined> {
  const { options, table, input, stop } = stage
  const { host } = input
  const isOurs = (name: string): boolean => name.startsWith('cwd://')
  await using builder = await openBuilder(options.builder, host)
  const display = openDisplay(
    createProgress(options.progress, host.stderr, {
      now: () => host.now(),
      env: host.env,
      builder: { name: builder.name, driver: builder.driver },
      debug: wantsDebug(input),
    }),
  )
  try {
    const fetched = await readRemote({
      url: options.remoteUrl ?? '',
      names: choice.from === 'default' ? [] : choice.names.filter((name) => !isOurs(name)),
      builder,
      table,
      host,
      report: (update) => display.event({ kind: 'status', update }),
    })
    const ours = { ...choice, names: hasErrors(fetched.diagnostics) ? [] : choice.names.filter(isOurs) }
    const local = await readOurs(ours, stage, display)
    const files = [...fetched.value.files, ...local.files]
    const found = [...fetched.diagnostics, ...local.diagnostics]
    if (found.length === 0 && files.length === 0) found.push(nothingThere(options.remoteUrl ?? ''))
    if (found.length === 0) return definitionOf(fetched.value, files, display, host)
    display.end()
    stop(found)
    return undefined
  } catch (error) {
    display.end()
    throw error
  }
}

interface Display {
  readonly open: Renderer | undefined
  event(event: BuildEvent): void
  end(): void
}

function openDisplay(renderer: Renderer): Display {
  let open: Renderer | undefined = renderer
  return {
    get open() {
      return open
    },
    event: (event) => open?.event(event),
    end: () => {
      open?.end()
      open = undefined
    },
  }
}

/** Files of this machine beside a fetched definition; there may be none. */
async function readOurs(
  choice: FileChoice,
  { table, input }: Stage,
  display: Display,
): Promise<{ readonly files: readonly DefinitionFile[]; readonly diagnostics: readonly Diagnostic[] }> {
  if (choice.names.length === 0) return { files: [], diagnostics: [] }
  const { host } = input
  const startedMs = host.now()
  const steps: ReadStep[] = []
  const read = await readFiles(choice, table, host, (step) => steps.push(step))
  display.event(readingStep(steps, choice, { startedMs, endedMs: host.now() }))
  // Empty files of ours do no harm when there is a definition elsewhere.
  return {
    files: read.value,
    diagnostics: read.diagnostics.filter((one) => one.code !== 'load/no-definition'),
  }
}

function definitionOf(
  read: RemoteRead,
  files: readonly DefinitionFile[],
  display: Display,
  host: Host,
): RemoteDefinition {
  const { treeUrl, gitAuth, ssh } = read
  return {
    files,
    ...(treeUrl === undefined ? {} : { treeUrl }),
    ...(gitAuth === undefined ? {} : { gitAuth }),
    reading: { kind: 'status', update: NO_UPDATE },
    endReading: display.end,
    openProgress: () => display.open,
    settle: (plan) => (treeUrl === undefined ? plan : withRemoteContexts(plan, treeUrl, { ssh })),
    check: async (plan) => (treeUrl === undefined ? [] : await localDockerfiles(plan, treeUrl, host)),
  }
}
