import type { Duplex } from 'node:stream'
import { BuildFailure } from '../../core/failure.ts'
import type { Headers } from '../wire/types.ts'
import type { Attachable } from './attachable.ts'
import { health } from './health.ts'
import { serveConnection } from './server.ts'

export interface SessionOptions {
  /** Made by `newRef`; never used twice at one daemon. */
  readonly id: string
  /** Daemon-side key of the context copy; empty for none (spec buildkit 10.3). */
  readonly sharedKey: string
  /** The health service is added by itself. */
  readonly attachables: readonly Attachable[]
  /**
   * Opens the connection on which the daemon is the HTTP/2 client: the raw socket of `/session`, or
   * `ControlClient.session`. Nothing that was read from it may be lost.
   */
  dial(headers: Headers, signal?: AbortSignal): Promise<Duplex>
}

/** An open session. Builds refer to it by `id`; it must live until all builds that may read from it ended. */
export interface Session extends AsyncDisposable {
  readonly id: string
  /** Settles when the connection ends, with a failure unless it was closed by us. Never rejects. */
  readonly ended: Promise<BuildFailure | undefined>
  close(): Promise<void>
}

/** Opens a session; a solve that names it may be sent at once. Fails as `dial` does. */
export async function openSession(options: SessionOptions, signal?: AbortSignal): Promise<Session> {
  const attachables = [health(), ...options.attachables]
  const methods = attachables.flatMap((attachable) => attachable.methods)
  const connection = await options.dial(
    sessionHeaders(
      options,
      methods.map((method) => method.path),
    ),
    signal,
  )
  let closing = false
  const server = serveConnection(connection, methods)
  const ended = new Promise<BuildFailure | undefined>((resolve) => {
    let cause: unknown
    const note = (error: unknown): void => {
      cause ??= error
    }
    server.on('error', note)
    connection.on('error', note)
    server.on('close', () => resolve(closing ? undefined : sessionLost(cause)))
  })
  const closeOnce = once(async () => {
    closing = true
    server.destroy()
    connection.destroy()
    await ended
    for (const attachable of attachables) await attachable.close?.()
  })
  return { id: options.id, ended, close: closeOnce, [Symbol.asyncDispose]: closeOnce }
}

/** The headers of spec buildkit 4.2; names are lower-case so that they serve as gRPC metadata too. */
export function sessionHeaders(
  options: { readonly id: string; readonly sharedKey: string },
  methodPaths: readonly string[],
): Headers {
  return {
    'x-docker-expose-session-uuid': options.id,
    'x-docker-expose-session-sharedkey': options.sharedKey,
    'x-docker-expose-session-name': '',
    'x-docker-expose-session-grpc-method': methodPaths,
  }
}

function sessionLost(cause: unknown): BuildFailure {
  const why = cause instanceof Error ? `: ${cause.message}` : ''
  return new BuildFailure('wire', `the session with BuildKit ended early${why}`, {
    code: 'SESSION_LOST',
    cause,
  })
}

function once(action: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  return () => {
    running ??= action()
    return running
  }
}
