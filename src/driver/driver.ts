import type { Duplex } from 'node:stream'
import type { VertexLog, VertexStatus } from '../core/event/event.ts'
import type { Feature } from '../request/types.ts'

/** One line of a node while it comes up. */
export type BootEvent =
  | {
      readonly kind: 'step'
      readonly name: string
      readonly state: 'started' | 'done' | 'failed'
      readonly error?: string
    }
  | { readonly kind: 'status'; readonly status: VertexStatus }
  | { readonly kind: 'log'; readonly log: VertexLog }

export type DriverStatus = 'running' | 'stopped' | 'inactive' | 'terminating' | 'error'

/** Carries raw bytes and lifecycle of one node's BuildKit; gRPC is layered on top. */
export interface Driver {
  readonly name: DriverName
  /** Shown in errors and listings, e.g. `unix:///var/run/docker.sock`. */
  readonly endpoint: string
  status(signal: AbortSignal): Promise<DriverStatus>
  boot(signal: AbortSignal): AsyncIterable<BootEvent>
  /** Opens the control connection: an HTTP/2 client may speak on it at once. */
  dial(signal: AbortSignal): Promise<Duplex>
  /**
   * Opens a session connection on which the daemon is the HTTP/2 client, with the given headers
   * (repeated values as arrays). Absent: sessions go through Control.Session on the control connection.
   */
  dialSession?(
    headers: Readonly<Record<string, string | readonly string[]>>,
    signal: AbortSignal,
  ): Promise<Duplex>
  /** Features that depend on the driver, given the labels of the daemon's worker. */
  features(workerLabels: Readonly<Record<string, string>>): ReadonlySet<Feature>
  stop(how: 'graceful' | 'now', signal: AbortSignal): Promise<void>
  remove(keep: ReadonlySet<'state' | 'daemon'>, signal: AbortSignal): Promise<void>
}

export type DriverName = 'docker' | 'docker-container' | 'kubernetes' | 'remote' | 'process'
