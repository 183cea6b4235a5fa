import type { ReadCredentials } from '../buildkit/session/attachables/auth-credentials.ts'
import type { BuildEvent } from '../core/event/event.ts'
import type { Engine } from '../docker/engine.ts'
import type { Host } from '../host/host.ts'

/**
 * What a failure does to the other targets: `fail-fast` stops them; `defer-output` does so too, and no target
 * writes its outputs before all have built; `defer-error` lets them end.
 */
export type Execution = 'fail-fast' | 'defer-output' | 'defer-error'

/** How the targets of a run go together. All absent: all at once, the first failure stops the rest. */
export interface RunLimits {
  /** Targets that work at the same time; 0 = any number. A target that waits for another one does not count. */
  readonly maxParallelism?: number
  /** Default `fail-fast`. */
  readonly execution?: Execution
  /** How often a target may be tried again after a failure of network or registry; default 0. */
  readonly retries?: number
  /** Pause before the first repetition in ms; doubles each time. Default 1000. */
  readonly retryPauseMs?: number
  /** Working time of one target in ms, all its attempts together; 0 = any. */
  readonly targetTimeoutMs?: number
  /** Time of the whole run in ms; 0 = any. */
  readonly runTimeoutMs?: number
}

/** What a run is told besides the plan and the builder. */
export interface RunSettings extends RunLimits {
  /** Where to write the results of all targets as JSON (`--metadata-file`). */
  readonly metadataFile?: string
  /** Secrets for git contexts of the host the definition came from. */
  readonly gitAuth?: {
    readonly host: string
    readonly secrets: readonly { readonly id: string; readonly env: string }[]
  }
}

/** The user's machine as a run needs it: logins, proxies, engines. */
export interface RunServices {
  readonly credentials: ReadCredentials
  /** 16 stable random bytes per registry host (spec buildkit 5.4). */
  readonly tokenSeed: (host: string) => Promise<Uint8Array>
  /** Proxy build arguments of the docker config, upper case names. */
  readonly proxies: Readonly<Record<string, string>>
  /** 16 hex characters naming this machine in shared keys. */
  readonly machineId: string
  /** Runs work on files that several targets change, one after the other. */
  readonly oneByOne: <T>(work: () => Promise<T>) => Promise<T>
  /** Opens the engine of a docker context for loading and classic pushes; absent context = the current one. */
  readonly engine: (context: string | undefined) => Promise<Engine>
}

/** Key and text pairs a build answered (spec buildkit 12.1). */
export type BuildResponse = Readonly<Record<string, string>>

/** Everything parts of a run share. */
export interface RunContext {
  readonly builderName: string
  readonly host: Host
  readonly settings: RunSettings
  readonly services: RunServices
  /** More than one target is built: names are prefixed. */
  readonly prefixed: boolean
  readonly report: (event: BuildEvent) => void
  /** Aborted when the run is cancelled or another target failed; the reason survives. */
  readonly signal: AbortSignal
}
