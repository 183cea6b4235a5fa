import type { Duplex, Readable, Writable } from 'node:stream'

/** What kind of thing a path is; `link` only from `lstat`. */
export type FileKind = 'file' | 'dir' | 'link' | 'other'

export interface FileStat {
  readonly kind: FileKind
  readonly sizeBytes: number
  /** Unix mode bits without the type bits. */
  readonly mode: number
  readonly mtimeMs: number
}

/** A finished child process. */
export interface SpawnResult {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Everything bakekit takes from the machine. Tests give a memory implementation. */
export interface Host {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly platform: 'linux' | 'darwin' | 'win32'
  /** `os/arch[/variant]` of this machine, e.g. `linux/amd64`. */
  readonly localPlatform: string
  readonly homeDir: string
  /** Aborted by Ctrl-C or by the caller; the reason survives. */
  readonly signal: AbortSignal
  readonly stdin: Readable & { readonly isTTY?: boolean }
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number }
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number; readonly rows?: number }
  /** Milliseconds since the epoch. */
  now(): number
  random(bytes: number): Uint8Array
  /** The whole file. Throws Node's error (code ENOENT, EISDIR, EACCES …). */
  readFile(path: string): Promise<Uint8Array>
  /** `mode` are the permission bits of a new file; default 0666 without the umask's bits. */
  writeFile(path: string, data: Uint8Array | string, mode?: number): Promise<void>
  /** Follows links; undefined when nothing is there. */
  stat(path: string): Promise<FileStat | undefined>
  lstat(path: string): Promise<FileStat | undefined>
  readLink(path: string): Promise<string>
  realPath(path: string): Promise<string>
  /** Entry names, sorted bytewise. */
  list(dir: string): Promise<readonly string[]>
  /** With its parents. `mode` are the permission bits of new ones; default 0777 without the umask's bits. */
  makeDir(path: string, mode?: number): Promise<void>
  remove(path: string): Promise<void>
  rename(from: string, to: string): Promise<void>
  /** Runs a program to its end; never through a shell. */
  spawn(command: string, args: readonly string[], options: SpawnOptions): Promise<SpawnResult>
  /**
   * Starts a program whose standard input and output are the two directions of a stream (`ssh`, `docker … dial-stdio`).
   * It lives until the stream is destroyed; if it ends by itself with a failure the stream fails with its stderr.
   */
  pipe(command: string, args: readonly string[]): Promise<Duplex>
  /** Told once before a big definition is worked on; a host of its own process may tune it for that. */
  expectMuchWork?(): void
  /** Opens a stream socket to a unix socket or named pipe path, or to a host and port. */
  connect(to: { readonly path: string } | { readonly host: string; readonly port: number }): Promise<Duplex>
}

export interface SpawnOptions {
  readonly input?: string
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly signal?: AbortSignal
}
