import { randomBytes } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/**
 * A private socket that exists only while grpc-js dials. grpc-js insists on opening a socket of its own
 * before it asks the credentials for the real stream; this gives it one to open.
 */
export class Placeholder {
  readonly #path: string
  #server: Server | undefined

  constructor() {
    const name = `bakekit-${randomBytes(8).toString('hex')}`
    this.#path = process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), name, 's')
  }

  /** The target to give to grpc-js. */
  get target(): string {
    return `unix:${this.#path}`
  }

  async open(): Promise<void> {
    if (this.#server !== undefined) return
    if (process.platform !== 'win32') await mkdir(dirname(this.#path), { mode: 0o700 })
    const server = createServer((socket) => {
      socket.on('error', () => {})
      socket.unref()
    })
    server.unref()
    this.#server = server
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(this.#path, resolve)
    })
  }

  async close(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    server?.close()
    if (process.platform !== 'win32') await rm(dirname(this.#path), { recursive: true, force: true })
  }
}
