import type { Builder } from '../builder/builder.ts'
import { isStatusFailure } from '../buildkit/wire/errors.ts'
import { type Diagnostic, hasErrors } from '../core/diag/diagnostic.ts'
import type { BuildEvent } from '../core/event/event.ts'
import { BuildFailure, isBuildFailure } from '../core/failure.ts'
import type { Host } from '../host/host.ts'
import type { Plan } from '../planner/plan.ts'
import type { RequestSettings } from '../request/settings.ts'
import { toRequests } from '../request/to-requests.ts'
import type { BuildRequest, NodeCapabilities } from '../request/types.ts'
import { execute } from './execute.ts'
import { gatherFacts } from './facts.ts'
import { writeMetadata } from './metadata-file.ts'
import { NodeConnection } from './node-connection.ts'
import { fetchDockerfiles } from './remote-dockerfiles.ts'
import type { BuildResponse, RunContext, RunSettings } from './run-types.ts'
import { openServices } from './services.ts'
import { targetFailure } from './solve-failure.ts'

/** What a run is given. */
export interface RunInput {
  readonly plan: Plan
  /** Its nodes are running. */
  readonly builder: Builder
  /** Its `signal` stops the run. */
  readonly host: Host
  readonly settings: RunSettings
  readonly report: (event: BuildEvent) => void
}

/** How a run ended. `diagnostics` holds warnings too. */
export type RunOutcome = { readonly diagnostics: readonly Diagnostic[] } & (
  | { readonly kind: 'succeeded'; readonly responses: ReadonlyMap<string, BuildResponse> }
  | { readonly kind: 'failed'; readonly failure: BuildFailure }
  /** The plan cannot be built there; `diagnostics` says why. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'canceled'; readonly failure: BuildFailure }
)

/** Builds all targets of a plan on a builder. Always ends, and never rejects for a problem of the world. */
export async function runBuild(input: RunInput): Promise<RunOutcome> {
  const { plan, builder, host, settings, report } = input
  const nodes = builder.nodes.map((node) => new NodeConnection(node, host, host.signal))
  let diagnostics: readonly Diagnostic[] = []
  try {
    host.signal.throwIfAborted()
    const run: RunContext = {
      builderName: builder.name,
      host,
      settings,
      services: await openServices(builder, host),
      prefixed: plan.targets.size > 1,
      report,
      signal: host.signal,
    }
    const made = await makeRequests(plan, nodes, run)
    diagnostics = made.diagnostics
    if (hasErrors(diagnostics)) return { kind: 'refused', diagnostics }
    const outcome = await execute(made.requests, nodes, run)
    if (outcome.kind === 'failed') return { ...outcome, diagnostics }
    if (outcome.kind === 'canceled') return canceled(outcome.reason, diagnostics)
    const responses = await writeMetadata(outcome.responses, nodes, made.requests, run)
    return { kind: 'succeeded', responses, diagnostics }
  } catch (error) {
    if (host.signal.aborted) return canceled(host.signal.reason, diagnostics)
    if (!isBuildFailure(error)) throw error
    const failure = isStatusFailure(error) ? targetFailure('', error, false) : error
    return { kind: 'failed', failure, diagnostics }
  } finally {
    await Promise.allSettled(nodes.map((node) => node.close()))
  }
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
