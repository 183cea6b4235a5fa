import { ControlClient } from '../buildkit/wire/control-client.ts'
import { openChannel } from '../buildkit/wire/grpc-channel.ts'
import type { WorkerInfo } from '../buildkit/wire/types.ts'
import type { DriverStatus } from '../driver/driver.ts'
import type { Host } from '../host/host.ts'
import type { Builder, BuilderNode } from './builder.ts'

/** What a node says of itself (spec buildkit 14.5). */
export interface NodeState {
  readonly node: BuilderNode
  readonly status: DriverStatus
  readonly version?: string
  readonly workers: readonly WorkerInfo[]
  /** Why the node could not be asked. */
  readonly error?: string
}

/** Asks all nodes side by side; one that does not answer in time is told as such. Rejects only when interrupted. */
export async function loadNodeStates(
  builder: Builder,
  timeoutMs: number,
  host: Host,
): Promise<readonly NodeState[]> {
  const signal = timeoutMs > 0 ? AbortSignal.any([host.signal, AbortSignal.timeout(timeoutMs)]) : host.signal
  return Promise.all(
    builder.nodes.map(async (node) => {
      try {
        return await loadNodeState(node, signal)
      } catch (error) {
        host.signal.throwIfAborted()
        const late = signal.aborted
        const message = late ? 'context deadline exceeded' : (error as Error).message
        return { node, status: 'error', workers: [], error: message } as const
      }
    }),
  )
}

async function loadNodeState(node: BuilderNode, signal: AbortSignal): Promise<NodeState> {
  const status = await node.driver.status(signal)
  if (status !== 'running') {
    // An Engine that is down is a failure, not a state: dialling says why.
    if (node.driver.name === 'docker') (await node.driver.dial(signal)).destroy()
    return { node, status, workers: [] }
  }
  const channel = openChannel(() => node.driver.dial(signal))
  try {
    const control = new ControlClient(channel)
    const [workers, info] = await Promise.all([
      control.listWorkers(signal),
      // Daemons before 0.11 do not know the question.
      control.info(signal).catch(() => undefined),
    ])
    return { node, status, workers, ...(info && { version: info.version }) }
  } finally {
    await channel.close()
  }
}

/** Platforms to show: declared ones first, with a star where asked for, then the worker's (spec buildkit 14.5). */
export function shownPlatforms({ node, workers }: NodeState, star: string): readonly string[] {
  const own = workers.flatMap((worker) => worker.platforms).filter((p) => !node.platforms.includes(p))
  return [...node.platforms.map((p) => `${p}${star}`), ...new Set(own)]
}
