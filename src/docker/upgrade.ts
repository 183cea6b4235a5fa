import { type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http'
import type { Duplex } from 'node:stream'
import { BuildFailure } from '../core/failure.ts'
import type { Host } from '../host/host.ts'
import { dialEngine, toDialFailure } from './dial.ts'
import type { EngineEndpoint } from './endpoint.ts'

/** Longest refusal that is read. */
const MAX_REFUSAL_BYTES = 64 * 1024

/**
 * Turns a connection to the engine into a raw one (spec buildkit 1.2): `/grpc`, where we are the HTTP/2 client, and
 * `/session`, where we are the server. Bytes that came along with the answer are put back in front of the stream.
 * Throws `BuildFailure` (`driver`) or the signal's reason; the signal has no say once the stream is handed over.
 */
export async function upgradeToH2c(
  endpoint: EngineEndpoint,
  path: string,
  headers: Readonly<Record<string, string | readonly string[]>>,
  host: Host,
  signal: AbortSignal,
): Promise<Duplex> {
  const stream = await dialEngine(endpoint, host, signal)
  try {
    return await requestUpgrade(stream, endpoint, path, headers, signal)
  } catch (error) {
    stream.destroy()
    signal.throwIfAborted()
    throw toDialFailure(error, endpoint)
  }
}

function requestUpgrade(
  stream: Duplex,
  endpoint: EngineEndpoint,
  path: string,
  headers: Readonly<Record<string, string | readonly string[]>>,
  signal: AbortSignal,
): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      stream.destroy()
      reject(signal.reason)
    }
    signal.addEventListener('abort', onAbort, { once: true })
    const settled = (): void => signal.removeEventListener('abort', onAbort)
    const call = request({
      createConnection: () => stream,
      method: 'POST',
      path: endpoint.basePath + path,
      headers: { Host: 'docker', ...(headers as OutgoingHttpHeaders), Connection: 'Upgrade', Upgrade: 'h2c' },
    })
    call.on('upgrade', (_answer, socket, head) => {
      settled()
      if (head.length > 0) socket.unshift(head)
      resolve(socket)
    })
    call.on('response', (answer) => {
      readRefusal(answer)
        .then((text) => reject(toRefusal(answer.statusCode ?? 0, text, endpoint)), reject)
        .finally(settled)
    })
    call.on('error', (error) => {
      settled()
      reject(error)
    })
    call.end()
  })
}

async function readRefusal(answer: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of answer) {
    parts.push(part as Buffer)
    size += (part as Buffer).length
    if (size > MAX_REFUSAL_BYTES) break
  }
  return Buffer.concat(parts).toString()
}

function toRefusal(status: number, body: string, endpoint: EngineEndpoint): BuildFailure {
  const message = refusalMessage(body) || `HTTP status ${status}`
  if (status === 404 || status === 400) {
    return new BuildFailure(
      'driver',
      `the engine at ${endpoint.address} does not offer BuildKit: ${message}`,
      {
        code: 'ENGINE_TOO_OLD',
        hints: [
          'update Docker Engine to 23.0 or later',
          'choose another engine with DOCKER_HOST or DOCKER_CONTEXT',
        ],
      },
    )
  }
  return new BuildFailure('driver', `the engine at ${endpoint.address} refused the connection: ${message}`, {
    code: 'ENGINE_REFUSED',
    hints:
      status === 401 || status === 403
        ? ['check that you may use this engine']
        : ['look into the log of the engine'],
  })
}

/** The engine's own words: JSON with a message, or plain text. */
function refusalMessage(body: string): string {
  try {
    const message: unknown = JSON.parse(body)?.message
    if (typeof message === 'string') return message
  } catch {
    // Not JSON: a proxy answered.
  }
  return body.trim().slice(0, 500)
}
