import type { Host } from '../host/host.ts'

/** How often a socket that cannot be joined is looked for: a person waits for the answer to Ctrl-C. */
const LOOK_MS = 250
const LIST_OF_SOCKETS = '/proc/net/unix'

/**
 * A host whose signal is also aborted when docker closes the socket it names in DOCKER_CLI_PLUGIN_SOCKET
 * (spec cli 10): that is how docker passes on a signal that reached itself alone. Connects when somebody asks
 * for the signal, since printing and listing have nothing to cancel.
 */
export function cancelledByDocker(host: Host): Host {
  const name = host.env['DOCKER_CLI_PLUGIN_SOCKET'] ?? ''
  if (name === '') return host
  let signal: AbortSignal | undefined
  const get = (): AbortSignal => {
    signal ??= AbortSignal.any([host.signal, closedByDocker(name, host)])
    return signal
  }
  return Object.create(host, { signal: { get, enumerable: true } }) as Host
}

function closedByDocker(name: string, host: Host): AbortSignal {
  const closed = new AbortController()
  const onClose = (): void => closed.abort(new Error('context canceled'))
  // Without the socket a signal to docker alone is lost, and nothing else is.
  if (name.startsWith('@')) watch(name, host, onClose)
  else join(name, host, onClose).catch(() => {})
  return closed.signal
}

async function join(path: string, host: Host, onClose: () => void): Promise<void> {
  const socket = await host.connect({ path })
  if ('unref' in socket && typeof socket.unref === 'function') socket.unref()
  socket.on('error', () => {})
  socket.on('close', onClose)
  socket.resume()
}

/** Abstract sockets of Linux are out of Node's reach, but it shows in the list of sockets when they close. */
function watch(name: string, host: Host, onClose: () => void): void {
  let seen = false
  const timer = setInterval(async () => {
    const list = await host.readFile(LIST_OF_SOCKETS).catch(() => undefined)
    if (list === undefined) return clearInterval(timer)
    const there = new TextDecoder().decode(list).includes(`${name}\n`)
    if (seen && !there) {
      clearInterval(timer)
      onClose()
    }
    seen ||= there
  }, LOOK_MS)
  timer.unref()
}
