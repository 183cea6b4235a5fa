import type { Duplex } from 'node:stream'
import type { Headers } from './types.ts'

export interface CallOptions {
  readonly metadata?: Headers
  readonly signal?: AbortSignal
  /** No deadline when absent. */
  readonly timeoutMs?: number
}

/** Serialised gRPC calls on one connection. Every call fails with a `BuildFailure`. */
export interface Channel extends AsyncDisposable {
  unary(path: string, request: Uint8Array, options?: CallOptions): Promise<Uint8Array>
  /** Starts when iterated; leaving the loop cancels the call. */
  serverStream(path: string, request: Uint8Array, options?: CallOptions): AsyncIterable<Uint8Array>
  /**
   * A bidirectional call of BytesMessage as a plain byte stream: message borders mean nothing.
   * Ending the write side half-closes, destroying cancels.
   */
  byteStream(path: string, options?: CallOptions): Promise<Duplex>
  /** Ends all calls and the connection. */
  close(): Promise<void>
}

export interface ChannelOptions {
  /** `:authority` of all calls. Default `localhost`. */
  readonly authority?: string
}
