import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import * as fs from 'node:fs/promises'
import { connect } from 'node:net'
import { homedir } from 'node:os'
import { Duplex } from 'node:stream'
import { compareBytes } from '../core/text/byte-order.ts'
import type { FileStat, Host, SpawnOptions, SpawnResult } from './host.ts'
import { localPlatform } from './local-platform.ts'

/** The machine bakekit runs on. `signal` is aborted when the user wants to stop. */
export function createNodeHost(signal: AbortSignal): Host {
  return {
    env: process.env,
    cwd: process.cwd(),
    platform: hostPlatform(process.platform),
    localPlatform: localPlatform(process.platform, process.arch),
    homeDir: homedir(),
    signal,
    get stdin() {
      return process.stdin
    },
    get stdout() {
      return process.stdout
    },
    get stderr() {
      return process.stderr
    },
    now: () => Date.now(),
    random: (bytes) => randomBytes(bytes),
    readFile: (path) => fs.readFile(path),
    writeFile: (path, data, mode) => fs.writeFile(path, data, { mode: mode ?? 0o666 }),
    stat: (path) => statOrNothing(fs.stat, path),
    lstat: (path) => statOrNothing(fs.lstat, path),
    readLink: (path) => fs.readlink(path),
    realPath: (path) => fs.realpath(path),
    list: async (dir) => (await fs.readdir(dir)).sort(compareBytes),
    makeDir: async (path) => {
      await fs.mkdir(path, { recursive: true })
    },
    remove: (path) => fs.rm(path, { recursive: true, force: true }),
    rename: (from, to) => fs.rename(from, to),
    spawn: runProgram,
    pipe: openProgram,
    connect: openSocket,
  }
}

function hostPlatform(platform: NodeJS.Platform): Host['platform'] {
  return platform === 'win32' || platform === 'darwin' ? platform : 'linux'
}

async function statOrNothing(
  read: typeof fs.stat | typeof fs.lstat,
  path: string,
): Promise<FileStat | undefined> {
  try {
    const s = await read(path)
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
    const child = spawn(command, [...args], {
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
    const child = spawn(command, [...args], { stdio: 'pipe', windowsHide: true })
    let complaint = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(-STDERR_KEPT)
    })
    const stream = Duplex.from({ readable: child.stdout, writable: child.stdin }) as Duplex
    stream.once('close', () => child.kill())
    child.once('error', reject)
    child.once('spawn', () => resolve(stream))
    child.once('close', (code) => {
      const reason = complaint.trim() === '' ? `exit code ${code}` : complaint.trim()
      stream.destroy(code === 0 ? undefined : new Error(`${command} ${args.join(' ')}: ${reason}`))
    })
  })
}

function openSocket(to: Parameters<Host['connect']>[0]): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const socket = 'path' in to ? connect(to.path) : connect(to.port, to.host)
    socket.setNoDelay(true)
    socket.once('error', reject)
    socket.once('connect', () => {
      socket.off('error', reject)
      resolve(socket)
    })
  })
}
