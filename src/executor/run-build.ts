import { bootBuilder } from '../builder/boot.ts'
import type { Builder } from '../builder/builder.ts'
import { neededNodes } from '../builder/needed-nodes.ts'
import { isStatusFailure } from '../buildkit/wire/errors.ts'
import { type Diagnostic, hasErrors } from '../core/diag/diagnostic.ts'
import type { BuildEvent } from '../core/event/event.ts'
import { BuildFailure, isBuildFailure } from '../core/failure.ts'
import type { Host } from '../host/host.ts'
import type { Plan } from '../planner/plan.ts'
import type { RequestSettings } from '../request/settings.ts'
import { toRequests } from '../request/to-requests.ts'
import type { BuildRequest, NodeCapabilities } from '../request/types.ts'
import { type ExecuteOutcome, execute } from './execute.ts'
import { gatherFacts } from './facts.ts'
import { writeMetadata } from './metadata-file.ts'
import { NodeConnection } from './node-connection.ts'
import { fetchDockerfiles } from './remote-dockerfiles.ts'
import type { BuildResponse, RunContext, RunSettings } from './run-types.ts'
import { openServices } from './services.ts'
import { targetFailure } from './solve-failure.ts'
import { showResults } from './target-results.ts'
import { timeoutFailure } from './timeout.ts'

/** What a run is given. */
export interface RunInput {
  readonly plan: Plan
  /** Its nodes are brought up first. */
  readonly builder: Builder
  /** Its `signal` stops the run. */
  readonly host: Host
  readonly settings: RunSettings
  readonly report: (event: BuildEvent) => void
}

/** How a run ended. `diagnostics` holds warnings too. */
export type RunOutcome = { readonly diagnostics: readonly Diagnostic[] } & (
  | { readonly kind: 'succeeded'; readonly responses: ReadonlyMap<string, BuildResponse> }
  | {
      readonly kind: 'failed'
      /** The first one. */
      readonly failure: BuildFailure
      /** One for each target that failed, the first in time first; more than one only with deferred errors. */
      readonly failures: readonly BuildFailure[]
      /** Answers of the targets that succeeded, with deferred errors. */
      readonly responses: ReadonlyMap<string, BuildResponse>
    }
  /** The plan cannot be built there; `diagnostics` says why. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'canceled'; readonly failure: BuildFailure }
)

/** Builds all targets of a plan on a builder. Always ends, and never rejects for a problem of the world. */
export async function runBuild(input: RunInput): Promise<RunOutcome> {
  const { plan, host, settings } = input
  const wanted = [...plan.targets.values()].map((target) => target.fields.platforms ?? [])
  const builder = neededNodes(input.builder, wanted, host.localPlatform)
  const nodes = builder.nodes.map((node) => new NodeConnection(node, host, host.signal))
  const deadline = startDeadline(settings.runTimeoutMs)
  let diagnostics: readonly Diagnostic[] = []
  try {
    host.signal.throwIfAborted()
    await bootBuilder(builder, host, input.report)
    const run: RunContext = {
      builderName: builder.name,
      host,
      settings,
      services: await openServices(builder, host),
      prefixed: plan.targets.size > 1,
      report: input.report,
      signal: AbortSignal.any([host.signal, deadline.signal]),
    }
    const made = await makeRequests(plan, nodes, run)
    diagnostics = made.diagnostics
    if (hasErrors(diagnostics)) return { kind: 'refused', diagnostics }
    const outcome = await execute(made.requests, nodes, run)
    deadline.stop()
    return await closeRun(outcome, made, nodes, { ...run, signal: host.signal })
  } catch (error) {
    if (host.signal.aborted) return canceled(host.signal.reason, diagnostics)
    if (deadline.signal.aborted) return failed([deadline.signal.reason], NO_RESPONSES, diagnostics)
    if (!isBuildFailure(error)) throw error
    const failure = isStatusFailure(error) ? targetFailure('', error, false) : error
    return failed([failure], NO_RESPONSES, diagnostics)
  } finally {
    deadline.stop()
    await Promise.allSettled(nodes.map((node) => node.close()))
  }
}

const NO_RESPONSES: ReadonlyMap<string, BuildResponse> = new Map()

function failed(
  failures: readonly BuildFailure[],
  responses: ReadonlyMap<string, BuildResponse>,
  diagnostics: readonly Diagnostic[],
): RunOutcome {
  const failure = failures[0] as BuildFailure
  return { kind: 'failed', failure, failures, responses, diagnostics }
}

/** Ends a run that takes too long: `signal` is aborted with a failure of code `TIMEOUT`. */
function startDeadline(allowedMs = 0): { readonly signal: AbortSignal; stop(): void } {
  const deadline = new AbortController()
  const end = (): void => deadline.abort(timeoutFailure('run', allowedMs))
  const timer = allowedMs === 0 ? undefined : setTimeout(end, allowedMs)
  return { signal: deadline.signal, stop: () => clearTimeout(timer) }
}

/** Writes the metadata file where there is something to write, and says how the run ended. */
async function closeRun(
  outcome: ExecuteOutcome,
  { requests, diagnostics }: MadeRequests,
  nodes: readonly NodeConnection[],
  run: RunContext,
): Promise<RunOutcome> {
  if (outcome.kind === 'succeeded') {
    const responses = await writeMetadata(outcome.responses, nodes, requests, run)
    return { kind: 'succeeded', responses, diagnostics }
  }
  const { execution = 'fail-fast' } = run.settings
  const show = (): void => {
    if (execution !== 'fail-fast') showResults(outcome.results, run)
  }
  if (run.signal.aborted) {
    show()
    return canceled(run.signal.reason, diagnostics)
  }
  // Without a failed target only the deadline can have ended it.
  const failures = outcome.kind === 'failed' ? [...outcome.failures] : [outcome.reason as BuildFailure]
  let { responses } = outcome
  if (execution === 'defer-error') {
    try {
      responses = await writeMetadata(responses, nodes, requests, run)
    } catch (error) {
      if (!isBuildFailure(error)) throw error
      failures.push(error)
    }
  }
  show()
  return failed(failures, execution === 'defer-error' ? responses : NO_RESPONSES, diagnostics)
}

interface MadeRequests {
  readonly requests: readonly BuildRequest[]
  readonly diagnostics: readonly Diagnostic[]
}

async function makeRequests(
  plan: Plan,
  nodes: readonly NodeConnection[],
  run: RunContext,
): Promise<MadeRequests> {
  const [facts, capabilities] = await Promise.all([
    gatherFacts(plan, run.host),
    Promise.all(nodes.map((node) => node.capabilities(run.signal))),
  ])
  const settings: RequestSettings = {
    cwd: run.host.cwd,
    localPlatform: run.host.localPlatform,
    env: run.host.env,
    proxies: run.services.proxies,
    facts: await fetchDockerfiles(plan, facts, nodes[0], run),
    loadIntoContainerd: await loadsIntoContainerd(plan, capabilities, run),
    ...(run.settings.gitAuth ? { gitAuth: run.settings.gitAuth } : {}),
  }
  const made = toRequests(plan, capabilities, settings)
  return { requests: made.value, diagnostics: made.diagnostics }
}

/** Asked only when an image is going to be loaded from another driver's builder. */
async function loadsIntoContainerd(
  plan: Plan,
  nodes: readonly NodeCapabilities[],
  run: RunContext,
): Promise<boolean> {
  if (nodes.every((n) => n.driver === 'docker')) return false
  const byDefault = nodes.some((n) => n.features.has('default-load'))
  const loads = [...plan.targets.values()].some(({ fields: { output = [] } }) =>
    output.length === 0
      ? byDefault
      : output.some((o) => o.type === 'docker' && o.attrs['dest'] === undefined),
  )
  return loads && (await (await run.services.engine(undefined)).usesContainerdStore(run.signal))
}

function canceled(reason: unknown, diagnostics: readonly Diagnostic[]): RunOutcome {
  const failure = new BuildFailure('canceled', 'failed to solve: Canceled: context canceled', {
    code: 'CANCELLED',
    cause: reason,
  })
  return { kind: 'canceled', failure, diagnostics }
}
