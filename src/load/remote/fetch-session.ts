import type { Duplex } from 'node:stream'
import type { Builder } from '../../builder/builder.ts'
import type { Attachable } from '../../buildkit/session/attachable.ts'
import { openSession } from '../../buildkit/session/session.ts'
import { ControlClient } from '../../buildkit/wire/control-client.ts'
import { GatewayClient } from '../../buildkit/wire/gateway-client.ts'
import { openChannel } from '../../buildkit/wire/grpc-channel.ts'
import { newRef } from '../../buildkit/wire/ref.ts'
import type { GatewayResult, Headers, SolveSpec } from '../../buildkit/wire/types.ts'
import type { StatusUpdate } from '../../core/event/event.ts'
import { BuildFailure } from '../../core/failure.ts'
import type { Host } from '../../host/host.ts'

/** What one internal build needs. */
export interface FetchSpec {
  readonly builder: Builder
  readonly attachables: readonly Attachable[]
  readonly host: Host
  readonly report: (update: StatusUpdate) => void
}

// How long a build that ended may take for its last progress, and one that failed for its end.
const LAST_WORDS_MS = 5000

/**
 * Runs a build that keeps nothing and of which we are the frontend (spec buildkit 3.1): `lead` solves
 * sources and reads files. Its answer is the answer; its failure is told to the daemon and thrown.
 */
export async function leadFetch<T>(
  spec: FetchSpec,
  lead: (gateway: GatewayClient, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { host, attachables } = spec
  const node = spec.builder.nodes[0]
  if (node === undefined) throw new BuildFailure('driver', `builder "${spec.builder.name}" has no node`)
  const { driver } = node
  const channel = openChannel(() => driver.dial(host.signal))
  try {
    const control = new ControlClient(channel)
    const random = (bytes: number): Uint8Array => host.random(bytes)
    const dial = (headers: Headers): Promise<Duplex> =>
      driver.dialSession === undefined
        ? control.session(headers, host.signal)
        : driver.dialSession(headers, host.signal)
    await using session = await openSession({ id: newRef(random), sharedKey: '', attachables, dial })
    const ref = newRef(random)
    return await converse(control, new GatewayClient(channel, ref), solveSpec(ref, session.id), spec, lead)
  } finally {
    await channel.close()
  }
}

async function converse<T>(
  control: ControlClient,
  gateway: GatewayClient,
  solveSpec: SolveSpec,
  { host, report }: FetchSpec,
  lead: (gateway: GatewayClient, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const stop = new AbortController()
  const signal = AbortSignal.any([host.signal, stop.signal])
  const solve = control.solve(solveSpec, signal)
  const refused = solve.then(
    () => new Promise<never>(() => {}),
    (error: unknown) => Promise.reject(error),
  )
  refused.catch(() => {})
  const following = follow(control, solveSpec.ref, report, signal)
  try {
    await Promise.race([gateway.ping(signal), refused])
    const answer = await Promise.race([lead(gateway, signal), refused])
    await gateway.return(NOTHING, signal)
    await solve
    return answer
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    if (!signal.aborted) await gateway.fail(text, 'error', AbortSignal.timeout(LAST_WORDS_MS)).catch(() => {})
    throw error
  } finally {
    await Promise.race([Promise.allSettled([solve, following]), after(LAST_WORDS_MS, host.signal)])
    stop.abort()
    await Promise.allSettled([solve, following])
  }
}

const NOTHING: GatewayResult = { refs: { kind: 'none' }, metadata: new Map(), attestations: new Map() }

function solveSpec(ref: string, session: string): SolveSpec {
  return {
    ref,
    session,
    frontendAttrs: {},
    exporters: [],
    cacheImports: [],
    cacheExports: [],
    entitlements: [],
    internal: true,
  }
}

/** Progress until the build ends. Its own troubles never count: the other calls say what matters. */
async function follow(
  control: ControlClient,
  ref: string,
  report: (update: StatusUpdate) => void,
  signal: AbortSignal,
): Promise<void> {
  try {
    for await (const update of control.status(ref, signal)) report(update)
  } catch {
    // See above.
  }
}

/** Resolves after a while, or at once when the run is stopped. */
function after(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, delayMs)
    timer.unref()
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
