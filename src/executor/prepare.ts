import { BuildFailure } from '../core/failure.ts'
import type { BuildRequest } from '../request/types.ts'
import { Barrier } from './barrier.ts'
import { LinkBoard } from './link-board.ts'
import type { NodeConnection } from './node-connection.ts'
import { Places } from './places.ts'
import { boardKey, type PreparedRequest, type RequestSessions } from './prepared-request.ts'
import type { RunContext } from './run-types.ts'
import { SessionBook } from './session-book.ts'
import { planSessions, type SessionPlan } from './session-plan.ts'
import { openSinks, type RequestSinks } from './sinks.ts'
import { LogOwners } from './status-relay.ts'

/** Opens what requests need and puts it together. Fails when a destination or a session cannot work. */
export async function prepareRequests(
  requests: readonly BuildRequest[],
  nodes: readonly NodeConnection[],
  run: RunContext,
): Promise<readonly PreparedRequest[]> {
  const { execution, maxParallelism } = run.settings
  const plan = planSessions(requests)
  const sinks = await openAllSinks(requests, run)
  const sessions = new SessionBook(
    run,
    (planned) => nodeAt(nodes, planned.node),
    (planned) => planned.owner && sinks.get(planned.owner)?.sinks,
  )
  await Promise.all(plan.sessions.map((planned) => sessions.open(planned)))
  const shared = {
    board: new LinkBoard(),
    owners: new LogOwners(),
    places: new Places(maxParallelism),
    ...(execution === 'defer-output' ? { barrier: new Barrier(requests.map(keyOf)) } : {}),
  }
  const counts = new Map<number, number>()
  return requests.map((request): PreparedRequest => {
    const node = nodeAt(nodes, request.node)
    const count = counts.get(request.node) ?? 0
    counts.set(request.node, count + 1)
    return {
      ...shared,
      request,
      node,
      lane: () => node.lane(count),
      sessions: () => sessionsOf(request, plan, sessions),
      ...(sinks.get(request) ?? { sinks: NO_SINKS }),
      children: childrenOf(request, requests),
    }
  })
}

interface OpenedSinks {
  readonly sinks: RequestSinks
  readonly refusal?: unknown
}

/** With deferred errors a destination that cannot work is its own target's failure alone. */
async function openAllSinks(
  requests: readonly BuildRequest[],
  run: RunContext,
): Promise<ReadonlyMap<BuildRequest, OpenedSinks>> {
  const opened = new Map<BuildRequest, OpenedSinks>()
  for (const request of requests) {
    try {
      opened.set(request, { sinks: await openSinks(request, run) })
    } catch (error) {
      if (run.settings.execution !== 'defer-error') throw error
      opened.set(request, { sinks: NO_SINKS, refusal: error })
    }
  }
  return opened
}

async function sessionsOf(
  request: BuildRequest,
  plan: SessionPlan,
  sessions: SessionBook,
): Promise<RequestSessions> {
  const use = plan.uses.get(request)
  if (use === undefined) throw new BuildFailure('wire', `no session for ${request.target}`)
  const mounts = await Promise.all(
    [...use.elsewhere].map(async ([name, planned]) => [name, await sessions.open(planned)] as const),
  )
  return { own: await sessions.open(use.session), mounts: new Map(mounts) }
}

const NO_SINKS: RequestSinks = {
  byIndex: new Map(),
  failed: () => {},
  explain: () => undefined,
  commit: async () => {},
  discard: async () => {},
}

function childrenOf(request: BuildRequest, requests: readonly BuildRequest[]): readonly string[] {
  return requests
    .filter((r) => r.node === request.node && r.links.some((link) => link.target === request.target))
    .map(keyOf)
}

function keyOf(request: BuildRequest): string {
  return boardKey(request.node, request.target)
}

function nodeAt(nodes: readonly NodeConnection[], index: number): NodeConnection {
  const node = nodes[index]
  if (!node) throw new BuildFailure('driver', `the builder has no node ${index}`)
  return node
}
