import { setMaxListeners } from 'node:events'
import { BuildFailure } from '../core/failure.ts'
import type { BuildRequest } from '../request/types.ts'
import { LinkBoard } from './link-board.ts'
import type { NodeConnection } from './node-connection.ts'
import type { BuildResponse, RunContext } from './run-types.ts'
import { planSessions } from './session-plan.ts'
import { openAuth, openPlannedSession } from './sessions.ts'
import { openSinks, type RequestSinks } from './sinks.ts'
import { targetFailure } from './solve-failure.ts'
import { LogOwners } from './status-relay.ts'
import { boardKey, type PreparedRequest, runRequest } from './target-run.ts'

/** How all requests ended. */
export type ExecuteOutcome =
  | { readonly kind: 'succeeded'; readonly responses: ReadonlyMap<string, BuildResponse> }
  /** The first failure; the others were stopped because of it. */
  | { readonly kind: 'failed'; readonly failure: BuildFailure }
  | { readonly kind: 'canceled'; readonly reason: unknown }

/** Runs all requests at once; the first failure stops the rest (spec buildkit 10.2). Never rejects. */
export async function execute(
  requests: readonly BuildRequest[],
  nodes: readonly NodeConnection[],
  run: RunContext,
): Promise<ExecuteOutcome> {
  const group = new AbortController()
  const grouped: RunContext = { ...run, signal: AbortSignal.any([run.signal, group.signal]) }
  // Every target waits on this one signal.
  setMaxListeners(0, grouped.signal, run.signal)
  const responses = new Map<string, BuildResponse>()
  let failure: BuildFailure | undefined
  const fail = (error: unknown, target: string): void => {
    if (failure || run.signal.aborted) return
    failure = targetFailure(target, error, run.prefixed)
    group.abort(new BuildFailure('canceled', 'context canceled', { cause: failure }))
  }
  try {
    const prepared = await prepare(requests, nodes, grouped, (error) => {
      if (failure || run.signal.aborted) return
      failure = error
      group.abort(error)
    })
    await Promise.all(
      prepared.map(async (one) => {
        try {
          const response = await runRequest(one, grouped)
          if (!responses.has(one.request.target)) responses.set(one.request.target, response)
        } catch (error) {
          fail(error, one.request.target)
        }
      }),
    )
  } catch (error) {
    if (!run.signal.aborted) failure ??= targetFailure('', error, false)
  }
  if (run.signal.aborted) return { kind: 'canceled', reason: run.signal.reason }
  return failure ? { kind: 'failed', failure } : { kind: 'succeeded', responses }
}

// A lost session makes the daemon fail its builds; its own words are better if they come in time.
const LOST_SESSION_GRACE_MS = 2000

async function prepare(
  requests: readonly BuildRequest[],
  nodes: readonly NodeConnection[],
  run: RunContext,
  onLost: (failure: BuildFailure) => void,
): Promise<readonly PreparedRequest[]> {
  const plan = planSessions(requests)
  const sinks = new Map<BuildRequest, RequestSinks>()
  for (const request of requests) sinks.set(request, await openSinks(request, run))
  const logins = openAuth(run)
  const ids = new Map(
    await Promise.all(
      plan.sessions.map(async (planned) => {
        const node = nodeAt(nodes, planned.node)
        const owned = planned.owner && sinks.get(planned.owner)
        const session = await openPlannedSession(planned, node, owned, logins, run)
        void session.ended.then((lost) => {
          if (lost) setTimeout(() => onLost(lost), LOST_SESSION_GRACE_MS).unref()
        })
        return [planned, session.id] as const
      }),
    ),
  )
  const board = new LinkBoard()
  const owners = new LogOwners()
  const counts = new Map<number, number>()
  return requests.map((request): PreparedRequest => {
    const node = nodeAt(nodes, request.node)
    const count = counts.get(request.node) ?? 0
    counts.set(request.node, count + 1)
    const use = plan.uses.get(request)
    return {
      request,
      node,
      lane: node.lane(count),
      sessionId: (use && ids.get(use.session)) ?? '',
      mountSessions: new Map(
        [...(use?.elsewhere ?? [])].map(([name, planned]) => [name, ids.get(planned) ?? '']),
      ),
      sinks: sinks.get(request) ?? NO_SINKS,
      board,
      children: childrenOf(request, requests),
      owners,
    }
  })
}

const NO_SINKS: RequestSinks = {
  byIndex: new Map(),
  explain: () => undefined,
  commit: async () => {},
  discard: async () => {},
}

function childrenOf(request: BuildRequest, requests: readonly BuildRequest[]): readonly string[] {
  return requests
    .filter((r) => r.node === request.node && r.links.some((link) => link.target === request.target))
    .map((r) => boardKey(r.node, r.target))
}

function nodeAt(nodes: readonly NodeConnection[], index: number): NodeConnection {
  const node = nodes[index]
  if (!node) throw new BuildFailure('driver', `the builder has no node ${index}`)
  return node
}
