import { BuildFailure } from '../../core/failure.ts'

/** How a BuildKit daemon is reached. */
export type RemoteAddress =
  | { readonly kind: 'socket'; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  /** A program whose standard input and output are the connection. */
  | { readonly kind: 'command'; readonly command: string; readonly args: readonly string[] }

const TLS_PORT = 443
const KUBE_NAME = /^[-a-z0-9.]+$/
const DIAL_STDIO = ['buildctl', 'dial-stdio']

/** Works out how to reach an address (spec buildkit 1.1). Throws `BuildFailure` (`driver`) when nobody understands it. */
export function parseRemoteAddress(address: string): RemoteAddress {
  const [, scheme = '', rest = ''] = /^([a-zA-Z][a-zA-Z0-9+.-]*):\/\/(.*)$/s.exec(address) ?? []
  switch (scheme) {
    case 'unix':
      return { kind: 'socket', path: rest }
    case 'npipe':
      return { kind: 'socket', path: rest.replaceAll('/', '\\') }
    case 'tcp':
      return tcpAddress(address, rest)
    case 'docker-container':
      return containerCommand(parseUrl(address), address)
    case 'kube-pod':
      return podCommand(parseUrl(address), address)
    case 'ssh':
      return sshCommand(parseUrl(address), address)
    default:
      throw new BuildFailure('driver', `unrecognized url scheme ${scheme}`, {
        code: 'BAD_REMOTE_ADDRESS',
        hints: [
          'write the address of a BuildKit daemon as unix://, tcp://, ssh://, docker-container://, kube-pod:// or npipe://',
        ],
      })
  }
}

function tcpAddress(address: string, rest: string): RemoteAddress {
  const url = parseUrl(address, `http://${rest}`)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (host === '') throw badAddress(address, 'the host name is missing')
  const explicit = /^[^/]*:(\d+)(?:\/|$)/.exec(rest)?.[1]
  return { kind: 'tcp', host, port: explicit === undefined ? TLS_PORT : Number(explicit) }
}

function containerCommand(url: URL, address: string): RemoteAddress {
  const name = decodeURIComponent(url.hostname)
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/.test(name)) throw badAddress(address, 'not the name of a container')
  const context = url.searchParams.get('context') ?? ''
  const args = [...(context === '' ? [] : [`--context=${context}`]), 'exec', '-i', name, ...DIAL_STDIO]
  return { kind: 'command', command: 'docker', args }
}

function podCommand(url: URL, address: string): RemoteAddress {
  const option = (name: string): string[] => {
    const value = url.searchParams.get(name) ?? ''
    if (value !== '' && name !== 'context' && !KUBE_NAME.test(value))
      throw badAddress(address, `unsupported ${name} name ${JSON.stringify(value)}`)
    return value === '' ? [] : [`--${name}=${value}`]
  }
  const pod = decodeURIComponent(url.hostname)
  if (!KUBE_NAME.test(pod) || pod.startsWith('-')) throw badAddress(address, 'not the name of a pod')
  const before = [...option('context'), ...option('namespace'), 'exec', ...option('container')]
  return { kind: 'command', command: 'kubectl', args: [...before, '-i', pod, '--', ...DIAL_STDIO] }
}

/** `--` keeps a host from being taken for an option. */
function sshCommand(url: URL, address: string): RemoteAddress {
  if (url.password !== '') throw badAddress('ssh://…', 'passwords in ssh addresses are not supported')
  if (url.search !== '' || url.hash !== '') throw badAddress(address, 'query and fragment are not supported')
  if (url.hostname === '') throw badAddress(address, 'the host name is missing')
  const socket = url.pathname === '' || url.pathname === '/' ? [] : ['--addr', `unix://${url.pathname}`]
  const args = [
    ...(url.username === '' ? [] : ['-l', decodeURIComponent(url.username)]),
    ...(url.port === '' ? [] : ['-p', url.port]),
    ...['--', url.hostname, 'buildctl', ...socket, 'dial-stdio'],
  ]
  return { kind: 'command', command: 'ssh', args }
}

function parseUrl(address: string, text: string = address): URL {
  try {
    return new URL(text)
  } catch {
    throw badAddress(address, 'not a valid address')
  }
}

function badAddress(address: string, problem: string): BuildFailure {
  return new BuildFailure(
    'driver',
    `cannot use the BuildKit address ${JSON.stringify(address)}: ${problem}`,
    {
      code: 'BAD_REMOTE_ADDRESS',
      hints: ['correct the address of the builder with create'],
    },
  )
}
