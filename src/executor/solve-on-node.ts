import type { GatewayClient } from '../buildkit/wire/gateway-client.ts'
import { archiveDefinition } from '../buildkit/wire/source-definition.ts'
import type { GatewayResult, SolveResult, SolveSpec } from '../buildkit/wire/types.ts'
import type { BuildRequest } from '../request/types.ts'
import type { FailedStep } from './failed-stage.ts'
import type { Lane } from './lane.ts'
import type { FrontendInput } from './link-inputs.ts'
import { OwnExports } from './own-exports.ts'
import { boardKey, type PreparedRequest } from './prepared-request.ts'
import type { RunContext } from './run-types.ts'
import { followStatus, type Patience } from './status-follow.ts'
import { relayUpdate } from './status-relay.ts'
import type { Turn } from './turn.ts'

// How long the daemon may take to end a build after it was told that it failed.
const WIND_DOWN_MS = 5000

/** One try to build a request. */
export interface Attempt {
  readonly prepared: PreparedRequest
  readonly input: FrontendInput
  readonly sessionId: string
  readonly lane: Lane
  readonly ref: string
  /** Has its place; gives it back while it waits for other targets. */
  readonly turn: Turn
  /** Learns at which stage it failed. */
  readonly step: FailedStep
  /** Its signal ends this attempt. */
  readonly run: RunContext
}

export interface Solved {
  readonly solved: SolveResult
  readonly result: GatewayResult
}

/** Runs the solve call and, beside it, the gateway conversation that the solve waits for (spec buildkit 3.1). */
export async function solveOnNode(attempt: Attempt): Promise<Solved> {
  const { lane, ref, run } = attempt
  const stopSolve = new AbortController()
  const stopLead = new AbortController()
  const solve = lane.control.solve(solveSpec(attempt), AbortSignal.any([run.signal, stopSolve.signal]))
  const status = followAttempt(attempt)
  const gateway = lane.gateway(ref)
  const lead = leadBuild(gateway, attempt, AbortSignal.any([run.signal, stopLead.signal]))
  let patience: Patience = 'full'
  try {
    const solveFailed = solve.then(
      () => lead,
      (error: unknown) => Promise.reject(error),
    )
    const result = await Promise.race([lead, solveFailed])
    return { solved: await solve, result }
  } catch (error) {
    patience = 'short'
    stopLead.abort(error)
    await windDown(gateway, lead, solve, stopSolve)
    throw error
  } finally {
    await status.finish(patience)
    attempt.prepared.owners.release(ref)
  }
}

function followAttempt({ prepared, lane, ref, step, run }: Attempt): ReturnType<typeof followStatus> {
  const { target } = prepared.request
  const exports = run.prefixed ? new OwnExports(target) : undefined
  return followStatus(lane, ref, (update) => {
    step.take(update)
    relayUpdate(exports?.apply(update) ?? update, {
      target,
      stream: ref,
      prefixed: run.prefixed,
      clock: prepared.node.clock,
      owners: prepared.owners,
      report: run.report,
    })
  })
}

/** Tells the daemon that its frontend failed, so that the solve call ends, and ends it if that does not help. */
async function windDown(
  gateway: GatewayClient,
  lead: Promise<unknown>,
  solve: Promise<unknown>,
  stopSolve: AbortController,
): Promise<void> {
  const reason = await lead.then(
    () => undefined,
    (error: unknown) => error,
  )
  const solveEnded = solve.then(
    () => {},
    () => {},
  )
  const deadline = AbortSignal.timeout(WIND_DOWN_MS)
  const expired = new Promise<void>((resolve) =>
    deadline.addEventListener('abort', () => resolve(), { once: true }),
  )
  const text = reason instanceof Error ? reason.message : 'context canceled'
  const told =
    reason === undefined ? Promise.resolve() : gateway.fail(text, 'error', deadline).catch(() => {})
  await Promise.race([Promise.all([told, solveEnded]), solveEnded, expired])
  stopSolve.abort(reason)
  await solveEnded
}

async function leadBuild(
  gateway: GatewayClient,
  { prepared, input, turn }: Attempt,
  signal: AbortSignal,
): Promise<GatewayResult> {
  const { request, board, barrier } = prepared
  const key = boardKey(request.node, request.target)
  await gateway.ping(signal)
  for (const { name, url, dir } of request.archives ?? []) {
    input.inputs.set(name, archiveDefinition(url, dir))
  }
  const result = await gateway.solve(
    {
      frontend: request.frontend,
      frontendOpt: input.attrs,
      frontendInputs: input.inputs,
      cacheImports: request.cacheImports,
    },
    signal,
  )
  board.publish(key, result)
  if (prepared.children.length > 0) await letChildrenPlan(prepared, turn, signal)
  if (prepared.children.length > 0 || barrier !== undefined) await evaluateAll(gateway, result, signal)
  board.evaluated(key)
  if (barrier !== undefined) {
    turn.leave()
    await barrier.pass(key, signal)
    await turn.enter(signal)
  }
  await gateway.return(result, signal)
  return result
}

/**
 * Children plan on our result before it is built, so that one build of it serves them all. They may need
 * our place for that.
 */
async function letChildrenPlan(
  { board, children }: PreparedRequest,
  turn: Turn,
  signal: AbortSignal,
): Promise<void> {
  turn.leave()
  for (const child of children) await board.reached(child, 'planned', signal)
  await turn.enter(signal)
}

async function evaluateAll(
  gateway: GatewayClient,
  result: GatewayResult,
  signal: AbortSignal,
): Promise<void> {
  const { refs } = result
  const all = refs.kind === 'single' ? [refs.ref] : refs.kind === 'map' ? [...refs.refs.values()] : []
  await Promise.all(all.map((ref) => gateway.evaluate(ref, signal)))
}

function solveSpec({ prepared, ref, sessionId, input }: Attempt): SolveSpec {
  const request: BuildRequest = prepared.request
  return {
    ref,
    session: sessionId,
    // The daemon reads attestation and epoch settings from here even though we lead the frontend.
    frontendAttrs: input.attrs,
    exporters: request.exporters.map(({ type, attrs }) => ({ type, attrs })),
    cacheImports: request.cacheImports,
    cacheExports: request.cacheExports,
    entitlements: request.entitlements,
    internal: request.call !== undefined,
  }
}
