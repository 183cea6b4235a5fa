import type { BuildRequest } from '../request/types.ts'
import { startOwnStep } from './run-step.ts'
import type { BuildResponse, RunContext } from './run-types.ts'
import type { RequestEnd } from './target-run.ts'

/** How a target ended, on all of its nodes together. `aborted`: stopped at work or failed with a linked target. */
export type TargetResult =
  | { readonly kind: 'succeeded' | 'aborted' | 'unstarted' }
  /** `code` is the failure's. */
  | { readonly kind: 'failed'; readonly code: string }

/** Results as they come in. */
export interface TargetResults {
  /** In the order of the requests; targets that never ended are `unstarted`. */
  readonly byTarget: ReadonlyMap<string, TargetResult>
  add(target: string, end: RequestEnd): void
  /** Without the answers of targets that failed on another node. */
  onlySucceeded(responses: ReadonlyMap<string, BuildResponse>): ReadonlyMap<string, BuildResponse>
}

// A target that is built on several nodes is as good as its worst part.
const BEST_FIRST: readonly TargetResult['kind'][] = ['succeeded', 'unstarted', 'aborted', 'failed']

/** Starts collecting. */
export function targetResults(requests: readonly BuildRequest[]): TargetResults {
  const ended = new Map<string, TargetResult[]>()
  const byTarget = new Map<string, TargetResult>(
    requests.map(({ target }) => [target, { kind: 'unstarted' }]),
  )
  return {
    byTarget,
    add: (target, end) => {
      const all = [...(ended.get(target) ?? []), resultOf(end)]
      ended.set(target, all)
      const worst = [...all].sort((a, b) => BEST_FIRST.indexOf(b.kind) - BEST_FIRST.indexOf(a.kind))[0]
      if (worst !== undefined) byTarget.set(target, worst)
    },
    onlySucceeded: (responses) =>
      new Map([...responses].filter(([target]) => byTarget.get(target)?.kind === 'succeeded')),
  }
}

function resultOf(end: RequestEnd): TargetResult {
  if (end.kind === 'failed') return { kind: 'failed', code: end.failure.code }
  return { kind: end.kind === 'canceled' ? 'aborted' : end.kind }
}

const SHOWN: readonly TargetResult['kind'][] = ['succeeded', 'failed', 'aborted', 'unstarted']

/** Ends the display of a run of several targets with what became of each. */
export function showResults(results: ReadonlyMap<string, TargetResult>, run: RunContext): void {
  if (results.size < 2) return
  const step = startOwnStep('[internal] target results', run)
  for (const kind of SHOWN) {
    const names = [...results].flatMap(([target, result]) => {
      if (result.kind !== kind) return []
      return [result.kind === 'failed' ? `${target} (${result.code})` : target]
    })
    if (names.length > 0) step.log(`${kind}: ${names.join(', ')}\n`)
  }
  step.done()
}
