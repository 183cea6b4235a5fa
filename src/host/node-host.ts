import type { Duplex } from 'node:stream'
import { compareBytes } from '../core/text/byte-order.ts'
import type { FileStat, Host, SpawnOptions, SpawnResult } from './host.ts'
import { localPlatform } from './local-platform.ts'

// Node's own modules are loaded when first used: planning a definition needs the file system only, and the others
// would be a good part of its time (decision 0004).
const fs = process.getBuiltinModule('node:fs')
const load = {
  get crypto() {
    return process.getBuiltinModule('node:crypto')
  },
  get net() {
    return process.getBuiltinModule('node:net')
  },
  get os() {
    return process.getBuiltinModule('node:os')
  },
  get programs() {
    return process.getBuiltinModule('node:child_process')
  },
  get stream() {
    return process.getBuiltinModule('node:stream')
  },
}

/** Regular files up to this size are read at once: waiting for Node's thread pool takes longer. */
const READ_AT_ONCE_BYTES = 1024 * 1024

/** What the process edge decides; Node's own streams by default. */
export interface ProcessEdge {
  readonly stdout: Host['stdout']
  readonly stderr: Host['stderr']
  readonly expectMuchWork: () => void
}

/** The machine bakekit runs on. `signal` is aborted when the user wants to stop; a function is asked when it is needed. */
export function createNodeHost(signal: AbortSignal | (() => AbortSignal), edge?: ProcessEdge): Host {
  return {
    env: process.env,
    cwd: process.cwd(),
    platform: hostPlatform(process.platform),
    localPlatform: localPlatform(process.platform, process.arch),
    get homeDir() {
      return homeDir()
    },
    get signal() {
      return typeof signal === 'function' ? signal() : signal
    },
    get stdin() {
      return process.stdin
    },
    get stdout() {
      return edge?.stdout ?? process.stdout
    },
    get stderr() {
      return edge?.stderr ?? process.stderr
    },
    now: () => Date.now(),
    random: (bytes) => load.crypto.randomBytes(bytes),
    readFile: readWhole,
    writeFile: (path, data, mode) => fs.promises.writeFile(path, data, { mode: mode ?? 0o666 }),
    stat: async (path) => statOrNothing(fs.statSync, path),
    lstat: async (path) => statOrNothing(fs.lstatSync, path),
    readLink: (path) => fs.promises.readlink(path),
    realPath: (path) => fs.promises.realpath(path),
    list: async (dir) => (await fs.promises.readdir(dir)).sort(compareBytes),
    makeDir: async (path, mode) => {
      await fs.promises.mkdir(path, { recursive: true, mode: mode ?? 0o777 })
    },
    remove: (path) => fs.promises.rm(path, { recursive: true, force: true }),
    rename: (from, to) => fs.promises.rename(from, to),
    spawn: runProgram,
    pipe: openProgram,
    connect: openSocket,
    ...(edge === undefined ? {} : { expectMuchWork: edge.expectMuchWork }),
  }
}

/** What `os.homedir` says, without loading `node:os` where the environment answers. */
function homeDir(): string {
  const own = process.platform === 'win32' ? undefined : process.env['HOME']
  return own ?? load.os.homedir()
}

async function readWhole(path: string): Promise<Uint8Array> {
  return isSmallFile(path) ? fs.readFileSync(path) : fs.promises.readFile(path)
}

/** A pipe may have to wait for its writer. What cannot be looked at cannot be read either, and reading says why. */
function isSmallFile(path: string): boolean {
  try {
    const found = fs.statSync(path, { throwIfNoEntry: false })
    return found === undefined || (found.isFile() && found.size <= READ_AT_ONCE_BYTES)
  } catch {
    return true
  }
}

function hostPlatform(platform: NodeJS.Platform): Host['platform'] {
  return platform === 'win32' || platform === 'darwin' ? platform : 'linux'
}

function statOrNothing(read: typeof fs.statSync, path: string): FileStat | undefined {
  try {
    const s = read(path, { throwIfNoEntry: false })
    if (s === undefined) return undefined
    const kind = s.isFile() ? 'file' : s.isDirectory() ? 'dir' : s.isSymbolicLink() ? 'link' : 'other'
    return { kind, sizeBytes: s.size, mode: s.mode & 0o7777, mtimeMs: s.mtimeMs }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw error
  }
}

function runProgram(command: string, args: readonly string[], options: SpawnOptions): Promise<SpawnResult> {
  return new Promise((resolve, reject) => {
    const child = load.programs.spawn(command, [...args], {
      stdio: 'pipe',
      windowsHide: true,
      env: { ...process.env, ...options.env },
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    })
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
    child.on('error', (error) => reject(options.signal?.aborted === true ? options.signal.reason : error))
    child.on('close', (code, endedBy) => {
      const text = (parts: Buffer[]): string => Buffer.concat(parts).toString()
      resolve({ code: code ?? (endedBy === null ? 1 : 128), stdout: text(stdout), stderr: text(stderr) })
    })
    // A program that does not read its input closes the pipe; its exit code tells what matters.
    child.stdin.on('error', () => {})
    child.stdin.end(options.input ?? '')
  })
}

/** Bytes of a program's stderr kept for its error message. */
const STDERR_KEPT = 4096

function openProgram(command: string, args: readonly string[]): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const child = load.programs.spawn(command, [...args], { stdio: 'pipe', windowsHide: true })
    let complaint = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(-STDERR_KEPT)
    })
    const stream = new load.stream.Duplex({
      read: () => child.stdout.resume(),
      write: (chunk, _, done) => child.stdin.write(chunk, () => done()),
      final: (done) => child.stdin.end(() => done()),
      destroy: (error, done) => {
        child.kill()
        done(error)
      },
    })
    child.stdout.on('data', (chunk: Uint8Array) => {
      if (!stream.push(chunk)) child.stdout.pause()
    })
    // What it read last may not matter to it; its exit code says whether something was lost.
    child.stdin.on('error', () => {})
    child.once('error', reject)
    child.once('spawn', () => resolve(stream))
    // The end is told only when the exit code is known: a failed program must not look like a closed stream.
    child.once('close', (code) => {
      if (code === 0) {
        stream.push(null)
        return
      }
      const reason = complaint.trim() === '' ? `exit code ${code}` : complaint.trim()
      stream.destroy(new Error(`${command} ${args.join(' ')}: ${reason}`))
    })
  })
}

function openSocket(to: Parameters<Host['connect']>[0]): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const socket = 'path' in to ? load.net.connect(to.path) : load.net.connect(to.port, to.host)
    socket.setNoDelay(true)
    socket.once('error', reject)
    socket.once('connect', () => {
      socket.off('error', reject)
      resolve(socket)
    })
  })
}
