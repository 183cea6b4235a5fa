import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { repoRoot } from './golden.ts'

export interface RunOptions {
  readonly cwd?: string
  /** Added to the environment; `undefined` removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly stdin?: string
  /** Default 60 000; the program is killed after it and the promise rejects. */
  readonly timeoutMs?: number
}

export interface RunResult {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** The built command line; scripts/test.mjs builds it before tests run. */
export const cliPath: string = join(repoRoot, 'dist', 'bakekit.js')

/** Variables of the caller's shell that would change what the command line does. */
const steering =
  /^(BAKE_|BUILDX_|BUILDKIT_|COMPOSE_|DOCKER_|SOURCE_DATE_EPOCH$|NO_COLOR$|FORCE_COLOR$|CLICOLOR)/

/** Runs the built command line, cut off from the caller's Docker and Bake settings. */
export function runCli(args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  return runProgram(process.execPath, [cliPath, ...args], options)
}

/** Runs any program and collects its output; a non-zero exit code is a result, not an error. */
export function runProgram(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  const timeoutMs = options.timeoutMs ?? 60_000
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: options.cwd ?? repoRoot,
      env: cleanEnv(options.env),
      stdio: 'pipe',
    })
    let stdout = ''
    let stderr = ''
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`${program} ${args.join(' ')} still ran after ${timeoutMs} ms\n${stderr}`))
    }, timeoutMs)
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    child.stdin.on('error', () => {})
    child.stdin.end(options.stdin ?? '')
    child.on('error', (error) => {
      clearTimeout(timer)
      reject(error)
    })
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      resolve({ code: code ?? (signal === null ? 1 : 128), stdout, stderr })
    })
  })
}

function cleanEnv(extra: RunOptions['env'] = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !steering.test(name))
  const all = [...kept, ...Object.entries(extra)].filter(([, value]) => value !== undefined)
  return Object.fromEntries(all)
}
