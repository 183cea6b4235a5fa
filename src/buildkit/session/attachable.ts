import type { CallMetadata } from './metadata.ts'

/** Who calls and until when. */
export interface CallContext {
  readonly metadata: CallMetadata
  /** Aborted when the daemon drops the call or the session ends. */
  readonly signal: AbortSignal
}

/** Both directions of a streaming call, as encoded messages. */
export interface MessageStream {
  /** Messages of the daemon until it half-closes. May be iterated once; the views are the receiver's to keep. */
  receive(): AsyncIterable<Uint8Array>
  /**
   * Sends `head` and `tail` as one message; both are copied before it returns.
   * A promise means "wait before you send more".
   */
  send(head: Uint8Array, tail?: Uint8Array): Promise<void> | void
}

/** One served method; `path` is `/package.Service/Method`. Handlers fail with `CallError` or `BuildFailure`. */
export type ServedMethod =
  | {
      readonly kind: 'unary'
      readonly path: string
      handle(request: Uint8Array, call: CallContext): Promise<Uint8Array>
    }
  | {
      readonly kind: 'stream'
      readonly path: string
      /** The call ends well when the promise does. */
      handle(stream: MessageStream, call: CallContext): Promise<void>
    }

/** A service offered on a session. All attachables are given before the session opens: the list is sent once. */
export interface Attachable {
  readonly methods: readonly ServedMethod[]
  /** Releases what the attachable holds; called when the session closes. */
  close?(): Promise<void> | void
}
