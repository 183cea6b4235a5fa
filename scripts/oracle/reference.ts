import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { allFiles, bakeArguments, type OracleCase, type Outcome } from './case.ts'

/** A run of the reference that takes longer is given up: it hangs. */
const TIMEOUT_MS = 30_000

/** The reference program: docker-buildx, run once for every case in a folder of its own. */
export class Reference {
  private readonly program: string
  private folder: string | undefined
  private runs = 0

  constructor(program: string) {
    this.program = program
  }

  /** How often the program was run. */
  get count(): number {
    return this.runs
  }

  async run(one: OracleCase): Promise<Outcome> {
    this.folder ??= await mkdtemp(join(tmpdir(), 'bakekit-oracle-'))
    const dir = join(this.folder, String(this.runs++))
    await mkdir(join(dir, 'home'), { recursive: true })
    for (const [name, text] of allFiles(one)) {
      await mkdir(dirname(join(dir, name)), { recursive: true })
      await writeFile(join(dir, name), text)
    }
    try {
      return await execute(this.program, bakeArguments(one), dir, one.env)
    } finally {
      await rm(dir, { recursive: true, force: true })
    }
  }

  async close(): Promise<void> {
    if (this.folder !== undefined) await rm(this.folder, { recursive: true, force: true })
  }
}

/** Runs in a given folder, for definitions that are on disk. */
export function execute(
  program: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...env, HOME: join(cwd, 'home'), BUILDX_CONFIG: join(tmpdir(), 'bakekit-oracle-config') },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: TIMEOUT_MS,
      killSignal: 'SIGKILL',
    })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    child.on('error', reject)
    child.on('close', (status) => {
      const accepted = status === 0
      resolve({ accepted, plan: accepted ? stdout : '', error: accepted ? '' : errorOf(stderr) })
    })
  })
}

function errorOf(stderr: string): string {
  const panic = /^panic: .*/m.exec(stderr)
  if (panic !== null) return panic[0]
  const at = stderr.startsWith('ERROR: ') ? 0 : stderr.lastIndexOf('\nERROR: ') + 1
  return stderr.slice(at).trim()
}
