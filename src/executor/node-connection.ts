import type { Duplex } from 'node:stream'
import type { BuilderNode } from '../builder/builder.ts'
import type { Attachable } from '../buildkit/session/attachable.ts'
import { openSession, type Session } from '../buildkit/session/session.ts'
import type { Channel } from '../buildkit/wire/channel.ts'
import { ControlClient } from '../buildkit/wire/control-client.ts'
import { GatewayClient } from '../buildkit/wire/gateway-client.ts'
import { openChannel } from '../buildkit/wire/grpc-channel.ts'
import { newRef } from '../buildkit/wire/ref.ts'
import type { GatewayInfo, Headers } from '../buildkit/wire/types.ts'
import type { Host } from '../host/host.ts'
import type { NodeCapabilities } from '../request/types.ts'
import { ClockShift } from './clock-shift.ts'

// Engines allow 250 calls at a time on a connection, and a build holds three: its solve, its status
// and one gateway call. Beyond that calls would wait for each other for ever.
const BUILDS_PER_LANE = 50

/** One control connection and its clients. */
export interface Lane {
  readonly control: ControlClient
  gateway(buildRef: string): GatewayClient
}

/** The control connections to one node, shared by all targets that build there. */
export class NodeConnection implements AsyncDisposable {
  readonly name: string
  /** Difference between the node's clock and ours, learned from its first step. */
  readonly clock: ClockShift = new ClockShift()
  readonly #access: BuilderNode
  readonly #host: Host
  readonly #signal: AbortSignal
  readonly #channels: Channel[] = []
  readonly #sessions: Session[] = []
  #capabilities: Promise<NodeCapabilities> | undefined

  constructor(access: BuilderNode, host: Host, signal: AbortSignal) {
    this.name = access.name
    this.#access = access
    this.#host = host
    this.#signal = signal
  }

  /** The connection for the build with that running number. */
  lane(build: number): Lane {
    const index = Math.floor(build / BUILDS_PER_LANE)
    const channel = this.#channels[index] ?? openChannel(() => this.#access.driver.dial(this.#signal))
    this.#channels[index] = channel
    return { control: new ControlClient(channel), gateway: (ref) => new GatewayClient(channel, ref) }
  }

  /** The connection for single questions. */
  get control(): ControlClient {
    return this.lane(0).control
  }

  newRef(): string {
    return newRef((bytes) => this.#host.random(bytes))
  }

  /** Asked once, by an empty internal build (spec buildkit 3.3). */
  capabilities(signal: AbortSignal): Promise<NodeCapabilities> {
    this.#capabilities ??= this.#ask(signal)
    return this.#capabilities
  }

  /** Opens a session that lives until the connection is closed: links of other targets may still read from it. */
  async openSession(
    sharedKey: string,
    attachables: readonly Attachable[],
    signal: AbortSignal,
  ): Promise<Session> {
    const dial = (headers: Headers, abort?: AbortSignal): Promise<Duplex> => {
      const direct = this.#access.driver.dialSession?.bind(this.#access.driver)
      return direct ? direct(headers, abort ?? signal) : this.control.session(headers, abort)
    }
    // Not ended by the run's signal: the daemon still reads from it while it winds a cancelled build down.
    const session = await openSession({ id: this.newRef(), sharedKey, attachables, dial })
    this.#sessions.push(session)
    return session
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#sessions.map((session) => session.close()))
    await Promise.allSettled(this.#channels.map((channel) => channel?.close()))
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async #ask(signal: AbortSignal): Promise<NodeCapabilities> {
    const info = await this.#probe(signal)
    const worker = info.workers[0]
    const workerLabels = worker?.labels ?? {}
    return {
      driver: this.#access.driver.name,
      features: this.#access.driver.features(workerLabels),
      llbCaps: info.llbCaps,
      gatewayCaps: info.frontendCaps,
      platforms: worker?.platforms ?? [],
      workerLabels,
    }
  }

  async #probe(signal: AbortSignal): Promise<GatewayInfo> {
    const ref = this.newRef()
    const stop = new AbortController()
    const gateway = this.lane(0).gateway(ref)
    const solve = this.control.solve(
      {
        ref,
        session: '',
        frontendAttrs: {},
        exporters: [],
        cacheImports: [],
        cacheExports: [],
        entitlements: [],
        internal: true,
      },
      AbortSignal.any([signal, stop.signal]),
    )
    // A refused solve says more than the ping that then finds no build.
    const refused = solve.then(
      () => new Promise<never>(() => {}),
      (error: unknown) => Promise.reject(error),
    )
    try {
      const info = await Promise.race([gateway.ping(signal), refused])
      await gateway.return({ refs: { kind: 'none' }, metadata: new Map(), attestations: new Map() }, signal)
      await solve
      return info
    } finally {
      stop.abort()
      await solve.catch(() => {})
    }
  }
}
