import type { Duplex } from 'node:stream'
import { connect as connectTls } from 'node:tls'
import { BuildFailure, isBuildFailure } from '../../core/failure.ts'
import type { Host } from '../../host/host.ts'
import { parseRemoteAddress, type RemoteAddress } from './remote-address.ts'
import type { RemoteTls } from './remote-options.ts'

/**
 * Opens a connection to a BuildKit daemon on which HTTP/2 may be spoken. Programs such as ssh live as long as the
 * stream. Throws `BuildFailure` (`driver`) or the signal's reason; the signal has no say once the stream is handed over.
 */
export async function dialRemote(
  endpoint: string,
  tls: RemoteTls | undefined,
  host: Host,
  signal: AbortSignal,
): Promise<Duplex> {
  signal.throwIfAborted()
  const address = parseRemoteAddress(endpoint)
  const opening = open(address, tls, host)
  try {
    return await unlessAborted(opening, signal)
  } catch (error) {
    signal.throwIfAborted()
    throw toFailure(error, endpoint, address)
  }
}

async function open(address: RemoteAddress, tls: RemoteTls | undefined, host: Host): Promise<Duplex> {
  if (address.kind === 'command') return host.pipe(address.command, address.args)
  const material = tls && (await readMaterial(tls, host))
  const socket = await host.connect(
    address.kind === 'socket' ? { path: address.path } : { host: address.host, port: address.port },
  )
  if (material === undefined) return socket
  return secure(socket, tls?.serverName ?? (address.kind === 'tcp' ? address.host : 'localhost'), material)
}

interface Material {
  readonly ca: Buffer
  readonly cert?: Buffer
  readonly key?: Buffer
}

async function readMaterial(tls: RemoteTls, host: Host): Promise<Material> {
  const read = async (path: string): Promise<Buffer> => Buffer.from(await host.readFile(path))
  const ca = await read(tls.caFile)
  if (tls.clientFiles === undefined) return { ca }
  const [cert, key] = await Promise.all([read(tls.clientFiles.cert), read(tls.clientFiles.key)])
  return { ca, cert, key }
}

function secure(socket: Duplex, serverName: string, material: Material): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const secured = connectTls({
      socket,
      ALPNProtocols: ['h2'],
      // Node refuses addresses as server names.
      ...(/^[\d.]+$|:/.test(serverName) ? { host: serverName } : { servername: serverName }),
      ...material,
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

function toFailure(error: unknown, endpoint: string, address: RemoteAddress): BuildFailure {
  if (isBuildFailure(error)) return error
  const { code, message } = error as NodeJS.ErrnoException
  if (address.kind === 'command') {
    return new BuildFailure('driver', `cannot run ${address.command} for ${endpoint}: ${message}`, {
      code: 'REMOTE_COMMAND',
      hints: [`install ${address.command} and put it in PATH`],
      cause: error,
    })
  }
  return new BuildFailure('driver', `cannot connect to BuildKit at ${endpoint}: ${message}`, {
    code: code === 'EACCES' ? 'REMOTE_FORBIDDEN' : 'REMOTE_UNREACHABLE',
    hints: ['start the BuildKit daemon there, or correct the address of the builder'],
    cause: error,
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
