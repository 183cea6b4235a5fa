import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runCommandLine } from '../../src/cli/run.ts'
import { createMemoryHost } from '../../src/host/memory-host.ts'
import { createNodeHost } from '../../src/host/node-host.ts'
import { DEFAULT_FILES } from '../../src/load/files.ts'
import type { Outcome } from './case.ts'
import { difference } from './compare.ts'
import { execute } from './reference.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

/** Says in a folder of a definition why the reference is not asked: its release differs on purpose. */
const SKIP = 'oracle.skip'

/** Runs of the reference before a plan counts as different: it orders some things at random. */
const TRIES = 6

/** Compares every folder below fixtures/ and examples/ that holds a definition; 0 when all agree. */
export async function compareFixtures(program: string): Promise<number> {
  let same = 0
  let different = 0
  for (const dir of folders()) {
    const name = relative(root, dir)
    const skip = join(dir, SKIP)
    if (existsSync(skip)) {
      console.log(`skipped ${name}: ${readFileSync(skip, 'utf8').trim()}`)
      continue
    }
    for (const args of argumentLists(dir)) {
      const found = await compareFolder(program, dir, args)
      if (found === undefined) same++
      else {
        different++
        console.log(`=== ${name} ${args.join(' ')}: ${found}`)
      }
    }
  }
  console.log(`fixtures: ${same} the same, ${different} different`)
  return different === 0 ? 0 : 1
}

function folders(): string[] {
  return ['fixtures', 'examples']
    .flatMap((top) => readdirSync(join(root, top), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && DEFAULT_FILES.includes(entry.name))
    .map((entry) => entry.parentPath)
    .filter((dir, at, all) => all.indexOf(dir) === at)
    .sort()
}

/** What a folder's `args.json` lists, or nothing but the default target. */
function argumentLists(dir: string): readonly (readonly string[])[] {
  const file = join(dir, 'args.json')
  if (!existsSync(file)) return [[]]
  const read: unknown = JSON.parse(readFileSync(file, 'utf8'))
  return [Array.isArray(read) ? read.map(String) : []]
}

async function compareFolder(
  program: string,
  dir: string,
  args: readonly string[],
): Promise<string | undefined> {
  const full = ['bake', '--print', '--progress=quiet', ...args]
  const ours = await runHere(full, dir)
  for (let i = 0; i < TRIES; i++) {
    const theirs = await execute(program, full, dir, {})
    const found = difference(ours, theirs)
    if (found === undefined) return undefined
    if (i === TRIES - 1)
      return `${found}\n    ours: ${ours.error || ours.plan}\n    reference: ${theirs.error || theirs.plan}`
  }
  return undefined
}

/** The folder as it is on disk, but no environment besides HOME and nothing on the terminal. */
async function runHere(args: readonly string[], dir: string): Promise<Outcome> {
  const shown = createMemoryHost()
  const disk = createNodeHost(() => shown.signal)
  const host = Object.create(disk, {
    cwd: { value: dir },
    env: { value: { HOME: join(dir, 'home') } },
    stdout: { value: shown.stdout },
    stderr: { value: shown.stderr },
  }) as typeof disk
  const status = await runCommandLine(args, host)
  const accepted = status === 0
  return {
    accepted,
    plan: accepted ? shown.stdoutText() : '',
    error: accepted ? '' : status === 1 ? shown.stderrText().trim() : `exit ${status}: ${shown.stderrText()}`,
  }
}
