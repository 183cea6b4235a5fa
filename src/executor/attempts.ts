import { setTimeout as sleep } from 'node:timers/promises'
import { isBuildFailure } from '../core/failure.ts'
import { indexStores } from './content-stores.ts'
import { FailedStep } from './failed-stage.ts'
import { finishResponse } from './finish-response.ts'
import { type FrontendInput, linkResult, type ParentResult } from './link-inputs.ts'
import type { PreparedRequest, RequestSessions } from './prepared-request.ts'
import { startRunStep } from './run-step.ts'
import type { BuildResponse, RunContext } from './run-types.ts'
import { type Attempt, solveOnNode } from './solve-on-node.ts'
import { durationText } from './timeout.ts'
import { pauseMs, type TransientReason, transientReason } from './transient.ts'
import type { Turn } from './turn.ts'

/** Why an attempt was repeated. */
export interface Retry {
  readonly reason: TransientReason
  /** Words of the failure. */
  readonly error: string
  readonly pauseMs: number
}

/** What is known of a request on its way through its attempts. */
export interface Course {
  readonly turn: Turn
  /** Of the last attempt; empty before the first. */
  ref: string
  /** What the last attempt was doing when it failed. */
  step: FailedStep
  readonly retries: Retry[]
}

export function newCourse(turn: Turn): Course {
  return { turn, ref: '', step: new FailedStep(), retries: [] }
}

/** Builds a request, and again after failures that may go away, as often as the settings allow. */
export async function attemptUntilDone(
  prepared: PreparedRequest,
  parents: readonly ParentResult[],
  course: Course,
  run: RunContext,
): Promise<BuildResponse> {
  const allowed = isRepeatable(prepared) ? (run.settings.retries ?? 0) : 0
  for (;;) {
    try {
      return withRetries(await attemptOnce(prepared, parents, course, run), course.retries)
    } catch (error) {
      course.turn.leave()
      const failure = prepared.sinks.explain(error) ?? error
      await prepared.sinks.discard()
      const reason = run.signal.aborted ? undefined : transientReason(failure)
      if (reason === undefined || course.retries.length >= allowed) throw failure
      await waitForRetry(reason, failure, allowed, prepared, course, run)
    }
  }
}

/** Bytes that went to standard output cannot be taken back. */
function isRepeatable({ request }: PreparedRequest): boolean {
  return request.exporters.every(({ sink }) => sink?.kind !== 'stdout')
}

async function attemptOnce(
  prepared: PreparedRequest,
  parents: readonly ParentResult[],
  course: Course,
  run: RunContext,
): Promise<BuildResponse> {
  const { request, node } = prepared
  const { turn } = course
  await turn.enter(run.signal)
  const lane = prepared.lane()
  let ended = turn.signal
  try {
    const sessions = await prepared.sessions()
    const lost = [sessions.own, ...sessions.mounts.values()].map((session) => session.lost)
    ended = AbortSignal.any([turn.signal, ...lost])
    const ref = node.newRef()
    course.ref = ref
    course.step = new FailedStep()
    run.report({ kind: 'target-started', target: request.target, ref })
    node.clock.begin(run.host.now())
    return await buildAttempt({
      prepared,
      input: linkedInput(prepared, parents, sessions),
      sessionId: sessions.own.id,
      lane,
      ref,
      turn,
      step: course.step,
      run: { ...run, signal: AbortSignal.any([run.signal, ended]) },
    })
  } catch (error) {
    if (isBuildFailure(error) && error.kind === 'wire') node.dropConnections(lane)
    // Calls that were stopped say so; why they were is in the signal.
    throw !run.signal.aborted && ended.aborted ? ended.reason : error
  }
}

async function buildAttempt(attempt: Attempt): Promise<BuildResponse> {
  const { prepared, run } = attempt
  const { solved, result } = await solveOnNode(attempt)
  await prepared.sinks.commit()
  await run.services.oneByOne(() => indexStores(prepared.request, solved.exporterResponse, run.host))
  return await finishResponse(attempt, solved, result)
}

/** Attributes and inputs with the results of linked targets put in. */
function linkedInput(
  { request }: PreparedRequest,
  parents: readonly ParentResult[],
  sessions: RequestSessions,
): FrontendInput {
  const mounts = [...sessions.mounts].map(([name, { id }]) => [`local-sessionid:${name}`, id] as const)
  const input: FrontendInput = {
    attrs: { ...request.frontendAttrs, ...Object.fromEntries(mounts) },
    inputs: new Map(),
  }
  for (const { name, key, result } of parents) linkResult(input, name, key, result)
  return input
}

/** Says why there is another attempt and waits; fails with the reason of the run's signal. */
async function waitForRetry(
  reason: TransientReason,
  failure: unknown,
  allowed: number,
  { request }: PreparedRequest,
  course: Course,
  run: RunContext,
): Promise<void> {
  const error = failure instanceof Error ? failure.message : String(failure)
  const attempt = course.retries.length + 1
  const pause = pauseMs(attempt, error, run.settings.retryPauseMs)
  course.retries.push({ reason, error, pauseMs: pause })
  const name = `[internal] retry ${attempt} of ${allowed} in ${durationText(pause)}: ${reason}`
  const step = startRunStep(name, request.target, run)
  step.log(`${error}\n`)
  const text = `${request.target}: ${name.slice('[internal] '.length)}`
  run.report({ kind: 'notice', severity: 'warning', text })
  try {
    await sleep(pause, undefined, { signal: run.signal })
    step.done()
  } catch {
    step.fail('context canceled')
    throw run.signal.reason
  }
}

/** The retries as a value that the metadata file shows as a list. */
function withRetries(response: BuildResponse, retries: readonly Retry[]): BuildResponse {
  if (retries.length === 0) return response
  return { ...response, 'bakekit.retries': Buffer.from(JSON.stringify(retries)).toString('base64') }
}
