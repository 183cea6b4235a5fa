import type { GatewayClient } from '../buildkit/wire/gateway-client.ts'
import { archiveDefinition } from '../buildkit/wire/source-definition.ts'
import type { GatewayResult, SolveResult, SolveSpec } from '../buildkit/wire/types.ts'
import type { BuildRequest } from '../request/types.ts'
import { callResponse } from './call-result.ts'
import { indexStores } from './content-stores.ts'
import { pushFromEngine } from './engine-load.ts'
import type { Lane } from './lane.ts'
import type { LinkBoard } from './link-board.ts'
import { type FrontendInput, linkResult } from './link-inputs.ts'
import type { NodeConnection } from './node-connection.ts'
import { OwnExports } from './own-exports.ts'
import type { BuildResponse, RunContext } from './run-types.ts'
import type { RequestSinks } from './sinks.ts'
import { stoppedFailure, targetFailure } from './solve-failure.ts'
import { followStatus, type Patience } from './status-follow.ts'
import { type LogOwners, relayUpdate } from './status-relay.ts'

/** One request with everything it needs, ready to go. */
export interface PreparedRequest {
  readonly request: BuildRequest
  readonly node: NodeConnection
  readonly lane: Lane
  readonly sessionId: string
  /** Session ids of mounts that other sessions serve, by mount name. */
  readonly mountSessions: ReadonlyMap<string, string>
  readonly sinks: RequestSinks
  readonly board: LinkBoard
  /** Board keys of requests that link to this one. */
  readonly children: readonly string[]
  readonly owners: LogOwners
}

/** Key of a request on the board: a target's result is usable on its own node only. */
export function boardKey(node: number, target: string): string {
  return `${node}-${target}`
}

// How long the daemon may take to end a build after it was told that it failed.
const WIND_DOWN_MS = 5000

/** Builds one request to its end. Fails with a `TargetFailure`; never hangs on a refused or lost build. */
export async function runRequest(prepared: PreparedRequest, run: RunContext): Promise<BuildResponse> {
  const { request, node, board, sinks } = prepared
  const key = boardKey(request.node, request.target)
  const ref = node.newRef()
  run.report({ kind: 'target-started', target: request.target, ref })
  try {
    const input = await linkedInput(prepared, run.signal)
    node.clock.begin(run.host.now())
    const { solved, result } = await solveOnNode(prepared, input, ref, run)
    await sinks.commit()
    await run.services.oneByOne(() => indexStores(request, solved.exporterResponse, run.host))
    const response = await finishResponse(prepared, ref, solved, result, run)
    run.report({
      kind: 'target-ended',
      target: request.target,
      ref,
      outcome: { kind: 'succeeded', response },
    })
    return response
  } catch (error) {
    await sinks.discard()
    if (!run.signal.aborted) await letParentsSpeak(request, board)
    board.fail(key, error)
    const failure = run.signal.aborted
      ? stoppedFailure(request.target, run.signal.reason, run.prefixed)
      : targetFailure(request.target, sinks.explain(error) ?? error, run.prefixed)
    const outcome =
      failure.kind === 'canceled'
        ? ({ kind: 'canceled' } as const)
        : ({ kind: 'failed', error: failure } as const)
    run.report({ kind: 'target-ended', target: request.target, ref, outcome })
    throw failure
  }
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

/** Attributes and inputs with the results of linked targets put in; waits for those. */
async function linkedInput(
  { request, board, mountSessions }: PreparedRequest,
  signal: AbortSignal,
): Promise<FrontendInput> {
  const mounts = [...mountSessions].map(([name, id]) => [`local-sessionid:${name}`, id] as const)
  const input: FrontendInput = {
    attrs: { ...request.frontendAttrs, ...Object.fromEntries(mounts) },
    inputs: new Map(),
  }
  for (const link of request.links) {
    const parent = boardKey(request.node, link.target)
    linkResult(input, link.name, parent, await board.result(parent, signal))
  }
  return input
}

interface Solved {
  readonly solved: SolveResult
  readonly result: GatewayResult
}

/** Runs the solve call and, beside it, the gateway conversation that the solve waits for (spec buildkit 3.1). */
async function solveOnNode(
  prepared: PreparedRequest,
  input: FrontendInput,
  ref: string,
  run: RunContext,
): Promise<Solved> {
  const { request, node, lane, owners } = prepared
  const stopSolve = new AbortController()
  const stopLead = new AbortController()
  const solve = lane.control.solve(
    solveSpec(request, ref, prepared.sessionId, input.attrs),
    AbortSignal.any([run.signal, stopSolve.signal]),
  )
  const exports = run.prefixed ? new OwnExports(request.target) : undefined
  const status = followStatus(lane, ref, (update) =>
    relayUpdate(exports?.apply(update) ?? update, {
      target: request.target,
      stream: ref,
      prefixed: run.prefixed,
      clock: node.clock,
      owners,
      report: run.report,
    }),
  )
  const gateway = lane.gateway(ref)
  const lead = leadBuild(gateway, prepared, input, AbortSignal.any([run.signal, stopLead.signal]))
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
    owners.release(ref)
  }
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
  prepared: PreparedRequest,
  input: FrontendInput,
  signal: AbortSignal,
): Promise<GatewayResult> {
  const { request, board, children } = prepared
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
  // Children plan on our result before it is built, so that one build of it serves them all.
  for (const child of children) await board.reached(child, 'planned', signal)
  if (children.length > 0) await evaluateAll(gateway, result, signal)
  board.evaluated(key)
  await gateway.return(result, signal)
  return result
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

function solveSpec(
  request: BuildRequest,
  ref: string,
  session: string,
  frontendAttrs: Readonly<Record<string, string>>,
): SolveSpec {
  return {
    ref,
    session,
    // The daemon reads attestation and epoch settings from here even though we lead the frontend.
    frontendAttrs,
    exporters: request.exporters.map(({ type, attrs }) => ({ type, attrs })),
    cacheImports: request.cacheImports,
    cacheExports: request.cacheExports,
    entitlements: request.entitlements,
    internal: request.call !== undefined,
  }
}

async function finishResponse(
  prepared: PreparedRequest,
  ref: string,
  solved: SolveResult,
  result: GatewayResult,
  run: RunContext,
): Promise<BuildResponse> {
  const { request, node } = prepared
  const response: Record<string, string> = {
    ...solved.exporterResponse,
    ...(request.call === undefined ? {} : callResponse(result)),
    'buildx.build.ref': `${run.builderName}/${node.name}/${ref}`,
  }
  for (const key of request.dropResponseKeys) delete response[key]
  return await pushFromEngine(request.enginePush, request.target, response, run)
}
