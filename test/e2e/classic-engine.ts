import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { openSync, readFileSync, readlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Engine } from '../harness/engine.ts'
import { tempDir } from '../harness/temp.ts'

const START_MS = 60_000

/** An Engine of its own that keeps images in the classic store. */
export interface ClassicEngine {
  readonly host: string
  stop(): Promise<void>
}

/**
 * Starts a second dockerd with the program and the environment of the private Engine, holding `busybox`.
 * Answers the reason when that is impossible here.
 */
export async function startClassicEngine(engine: Engine): Promise<ClassicEngine | string> {
  const found = runningDaemon(engine.host)
  if (typeof found === 'string') return found
  // A bridge of its own: without one, dockerd removes docker0, which the other Engine uses.
  const bridge = `bke2e${randomBytes(4).toString('hex')}`
  if (spawnSync('ip', ['link', 'add', bridge, 'type', 'bridge']).status !== 0)
    return 'no right to make a bridge'
  spawnSync('ip', ['addr', 'add', '172.31.254.1/24', 'dev', bridge])
  const dir = tempDir({ 'daemon.json': '{ "features": { "containerd-snapshotter": false } }' })
  const host = `unix://${join(dir, 'docker.sock')}`
  const log = openSync(join(dir, 'log'), 'w')
  const daemon = spawn(
    found.program,
    [
      ...['--config-file', join(dir, 'daemon.json'), '--data-root', join(dir, 'data')],
      ...['--exec-root', join(dir, 'exec'), '--pidfile', join(dir, 'docker.pid'), '-H', host],
      ...['--bridge', bridge, '--iptables=false', '--ip6tables=false', '--storage-driver', 'vfs'],
    ],
    { env: found.env, stdio: ['ignore', log, log] },
  )
  const stop = async (): Promise<void> => {
    await stopDaemon(daemon)
    spawnSync('ip', ['link', 'delete', bridge])
  }
  const problem = await waitForEngine(engine, host, daemon)
  if (problem !== undefined) {
    await stop()
    return `${problem}: ${readFileSync(join(dir, 'log'), 'utf8').trim().split('\n').at(-1)}`
  }
  const copy = spawnSync('sh', [
    '-c',
    '"$0" -H "$1" save busybox:latest | "$0" -H "$2" load',
    engine.docker,
    engine.host,
    host,
  ])
  if (copy.status !== 0) {
    await stop()
    return `busybox could not be copied: ${copy.stderr.toString().trim()}`
  }
  return { host, stop }
}

function runningDaemon(host: string): { readonly program: string; readonly env: NodeJS.ProcessEnv } | string {
  try {
    const pid = readFileSync(join(dirname(host.replace('unix://', '')), 'docker.pid'), 'utf8').trim()
    const env = readFileSync(`/proc/${pid}/environ`, 'utf8')
      .split('\0')
      .filter((line) => line.includes('='))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] as const)
    return { program: readlinkSync(`/proc/${pid}/exe`), env: Object.fromEntries(env) }
  } catch {
    return 'the Engine is not a private one of scripts/engine'
  }
}

async function waitForEngine(
  engine: Engine,
  host: string,
  daemon: ChildProcess,
): Promise<string | undefined> {
  for (const deadline = Date.now() + START_MS; Date.now() < deadline; ) {
    if (daemon.exitCode !== null) return 'dockerd ended'
    if (spawnSync(engine.docker, ['-H', host, 'version']).status === 0) return undefined
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  return 'dockerd did not answer'
}

async function stopDaemon(daemon: ChildProcess): Promise<void> {
  if (daemon.exitCode !== null) return
  daemon.kill('SIGTERM')
  await once(daemon, 'exit')
}
