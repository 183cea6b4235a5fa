import {
  type IncomingHttpHeaders,
  performServerHandshake,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2'
import type { Duplex } from 'node:stream'
import type { CallContext, ServedMethod } from './attachable.ts'
import { CallError, Code, percentEncode, toCallError } from './call-error.ts'
import { Http2MessageStream } from './message-stream.ts'
import { CallMetadata } from './metadata.ts'

// Node's 64 KiB would cap downloads at one window per round trip (spec buildkit 4.4).
const WINDOW_BYTES = 4 * 1024 * 1024
// Every pattern of an ignore file is a header of its own; Node's default allows 128 in all.
const MAX_HEADER_PAIRS = 1_000_000
const MAX_HEADER_BYTES = 16 * 1024 * 1024
// In MB; the default of 10 refuses streams once a few windows are full.
const MAX_SESSION_MEMORY = 1024

/**
 * Serves gRPC methods on a connection that the daemon opened towards us, or that we opened and the roles of
 * which were flipped. The daemon is the HTTP/2 client (spec buildkit 4.1). Destroy the result to end it.
 */
export function serveConnection(connection: Duplex, methods: readonly ServedMethod[]): ServerHttp2Session {
  const table = new Map(methods.map((method) => [method.path, method]))
  const session = performServerHandshake(connection, {
    maxHeaderListPairs: MAX_HEADER_PAIRS,
    maxSessionMemory: MAX_SESSION_MEMORY,
    settings: { initialWindowSize: WINDOW_BYTES, maxHeaderListSize: MAX_HEADER_BYTES, enablePush: false },
  })
  session.setLocalWindowSize(WINDOW_BYTES)
  session.on(
    'stream',
    (stream: ServerHttp2Stream, headers: IncomingHttpHeaders, _flags: number, rawHeaders: string[]) => {
      void answer(stream, table.get(String(headers[':path'])), String(headers[':path']), rawHeaders)
    },
  )
  return session
}

async function answer(
  stream: ServerHttp2Stream,
  method: ServedMethod | undefined,
  path: string,
  rawHeaders: readonly string[],
): Promise<void> {
  const abort = new AbortController()
  // A reset is the daemon's normal end of an upload; the handler learns it from the signal.
  stream.on('error', () => {})
  stream.on('aborted', () => abort.abort(new CallError(Code.cancelled, 'the daemon ended the call')))
  stream.on('close', () => abort.abort(new CallError(Code.cancelled, 'the connection was closed')))
  const call: CallContext = { metadata: CallMetadata.fromRawHeaders(rawHeaders), signal: abort.signal }
  try {
    if (method === undefined) throw new CallError(Code.unimplemented, `unknown method ${path}`)
    if (method.kind === 'unary') await answerUnary(stream, method, call)
    else await answerStream(stream, method, call)
  } catch (thrown) {
    end(stream, toCallError(thrown))
  }
}

async function answerUnary(
  stream: ServerHttp2Stream,
  method: Extract<ServedMethod, { kind: 'unary' }>,
  call: CallContext,
): Promise<void> {
  const messages = new Http2MessageStream(stream)
  let request: Uint8Array | undefined
  for await (const message of messages.receive()) request ??= message
  if (request === undefined) throw new CallError(Code.internal, 'request message is missing')
  const reply = await method.handle(request, call)
  respond(stream)
  void messages.send(reply)
  messages.finish()
  end(stream)
}

async function answerStream(
  stream: ServerHttp2Stream,
  method: Extract<ServedMethod, { kind: 'stream' }>,
  call: CallContext,
): Promise<void> {
  respond(stream)
  const messages = new Http2MessageStream(stream)
  try {
    await method.handle(messages, call)
  } finally {
    messages.finish()
  }
  end(stream)
}

function respond(stream: ServerHttp2Stream): void {
  if (stream.headersSent || stream.destroyed) return
  stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true })
}

function end(stream: ServerHttp2Stream, error?: CallError): void {
  if (stream.destroyed || stream.writableEnded) return
  const status = {
    'grpc-status': String(error?.code ?? Code.ok),
    ...(error === undefined ? {} : { 'grpc-message': percentEncode(error.message) }),
  }
  stream.on('wantTrailers', () => {
    if (!stream.destroyed) stream.sendTrailers(status)
  })
  respond(stream)
  stream.end()
  // What the daemon still sends is thrown away, so that its flow control window opens again.
  stream.resume()
}
