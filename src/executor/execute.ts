import { setMaxListeners } from 'node:events'
import { BuildFailure } from '../core/failure.ts'
import type { BuildRequest } from '../request/types.ts'
import type { NodeConnection } from './node-connection.ts'
import { prepareRequests } from './prepare.ts'
import type { BuildResponse, RunContext } from './run-types.ts'
import { targetFailure } from './solve-failure.ts'
import { type TargetResult, targetResults } from './target-results.ts'
import { runRequest } from './target-run.ts'

/** How all requests ended. */
export type ExecuteOutcome = {
  /** Answers of the targets that succeeded. */
  readonly responses: ReadonlyMap<string, BuildResponse>
  readonly results: ReadonlyMap<string, TargetResult>
} & (
  | { readonly kind: 'succeeded' }
  /** In the order of time, at least one. With `fail-fast` and `defer-output` the first stopped the others. */
  | { readonly kind: 'failed'; readonly failures: readonly BuildFailure[] }
  | { readonly kind: 'canceled'; readonly reason: unknown }
)

/**
 * Runs all requests, as many at once as the settings allow. The first failure stops the rest
 * (spec buildkit 10.2) unless errors are deferred. Never rejects.
 */
export async function execute(
  requests: readonly BuildRequest[],
  nodes: readonly NodeConnection[],
  run: RunContext,
): Promise<ExecuteOutcome> {
  const { execution = 'fail-fast' } = run.settings
  const group = new AbortController()
  const grouped: RunContext = { ...run, signal: AbortSignal.any([run.signal, group.signal]) }
  // Every target waits on this one signal.
  setMaxListeners(0, grouped.signal, run.signal)
  const responses = new Map<string, BuildResponse>()
  const results = targetResults(requests)
  const failures: BuildFailure[] = []
  const fail = (failure: BuildFailure): void => {
    if (run.signal.aborted || group.signal.aborted) return
    failures.push(failure)
    if (execution === 'defer-error') return
    group.abort(new BuildFailure('canceled', 'context canceled', { cause: failure }))
  }
  try {
    const prepared = await prepareRequests(requests, nodes, grouped)
    await Promise.all(
      prepared.map(async (one) => {
        const end = await runRequest(one, grouped)
        const { target } = one.request
        results.add(target, end)
        if (end.kind === 'failed') fail(end.failure)
        if (end.kind === 'succeeded' && !responses.has(target)) responses.set(target, end.response)
      }),
    )
  } catch (error) {
    fail(targetFailure('', error, false))
  }
  const all = { responses: results.onlySucceeded(responses), results: results.byTarget }
  const stopped = run.signal.aborted
  if (!stopped && failures.length === 0) return { kind: 'succeeded', ...all }
  return stopped
    ? { kind: 'canceled', reason: run.signal.reason, ...all }
    : { kind: 'failed', failures, ...all }
}
