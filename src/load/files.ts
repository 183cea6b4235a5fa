import { type Checked, checked, type Diagnostic } from '../core/diag/diagnostic.ts'
import { parseBool } from '../core/go/bool.ts'
import type { FileTable } from '../core/source/file-table.ts'
import type { SourceFile } from '../core/source/source-file.ts'
import type { Host } from '../host/host.ts'
import { isMissing, readProblem } from './read-problem.ts'

/** Looked up in this order when no file is named (spec bake 1.2); all that exist are merged in this order. */
export const DEFAULT_FILES: readonly string[] = [
  'compose.yaml',
  'compose.yml',
  'docker-compose.yml',
  'docker-compose.yaml',
  'docker-bake.json',
  'docker-bake.hcl',
  'docker-bake.override.json',
  'docker-bake.override.hcl',
]

/** A definition above this is refused: nobody writes one, and parsing it would take minutes. */
export const MAX_FILE_BYTES: number = 64 * 1024 * 1024

/** One definition that was read. */
export interface DefinitionFile {
  readonly file: SourceFile
  /** Size on disk, for the progress line. */
  readonly sizeBytes: number
  /** Folder of the file relative to the working directory (`.` for the same); absent for stdin. */
  readonly dir?: string
}

/** One line of the step that reads definitions. */
export interface ReadStep {
  readonly name: string
  readonly bytes: number
  /** Size on disk; 0 when it is not known. */
  readonly totalBytes: number
  /** Milliseconds since the epoch. */
  readonly startedMs: number
  readonly endedMs: number
}

/** Which files a run reads. */
export interface FileChoice {
  /** As given with `-f`, or from BUILDX_BAKE_FILE, or the default names. */
  readonly names: readonly string[]
  readonly from: 'flag' | 'env' | 'default'
}

/** Applies `-f`, BUILDX_BAKE_FILE and BUILDX_BAKE_PATH_SEPARATOR (spec bake 1.3). */
export async function chooseFiles(named: readonly string[], host: Host): Promise<Checked<FileChoice>> {
  if (named.length > 0) return checked({ names: named, from: 'flag' })
  const fromEnv = host.env['BUILDX_BAKE_FILE']
  if (fromEnv === undefined || fromEnv === '') return checked({ names: DEFAULT_FILES, from: 'default' })
  const own = host.env['BUILDX_BAKE_PATH_SEPARATOR']
  const separator = own === undefined || own === '' ? (host.platform === 'win32' ? ';' : ':') : own
  const names = fromEnv
    .split(separator)
    .map((name) => name.trim())
    .filter((name) => name !== '')
  for (const name of names) {
    if (name === '-') continue
    if ((await host.stat(resolvePath(host, name))) === undefined) {
      return checked({ names: [], from: 'env' }, [missingFromEnv(name)])
    }
  }
  return checked(names.length === 0 ? { names: DEFAULT_FILES, from: 'default' } : { names, from: 'env' })
}

/**
 * Reads the chosen files. Empty ones count as absent (spec bake 1.2), except standard input. `onStep` hears
 * of every file that was looked at, the one that could not be read too.
 */
export async function readFiles(
  choice: FileChoice,
  table: FileTable,
  host: Host,
  onStep: (step: ReadStep) => void = () => {},
): Promise<Checked<readonly DefinitionFile[]>> {
  const files: DefinitionFile[] = []
  const problems: Diagnostic[] = []
  for (const given of choice.names) {
    const name = given.startsWith('cwd://') ? given.slice('cwd://'.length) : given
    // Opening the stream takes longer than reading what is there.
    if (name === '-') void host.stdin
    const startedMs = host.now()
    // The reference stops at the first file it cannot read; the others are tried for their mistakes alone.
    const step = (bytes: number, totalBytes: number): void => {
      if (problems.length === 0) onStep({ name, bytes, totalBytes, startedMs, endedMs: host.now() })
    }
    try {
      const data = name === '-' ? await readStdin(host) : await host.readFile(pathOf(name, host))
      step(data.byteLength, name === '-' ? 0 : data.byteLength)
      if (data.byteLength > MAX_FILE_BYTES) problems.push(tooBig(name, data.byteLength))
      else if (data.byteLength > 0 || name === '-') files.push(definitionFile(name, data, table))
    } catch (error) {
      if (choice.from === 'default' && isMissing(error)) continue
      const problem = readProblem(name, error)
      // A folder can be opened, so that its size is known.
      step(0, problem.code === 'load/directory' ? await sizeOf(name, host) : 0)
      problems.push(problem)
    }
  }
  if (files.length === 0 && problems.length === 0) problems.push(nothingFound(choice))
  return checked(files, problems)
}

function definitionFile(name: string, data: Uint8Array, table: FileTable): DefinitionFile {
  const file = table.add(name, new TextDecoder().decode(data))
  const dir = name === '-' ? undefined : folderOf(name)
  return { file, sizeBytes: data.byteLength, ...(dir === undefined ? {} : { dir }) }
}

/** The switch BUILDX_BAKE_FILE_RELATIVE_PATHS (spec bake 1.4). */
export function relativePathsSwitch(host: Host): Checked<boolean> {
  const text = (host.env['BUILDX_BAKE_FILE_RELATIVE_PATHS'] ?? '').trim()
  if (text === '') return checked(false)
  const value = parseBool(text)
  if (value !== undefined) return checked(value)
  const why = `strconv.ParseBool: parsing ${JSON.stringify(text)}: invalid syntax`
  return checked(false, [
    {
      severity: 'error',
      code: 'load/bad-switch',
      summary: `failed to parse BUILDX_BAKE_FILE_RELATIVE_PATHS value ${JSON.stringify(text)}: ${why}`,
      hints: ['set it to true or false, or unset it'],
    },
  ])
}

/** An absolute path of what the user named. */
export function resolvePath(host: Host, name: string): string {
  const absolute = host.platform === 'win32' ? /^([A-Za-z]:[\\/]|[\\/]{2})/.test(name) : name.startsWith('/')
  if (absolute) return name
  return `${host.cwd.replace(/[\\/]$/, '')}/${name}`
}

/** An empty name is a file that does not exist, not the working directory. */
function pathOf(name: string, host: Host): string {
  return name === '' ? '' : resolvePath(host, name)
}

async function sizeOf(name: string, host: Host): Promise<number> {
  try {
    return (await host.stat(pathOf(name, host)))?.sizeBytes ?? 0
  } catch {
    return 0
  }
}

function folderOf(name: string): string {
  const slash = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'))
  if (slash < 0) return '.'
  return slash === 0 ? '/' : name.slice(0, slash)
}

async function readStdin(host: Host): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of host.stdin) {
    chunks.push(typeof chunk === 'string' ? new TextEncoder().encode(chunk) : (chunk as Uint8Array))
  }
  const all = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0))
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.byteLength
  }
  return all
}

function missingFromEnv(name: string): Diagnostic {
  return {
    severity: 'error',
    code: 'load/missing-file',
    summary: `stat ${name}: no such file or directory`,
    detail: 'BUILDX_BAKE_FILE names a file that does not exist.',
    hints: ['mend or unset BUILDX_BAKE_FILE'],
  }
}

function nothingFound(choice: FileChoice): Diagnostic {
  return {
    severity: 'error',
    code: 'load/no-definition',
    summary: "couldn't find a bake definition",
    hints:
      choice.from === 'default'
        ? [`name a file with -f, or add one of ${DEFAULT_FILES.slice(0, 6).join(', ')}`]
        : ['the named files are empty: write at least one target'],
  }
}

function tooBig(name: string, sizeBytes: number): Diagnostic {
  return {
    severity: 'error',
    code: 'load/too-big',
    summary: `${name} is ${sizeBytes} bytes; definitions may have ${MAX_FILE_BYTES}`,
    hints: ['generate several smaller files and name each with -f'],
  }
}
