import type { BuildEvent } from '../../src/core/event/event.ts'
import { type RunOutcome, runBuild } from '../../src/executor/run-build.ts'
import type { RunSettings } from '../../src/executor/run-types.ts'
import { createMemoryHost } from '../../src/host/memory-host.ts'
import type { Plan } from '../../src/planner/plan.ts'
import { planOf } from '../request/sample.ts'
import { type DaemonScript, FakeDaemon } from './fake-daemon.ts'

/** Work that never ends. */
export const forever: Promise<never> = new Promise<never>(() => {})
/** A moment. */
export const tick = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5))

/** What came of a run. */
export interface Run {
  readonly outcome: RunOutcome
  readonly log: readonly string[]
  readonly events: readonly BuildEvent[]
  /** How each target ended. */
  readonly ends: Readonly<Record<string, string>>
  /** Lines of the step of results. */
  readonly results: string
  readonly metadata: unknown
}

/** A run to play. */
export interface Case {
  /** Name and the target it is based on. */
  readonly targets: Readonly<Record<string, string | undefined>>
  readonly settings: RunSettings
  readonly script?: DaemonScript
  readonly use?: (daemon: FakeDaemon) => void
}

/** Runs targets at a fake daemon; metadata goes to a file. */
export async function run({ targets, settings, script = {}, use }: Case): Promise<Run> {
  const daemon = new FakeDaemon(script)
  const host = createMemoryHost({ files: { Dockerfile: 'FROM scratch\n' } })
  const events: BuildEvent[] = []
  use?.(daemon)
  const outcome = await runBuild({
    plan: planFor(targets),
    builder: daemon.builder,
    host,
    settings: { retryPauseMs: 1, metadataFile: 'meta.json', ...settings },
    report: (event) => events.push(event),
  })
  daemon.die()
  const metadata = await host.readFile('meta.json').catch(() => undefined)
  return {
    outcome,
    log: daemon.log,
    events,
    ends: Object.fromEntries(
      events.flatMap((e) => (e.kind === 'target-ended' ? [[e.target, e.outcome.kind]] : [])),
    ),
    results: stepLog(events, '[internal] target results'),
    metadata: metadata === undefined ? undefined : JSON.parse(new TextDecoder().decode(metadata)),
  }
}

function planFor(targets: Case['targets']): Plan {
  const fieldsOf = (name: string, parent: string | undefined) => ({
    fields: {
      args: new Map([['NAME', name]]),
      output: [{ type: 'cacheonly', attrs: {} }],
      ...(parent === undefined ? {} : { contexts: new Map([['base', `target:${parent}`]]) }),
    },
  })
  return planOf(Object.fromEntries(Object.entries(targets).map(([name, p]) => [name, fieldsOf(name, p)])))
}

/** What a step of our own says; the empty text when there is none. */
export function stepLog(events: readonly BuildEvent[], name: string): string {
  const updates = events.flatMap((e) => (e.kind === 'status' ? [e.update] : []))
  const digests = updates.flatMap((u) => u.vertexes).filter((v) => v.name === name)
  const logs = updates.flatMap((u) => u.logs).filter((l) => digests.some((d) => d.digest === l.vertex))
  return logs.map((l) => new TextDecoder().decode(l.data)).join('')
}

/** Messages of all failures, or how it ended else. */
export function messages(outcome: RunOutcome): readonly string[] {
  return outcome.kind === 'failed' ? outcome.failures.map((f) => f.message) : [outcome.kind]
}
