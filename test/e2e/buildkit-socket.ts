import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { upgradeToH2c } from '../../src/docker/upgrade.ts'
import { createNodeHost } from '../../src/host/node-host.ts'
import type { Engine } from '../harness/engine.ts'
import { tempDir } from '../harness/temp.ts'

/** A unix socket that speaks like a BuildKit daemon of its own: it leads to the one inside of the Engine. */
export interface BuildkitSocket {
  /** `unix://…`. */
  readonly address: string
  close(): Promise<void>
}

/** Opens such a socket. */
export async function openBuildkitSocket(engine: Engine): Promise<BuildkitSocket> {
  const path = join(tempDir(), 'bk.sock')
  const host = createNodeHost(new AbortController().signal)
  const endpoint = {
    address: engine.host,
    basePath: '',
    transport: { kind: 'socket', path: engine.host.replace('unix://', '') },
  } as const
  const open = new Set<Pick<Socket, 'destroy'>>()
  const server = createServer(async (near) => {
    open.add(near)
    near.on('error', () => {})
    try {
      const far = await upgradeToH2c(endpoint, '/grpc', {}, host, host.signal)
      open.add(far as Socket)
      far.on('error', () => near.destroy())
      far.once('close', () => near.destroy())
      near.once('close', () => far.destroy())
      near.pipe(far).pipe(near)
    } catch {
      near.destroy()
    }
  })
  await new Promise<void>((resolve) => server.listen(path, resolve))
  return {
    address: `unix://${path}`,
    close: async () => {
      for (const stream of open) stream.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
