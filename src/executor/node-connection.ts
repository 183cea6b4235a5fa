import type { Duplex } from 'node:stream'
import type { BuilderNode } from '../builder/builder.ts'
import type { Attachable } from '../buildkit/session/attachable.ts'
import { openSession, type Session } from '../buildkit/session/session.ts'
import type { Channel } from '../buildkit/wire/channel.ts'
import { ControlClient } from '../buildkit/wire/control-client.ts'
import { GatewayClient } from '../buildkit/wire/gateway-client.ts'
import { openChannel } from '../buildkit/wire/grpc-channel.ts'
import { newRef } from '../buildkit/wire/ref.ts'
import type { GatewayResult, Headers, SolveSpec } from '../buildkit/wire/types.ts'
import type { StatusUpdate } from '../core/event/event.ts'
import type { Host } from '../host/host.ts'
import type { NodeCapabilities } from '../request/types.ts'
import { ClockShift } from './clock-shift.ts'
import type { Lane } from './lane.ts'
import { followStatus, type Patience } from './status-follow.ts'

// Engines allow 250 calls at a time on a connection, and a build holds three: its solve, its status
// and one gateway call. Beyond that calls would wait for each other for ever.
const BUILDS_PER_LANE = 50

/** The control connections to one node, shared by all targets that build there. */
export class NodeConnection implements AsyncDisposable {
  readonly name: string
  /** Difference between the node's clock and ours, learned from its first step. */
  readonly clock: ClockShift = new ClockShift()
  readonly #access: BuilderNode
  readonly #host: Host
  readonly #signal: AbortSignal
  readonly #channels: (Channel | undefined)[] = []
  readonly #dropped: Channel[] = []
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
    return {
      channel,
      control: new ControlClient(channel),
      gateway: (ref) => new GatewayClient(channel, ref),
    }
  }

  /**
   * The connection of a lane was lost, or the one below sessions: later lanes get new ones. Builds that
   * still use them are left alone.
   */
  dropConnections(lane: Lane): void {
    for (const [index, channel] of this.#channels.entries()) {
      if (channel === undefined || (index > 0 && channel !== lane.channel)) continue
      this.#channels[index] = undefined
      this.#dropped.push(channel)
    }
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
    await Promise.allSettled([...this.#channels, ...this.#dropped].map((channel) => channel?.close()))
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  /**
   * Runs an internal build that keeps nothing: `lead` plays its frontend and its answer is the answer.
   * A refused build fails at once with the words of the refusal. Without `take` nobody reads its progress.
   */
  async internalBuild<T>(
    lead: (gateway: GatewayClient) => Promise<T>,
    signal: AbortSignal,
    take?: (update: StatusUpdate) => void,
  ): Promise<T> {
    const ref = this.newRef()
    const lane = this.lane(0)
    const gateway = lane.gateway(ref)
    const stop = new AbortController()
    const solve = lane.control.solve(internalSpec(ref), AbortSignal.any([signal, stop.signal]))
    const status = take && followStatus(lane, ref, take)
    const refused = solve.then(
      () => new Promise<never>(() => {}),
      (error: unknown) => Promise.reject(error),
    )
    let patience: Patience = 'short'
    try {
      const answer = await Promise.race([lead(gateway), refused])
      await gateway.return(NOTHING, signal)
      await solve
      patience = 'full'
      return answer
    } finally {
      stop.abort()
      await solve.catch(() => {})
      await status?.finish(patience)
    }
  }

  async #ask(signal: AbortSignal): Promise<NodeCapabilities> {
    const info = await this.internalBuild((gateway) => gateway.ping(signal), signal)
    const worker = info.workers[0]
    const workerLabels = worker?.labels ?? {}
    return {
      driver: this.#access.driver.name,
      features: this.#access.driver.features(workerLabels),
      llbCaps: info.llbCaps,
      gatewayCaps: info.frontendCaps,
      // What the user declared comes first: on equal terms it wins.
      platforms: [...new Set([...this.#access.platforms, ...(worker?.platforms ?? [])])],
      workerLabels,
    }
  }
}

const NOTHING: GatewayResult = { refs: { kind: 'none' }, metadata: new Map(), attestations: new Map() }

function internalSpec(ref: string): SolveSpec {
  return {
    ref,
    session: '',
    frontendAttrs: {},
    exporters: [],
    cacheImports: [],
    cacheExports: [],
    entitlements: [],
    internal: true,
  }
}
