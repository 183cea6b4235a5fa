import type { EngineEndpoint } from '../docker/endpoint.ts'
import type { Host } from '../host/host.ts'
import type { Driver, DriverName } from './driver.ts'

/** What a driver needs to know of the node it serves. */
export interface NodeConfig {
  /** Name of the node, e.g. `default0`. */
  readonly name: string
  /** As recorded: a docker context's name or an address. */
  readonly endpoint: string
  /** The engine behind the endpoint, for drivers that need one. */
  readonly engine?: EngineEndpoint
  readonly options: Readonly<Record<string, string>>
  /** For the BuildKit daemon, where the driver starts it. */
  readonly flags?: readonly string[]
  /** Config files of the daemon by name, base64. */
  readonly files?: Readonly<Record<string, string>>
}

/** One option of a driver, as given by `--driver-opt`. */
export interface DriverOption {
  /** `env.*` stands for every name with that beginning. */
  readonly name: string
  readonly doc: string
}

/** A kind of driver. */
export interface DriverFactory {
  readonly name: DriverName
  readonly options: readonly DriverOption[]
  /** Makes a driver without touching the world. Throws `BuildFailure` (`driver`) when the node lacks something. */
  create(node: NodeConfig, host: Host): Driver
}
