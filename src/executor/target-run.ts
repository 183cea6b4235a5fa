import type { TargetOutcome } from '../core/event/event.ts'
import type { BuildRequest } from '../request/types.ts'
import { attemptUntilDone, type Course, newCourse } from './attempts.ts'
import type { LinkBoard } from './link-board.ts'
import type { ParentResult } from './link-inputs.ts'
import { boardKey, type PreparedRequest } from './prepared-request.ts'
import type { BuildResponse, RunContext } from './run-types.ts'
import { isSameFailure, type TargetFailure, targetFailure } from './solve-failure.ts'
import { Turn } from './turn.ts'

/** How one request ended. */
export type RequestEnd =
  | { readonly kind: 'succeeded'; readonly response: BuildResponse }
  | { readonly kind: 'failed'; readonly failure: TargetFailure }
  /** Stopped at work, or failed with a target it links to. */
  | { readonly kind: 'canceled' }
  /** The run ended, or a target it links to failed, before its turn came. */
  | { readonly kind: 'unstarted' }

/** Builds one request to its end. Never rejects, and never hangs on a refused or lost build. */
export async function runRequest(prepared: PreparedRequest, run: RunContext): Promise<RequestEnd> {
  const { request, board, places } = prepared
  const { target } = request
  const key = boardKey(request.node, target)
  const course = newCourse(new Turn(places, run.settings.targetTimeoutMs))
  const end = await buildOnce().catch(async (error: unknown): Promise<RequestEnd> => {
    course.turn.leave()
    if (!run.signal.aborted) await letParentsSpeak(request, board)
    const why = endOf(error, prepared, course, run)
    board.fail(key, error)
    return why
  })
  course.turn.leave()
  reportEnd(end, target, course, run)
  return end

  async function buildOnce(): Promise<RequestEnd> {
    if (prepared.refusal !== undefined) throw prepared.refusal
    const parents = await parentResults(request, board, run.signal)
    return { kind: 'succeeded', response: await attemptUntilDone(prepared, parents, course, run) }
  }
}

/** Waits for the results of linked targets. */
async function parentResults(
  request: BuildRequest,
  board: LinkBoard,
  signal: AbortSignal,
): Promise<readonly ParentResult[]> {
  const results: ParentResult[] = []
  for (const link of request.links) {
    const key = boardKey(request.node, link.target)
    results.push({ name: link.name, key, result: await board.result(key, signal) })
  }
  return results
}

// A target that fails because of a step of its parent fails at the same moment as the parent.
const PARENT_GRACE_MS = 1000

/** Waits a moment for linked targets, so that a failure is told by the target it belongs to. */
async function letParentsSpeak(request: BuildRequest, board: LinkBoard): Promise<void> {
  const deadline = AbortSignal.timeout(PARENT_GRACE_MS)
  for (const link of request.links) {
    await board.reached(boardKey(request.node, link.target), 'evaluated', deadline).catch(() => {})
  }
}

function endOf(error: unknown, prepared: PreparedRequest, course: Course, run: RunContext): RequestEnd {
  const { request, board } = prepared
  const stopped: RequestEnd = course.ref === '' ? { kind: 'unstarted' } : { kind: 'canceled' }
  if (run.signal.aborted) return stopped
  const isParents = request.links.some(({ target }) =>
    isSameFailure(board.failure(boardKey(request.node, target)), error),
  )
  if (isParents) return stopped
  return { kind: 'failed', failure: targetFailure(request.target, error, run.prefixed, course.step.stage) }
}

function reportEnd(end: RequestEnd, target: string, { ref }: Course, run: RunContext): void {
  run.report({ kind: 'target-ended', target, ref, outcome: outcomeOf(end) })
}

function outcomeOf(end: RequestEnd): TargetOutcome {
  if (end.kind !== 'failed') return end
  // The daemon itself may have cancelled it.
  return end.failure.kind === 'canceled' ? { kind: 'canceled' } : { kind: 'failed', error: end.failure }
}
