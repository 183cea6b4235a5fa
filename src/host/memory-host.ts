import { Readable, Writable } from 'node:stream'
import type { Host, SpawnOptions, SpawnResult } from './host.ts'
import { MemoryFiles } from './memory-files.ts'

/** A file (its text or bytes), a symbolic link, or an empty directory. */
export type MemoryEntry = string | Uint8Array | { readonly link: string } | { readonly dir: true }

/** Stands for an installed program. */
export type MemoryProgram = (
  args: readonly string[],
  options: SpawnOptions,
) => Partial<SpawnResult> | Promise<Partial<SpawnResult>>

export interface MemoryHostOptions {
  /** Default `linux`. */
  readonly platform?: Host['platform']
  readonly localPlatform?: string
  /** Default `/repo`, on Windows `C:\repo`. */
  readonly cwd?: string
  readonly homeDir?: string
  readonly env?: Readonly<Record<string, string | undefined>>
  /** By path, relative ones below `cwd`. */
  readonly files?: Readonly<Record<string, MemoryEntry>>
  readonly stdin?: string | Uint8Array
  /** Milliseconds since the epoch; default 0. */
  readonly now?: number
  readonly signal?: AbortSignal
  /** By name; anything else is not installed. */
  readonly programs?: Readonly<Record<string, MemoryProgram>>
  readonly connect?: Host['connect']
  readonly pipe?: Host['pipe']
}

/** A host whose whole machine is in memory, and a look at what was written to it. */
export interface MemoryHost extends Host {
  stdoutText(): string
  stderrText(): string
  /** The text of a file. Throws like `readFile`. */
  fileText(path: string): string
}

/** A complete machine in memory with the path rules of the chosen platform; random bytes count up from 0. */
export function createMemoryHost(options: MemoryHostOptions = {}): MemoryHost {
  const platform = options.platform ?? 'linux'
  const windows = platform === 'win32'
  const cwd = options.cwd ?? (windows ? 'C:\\repo' : '/repo')
  const homeDir = options.homeDir ?? (windows ? 'C:\\Users\\me' : '/home/me')
  const files = new MemoryFiles(platform, cwd)
  files.put(cwd, { kind: 'dir' })
  files.put(homeDir, { kind: 'dir' })
  for (const [path, entry] of Object.entries(options.files ?? {})) putEntry(files, path, entry)
  const now = options.now ?? 0
  const stdout = collector()
  const stderr = collector()
  let nextByte = 0
  return {
    env: options.env ?? {},
    cwd,
    platform,
    localPlatform: options.localPlatform ?? (windows ? 'windows/amd64' : `${platform}/amd64`),
    homeDir,
    signal: options.signal ?? new AbortController().signal,
    stdin: Readable.from(options.stdin === undefined ? [] : [Buffer.from(options.stdin)]),
    stdout: stdout.stream,
    stderr: stderr.stream,
    now: () => now,
    random: (bytes) => Uint8Array.from({ length: bytes }, () => nextByte++ & 0xff),
    readFile: async (path) => files.read(path),
    writeFile: async (path, data, mode) => files.write(path, Buffer.from(data), now, mode),
    stat: async (path) => files.stat(path, 'follow'),
    lstat: async (path) => files.stat(path, 'keep'),
    readLink: async (path) => files.readLink(path),
    realPath: async (path) => files.realPath(path),
    list: async (dir) => files.list(dir),
    makeDir: async (path) => {
      if (files.stat(path, 'follow') === undefined) files.put(path, { kind: 'dir' })
    },
    remove: async (path) => files.remove(path),
    rename: async (from, to) => files.rename(from, to),
    spawn: (command, args, spawnOptions) =>
      runMemoryProgram(options.programs?.[command], command, args, spawnOptions),
    pipe: options.pipe ?? ((command) => Promise.reject(missing('ENOENT', `spawn ${command}`))),
    connect: options.connect ?? ((to) => Promise.reject(noListener(to))),
    stdoutText: stdout.text,
    stderrText: stderr.text,
    fileText: (path) => Buffer.from(files.read(path)).toString(),
  }
}

function putEntry(files: MemoryFiles, path: string, entry: MemoryEntry): void {
  if (typeof entry === 'string' || entry instanceof Uint8Array) {
    files.put(path, { kind: 'file', data: Buffer.from(entry), mode: 0o644, mtimeMs: 0 })
  } else if ('link' in entry) {
    files.put(path, { kind: 'link', target: entry.link })
  } else {
    files.put(path, { kind: 'dir' })
  }
}

function collector(): { readonly stream: Writable; text(): string } {
  const chunks: Buffer[] = []
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk)
      done()
    },
  })
  return { stream, text: () => Buffer.concat(chunks).toString() }
}

async function runMemoryProgram(
  program: MemoryProgram | undefined,
  command: string,
  args: readonly string[],
  options: SpawnOptions,
): Promise<SpawnResult> {
  options.signal?.throwIfAborted()
  if (program === undefined) throw missing('ENOENT', `spawn ${command}`)
  return { code: 0, stdout: '', stderr: '', ...(await program(args, options)) }
}

function noListener(to: Parameters<Host['connect']>[0]): Error {
  return 'path' in to
    ? missing('ENOENT', `connect ${to.path}`)
    : missing('ECONNREFUSED', `connect ${to.host}:${to.port}`)
}

function missing(code: string, what: string): Error {
  return Object.assign(new Error(`${what} ${code}`), { code })
}
