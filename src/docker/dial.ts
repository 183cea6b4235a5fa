import type { Duplex } from 'node:stream'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { BuildFailure, isBuildFailure } from '../core/failure.ts'
import type { Host } from '../host/host.ts'
import type { TlsMaterial } from './context.ts'
import type { EngineEndpoint } from './endpoint.ts'

/** Opens a stream to the engine on which HTTP/1.1 may be spoken. Throws `BuildFailure` (`driver`) or the signal's reason. */
export async function dialEngine(endpoint: EngineEndpoint, host: Host, signal: AbortSignal): Promise<Duplex> {
  signal.throwIfAborted()
  try {
    return await unlessAborted(open(endpoint, host), signal)
  } catch (error) {
    signal.throwIfAborted()
    throw toDialFailure(error, endpoint)
  }
}

/** An error from reaching an engine in words for the user. */
export function toDialFailure(error: unknown, endpoint: EngineEndpoint): BuildFailure {
  if (isBuildFailure(error)) return error
  const { code = '', message } = error as NodeJS.ErrnoException
  if (code === 'EACCES' || code === 'EPERM') {
    return new BuildFailure(
      'driver',
      `permission denied while trying to connect to the Docker daemon at ${endpoint.address}`,
      {
        code: 'ENGINE_FORBIDDEN',
        hints: [
          'add your user to the group that owns the socket (usually "docker"), or use a rootless engine',
        ],
        cause: error,
      },
    )
  }
  if (NOBODY_THERE.has(code)) {
    return new BuildFailure(
      'driver',
      `Cannot connect to the Docker daemon at ${endpoint.address}. Is the docker daemon running?`,
      {
        code: 'ENGINE_NOT_RUNNING',
        hints: ['start Docker, or choose another engine with DOCKER_HOST or DOCKER_CONTEXT'],
        cause: error,
      },
    )
  }
  return new BuildFailure(
    'driver',
    `error during connect to the Docker daemon at ${endpoint.address}: ${message}`,
    {
      code: 'ENGINE_UNREACHABLE',
      cause: error,
    },
  )
}

const NOBODY_THERE = new Set(['ENOENT', 'ECONNREFUSED', 'ENOTSOCK', 'ENOTDIR'])

async function open(endpoint: EngineEndpoint, host: Host): Promise<Duplex> {
  const { transport } = endpoint
  switch (transport.kind) {
    case 'socket':
      return host.connect({ path: transport.path })
    case 'ssh':
      return host.pipe('ssh', transport.args).catch((error: unknown) => {
        throw new BuildFailure(
          'driver',
          `cannot run ssh for ${endpoint.address}: ${(error as Error).message}`,
          {
            code: 'SSH_MISSING',
            hints: ['install an ssh client and put it in PATH'],
            cause: error,
          },
        )
      })
    case 'tcp': {
      const socket = await host.connect({ host: transport.host, port: transport.port })
      return transport.tls === undefined ? socket : secure(socket, transport.host, transport.tls)
    }
  }
}

function secure(socket: Duplex, serverName: string, tls: TlsMaterial): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const secured = connectTls({
      socket,
      rejectUnauthorized: !tls.skipVerify,
      // Node refuses addresses as server names.
      ...(/^[\d.]+$|:/.test(serverName) ? { host: serverName } : { servername: serverName }),
      ...(tls.ca && { ca: Buffer.from(tls.ca) }),
      ...(tls.cert && { cert: Buffer.from(tls.cert) }),
      ...(tls.key && { key: Buffer.from(tls.key) }),
    })
    secured.once('error', (error) => {
      socket.destroy()
      reject(error)
    })
    secured.once('secureConnect', () => {
      secured.removeAllListeners('error')
      resolve(secured)
    })
  })
}

/** The stream, or the signal's reason; a stream that comes too late is closed. */
function unlessAborted(opening: Promise<Duplex>, signal: AbortSignal): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      opening.then(
        (late) => late.destroy(),
        () => {},
      )
      reject(signal.reason)
    }
    signal.addEventListener('abort', onAbort, { once: true })
    opening.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}
