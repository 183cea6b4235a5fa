import { BuildFailure } from '../core/failure.ts'
import type { DockerContext, TlsMaterial } from './context.ts'

/** How an engine is reached. */
export type EngineTransport =
  | { readonly kind: 'socket'; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number; readonly tls?: TlsMaterial }
  /** `docker system dial-stdio` on the far side, through the `ssh` program. */
  | { readonly kind: 'ssh'; readonly args: readonly string[] }

/** An engine that can be dialled. */
export interface EngineEndpoint {
  /** The address as the user knows it. */
  readonly address: string
  readonly transport: EngineTransport
  /** Path under which the API lives, without a trailing slash; mostly ''. */
  readonly basePath: string
}

const PLAIN_PORT = 2375
const TLS_PORT = 2376

/** Works out how to reach the engine of a context. Throws `BuildFailure` (`driver`) on an address nobody understands. */
export function toEndpoint(context: DockerContext): EngineEndpoint {
  const address = context.host
  const [, scheme = 'tcp', rest = address] = /^([a-z]+):\/\/(.*)$/.exec(address) ?? []
  switch (scheme) {
    case 'unix':
      return { address, basePath: '', transport: { kind: 'socket', path: rest || '/var/run/docker.sock' } }
    case 'npipe':
      return { address, basePath: '', transport: { kind: 'socket', path: pipePath(rest) } }
    case 'tcp':
    case 'http':
    case 'https':
      return tcpEndpoint(address, scheme, rest, context.tls)
    case 'ssh':
      return { address, basePath: '', transport: { kind: 'ssh', args: sshArgs(address) } }
    default:
      throw badAddress(address, `unknown scheme "${scheme}"`)
  }
}

function pipePath(rest: string): string {
  return rest.replaceAll('/', '\\')
}

function tcpEndpoint(
  address: string,
  scheme: string,
  rest: string,
  material: TlsMaterial | undefined,
): EngineEndpoint {
  const url = parseUrl(address, `http://${rest}`)
  const tls = material ?? (scheme === 'https' ? { skipVerify: false } : undefined)
  const port = url.port === '' ? explicitPort(rest) : Number(url.port)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return {
    address,
    basePath: url.pathname.replace(/\/$/, ''),
    transport: {
      kind: 'tcp',
      host: host === '' ? '127.0.0.1' : host,
      port: port ?? (tls === undefined ? PLAIN_PORT : TLS_PORT),
      ...(tls === undefined ? {} : { tls }),
    },
  }
}

/** A URL drops the port that is the default of its scheme. */
function explicitPort(rest: string): number | undefined {
  return /^[^/]*:80(?:\/|$)/.test(rest) ? 80 : undefined
}

/** Arguments of the `ssh` program; `--` keeps a host from being taken for an option. */
function sshArgs(address: string): string[] {
  const url = parseUrl(address, address)
  if (url.password !== '') throw badAddress('ssh://…', 'passwords in ssh addresses are not supported')
  if (url.search !== '' || url.hash !== '') throw badAddress(address, 'query and fragment are not supported')
  if (url.hostname === '') throw badAddress(address, 'the host name is missing')
  const socket = url.pathname === '' || url.pathname === '/' ? [] : ['--host', `unix://${url.pathname}`]
  return [
    ...(url.username === '' ? [] : ['-l', decodeURIComponent(url.username)]),
    ...(url.port === '' ? [] : ['-p', url.port]),
    '-o',
    'ConnectTimeout=30',
    '-T',
    '--',
    url.hostname,
    'docker',
    ...socket,
    'system',
    'dial-stdio',
  ]
}

function parseUrl(address: string, text: string): URL {
  try {
    return new URL(text)
  } catch {
    throw badAddress(address, 'not a valid address')
  }
}

function badAddress(address: string, problem: string): BuildFailure {
  return new BuildFailure('driver', `unable to parse docker host "${address}": ${problem}`, {
    code: 'BAD_DOCKER_HOST',
    hints: ['use unix://, npipe://, tcp:// or ssh:// in DOCKER_HOST or in the docker context'],
  })
}
