import { setTimeout as sleep } from 'node:timers/promises'
import { BuildFailure } from '../../core/failure.ts'
import type { Host } from '../../host/host.ts'
import type { Feature } from '../../request/types.ts'
import type { BootEvent, Driver } from '../driver.ts'
import type { DriverFactory, NodeConfig } from '../node-config.ts'
import { dialRemote } from './remote-dial.ts'
import { REMOTE_OPTIONS, readRemoteOptions } from './remote-options.ts'

/** How long booting waits for a daemon that somebody else starts (spec buildkit 1.5). */
export interface RemotePatience {
  readonly everyMs: number
  readonly totalMs: number
}
const PATIENCE: RemotePatience = { everyMs: 1000, totalMs: 20_000 }
const WAITING = '[internal] waiting for connection'

const FEATURES: readonly Feature[] = [
  'oci-exporter',
  'docker-exporter',
  'cache-export',
  'multi-platform',
  'direct-push',
]

/** A BuildKit daemon that somebody else runs: it is reached, never started, stopped or removed. */
export const remoteDriver: DriverFactory = {
  name: 'remote',
  options: REMOTE_OPTIONS,
  create: (node, host) => createRemoteDriver(node, host, PATIENCE),
}

/** As `remoteDriver.create`, with a patience of one's own. */
export function createRemoteDriver(node: NodeConfig, host: Host, patience: RemotePatience): Driver {
  const { tls, defaultLoad } = readRemoteOptions(node)
  const dial: Driver['dial'] = (signal) => dialRemote(node.endpoint, tls, host, signal)
  const ask = async (signal: AbortSignal): Promise<void> => {
    const { probe } = await import('../probe.ts')
    await probe(() => dial(signal), signal)
  }
  return {
    name: 'remote',
    endpoint: node.endpoint,
    async status(signal) {
      try {
        await ask(signal)
        return 'running'
      } catch {
        signal.throwIfAborted()
        return 'inactive'
      }
    },
    boot: (signal) => waitForDaemon(ask, patience, signal),
    dial,
    features: () => new Set(defaultLoad ? [...FEATURES, 'default-load'] : FEATURES),
    async stop() {},
    async remove() {},
  }
}

/** Silent when the daemon answers at once. Throws `BuildFailure` (`driver`) when it stays away. */
async function* waitForDaemon(
  ask: (signal: AbortSignal) => Promise<void>,
  patience: RemotePatience,
  signal: AbortSignal,
): AsyncGenerator<BootEvent> {
  let reason = await failureOf(ask(signal))
  if (reason === undefined) return
  signal.throwIfAborted()
  if (isHopeless(reason)) throw reason
  yield { kind: 'step', name: WAITING, state: 'started' }
  for (let waitedMs = 0; waitedMs < patience.totalMs; waitedMs += patience.everyMs) {
    await sleep(patience.everyMs, undefined, { signal }).catch(() => signal.throwIfAborted())
    const next = await failureOf(ask(AbortSignal.any([signal, AbortSignal.timeout(patience.totalMs)])))
    // That we gave up asking tells less than what an answer said before.
    if (next?.name !== 'TimeoutError') reason = next
    if (reason === undefined) {
      yield { kind: 'step', name: WAITING, state: 'done' }
      return
    }
    signal.throwIfAborted()
  }
  const failure = new BuildFailure('driver', 'context deadline exceeded', {
    code: 'REMOTE_TIMEOUT',
    hints: [
      `${reason.message} (waited ${patience.totalMs / 1000} s)`,
      ...(reason instanceof BuildFailure ? reason.hints : []),
    ],
    cause: reason,
  })
  yield { kind: 'step', name: WAITING, state: 'failed', error: failure.message }
  throw failure
}

async function failureOf(work: Promise<void>): Promise<Error | undefined> {
  try {
    await work
    return undefined
  } catch (error) {
    return error as Error
  }
}

/** An address that nobody understands, or a program that is not there, does not get better. */
function isHopeless(reason: Error): boolean {
  return reason instanceof BuildFailure && HOPELESS.has(reason.code)
}
const HOPELESS = new Set(['BAD_REMOTE_ADDRESS', 'REMOTE_COMMAND'])
