import type { ReadCredentials } from '../buildkit/session/attachables/auth-credentials.ts'
import type { BuildEvent } from '../core/event/event.ts'
import type { Driver } from '../driver/driver.ts'
import type { Host } from '../host/host.ts'
import type { EngineAccess } from './engine-access.ts'

/** One node of a builder as the executor sees it; it is running. */
export interface NodeAccess {
  readonly name: string
  readonly driver: Driver
}

/** The builder a run works on. */
export interface BuilderAccess {
  readonly name: string
  readonly nodes: readonly NodeAccess[]
}

/** What a run takes from the user's settings besides the plan. */
export interface RunSettings {
  /** Registry logins of the docker config. Absent: anonymous. */
  readonly credentials?: ReadCredentials
  /** 16 stable random bytes per registry host (spec buildkit 5.4). */
  readonly tokenSeed?: (host: string) => Promise<Uint8Array>
  /** Proxy build arguments of the docker config, upper case names. */
  readonly proxies?: Readonly<Record<string, string>>
  /** 16 hex characters naming this machine in shared keys; made up for the run when absent. */
  readonly machineId?: string
  /** Opens the engine of a docker context for loading and classic pushes; absent context = the current one. */
  readonly engine?: (context: string | undefined) => Promise<EngineAccess>
  /** Where to write the results of all targets as JSON (`--metadata-file`). */
  readonly metadataFile?: string
  /** Secrets for git contexts of the host the definition came from. */
  readonly gitAuth?: {
    readonly host: string
    readonly secrets: readonly { readonly id: string; readonly env: string }[]
  }
}

/** Key and text pairs a build answered (spec buildkit 12.1). */
export type BuildResponse = Readonly<Record<string, string>>

/** Everything parts of a run share. */
export interface RunContext {
  readonly builderName: string
  readonly host: Host
  readonly settings: RunSettings
  /** More than one target is built: names are prefixed. */
  readonly prefixed: boolean
  readonly report: (event: BuildEvent) => void
  /** Aborted when the run is cancelled or another target failed; the reason survives. */
  readonly signal: AbortSignal
}
