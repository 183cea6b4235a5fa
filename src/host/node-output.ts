import type { Writable } from 'node:stream'
import type { Host } from './host.ts'

const fs = process.getBuiltinModule('node:fs')

/**
 * Standard output (1) or error (2). Text goes to the descriptor at once; Node's stream is made when someone
 * asks for more than `write` and `isTTY`, because making it takes a good part of planning a definition.
 * `onClosed` is called when nobody reads any more (EPIPE).
 */
export function standardOutput(descriptor: 1 | 2, onClosed: () => void): Host['stderr'] {
  let stream: (Writable & { readonly isTTY?: boolean }) | undefined
  let terminal: boolean | undefined
  const openStream = (): Writable => {
    if (stream === undefined) {
      stream = descriptor === 1 ? process.stdout : process.stderr
      stream.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EPIPE') throw error
        onClosed()
      })
    }
    return stream
  }
  const write = (data: string | Uint8Array): boolean => {
    const rest = writeAtOnce(descriptor, typeof data === 'string' ? Buffer.from(data) : data, onClosed)
    return rest.length === 0 || openStream().write(rest)
  }
  return new Proxy({} as Host['stderr'], {
    get: (_, name) => {
      if (stream === undefined && name === 'write') return write
      if (name === 'isTTY') {
        terminal ??= isTerminal(descriptor)
        return terminal
      }
      const real = openStream()
      const value: unknown = Reflect.get(real, name)
      return typeof value === 'function' ? value.bind(real) : value
    },
    has: (_, name) => name in openStream(),
    getPrototypeOf: () => Object.getPrototypeOf(openStream()),
  })
}

/** Writes what the descriptor takes and answers what is left for a stream that can wait. */
function writeAtOnce(descriptor: number, data: Uint8Array, onClosed: () => void): Uint8Array {
  let rest = data
  try {
    while (rest.length > 0) rest = rest.subarray(fs.writeSync(descriptor, rest))
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'EPIPE') {
      onClosed()
      return rest.subarray(rest.length)
    }
    // A pipe that is full and does not block, or a console that wants another way of writing.
    if (code !== 'EAGAIN' && code !== 'EOF') throw error
  }
  return rest
}

/** As `tty.isatty`, whose module is loaded only when the descriptor may be a terminal. */
function isTerminal(descriptor: number): boolean {
  try {
    if (process.platform !== 'win32') {
      const found = fs.fstatSync(descriptor)
      if (!found.isCharacterDevice() || found.rdev === fs.statSync('/dev/null').rdev) return false
    }
  } catch {
    return false
  }
  return process.getBuiltinModule('node:tty').isatty(descriptor)
}
