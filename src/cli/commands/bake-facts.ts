import type { Diagnostic } from '../../core/diag/diagnostic.ts'
import type { Host } from '../../host/host.ts'
import { resolvePath } from '../../load/files.ts'
import type { Plan } from '../../planner/plan.ts'
import { checkFiles, type PathFact, type WantedPath, wantedPaths } from '../../planner/resolve/file-facts.ts'

/** The checks of a plan that need the disk: secret files, ssh agents and keys, output paths (spec bake 10.5). */
export async function checkPlanFiles(plan: Plan, host: Host): Promise<readonly Diagnostic[]> {
  const wanted = wantedPaths(plan, host.env)
  const paths = new Map<string, PathFact>()
  for (const one of wanted) paths.set(one.path, await lookUp(one, host))
  return checkFiles(plan, { paths, env: host.env, stdoutIsTerminal: host.stdout.isTTY === true })
}

async function lookUp(wanted: WantedPath, host: Host): Promise<PathFact> {
  const path = resolvePath(host, wanted.path)
  try {
    const found = await host.stat(path)
    if (found === undefined) return { kind: 'missing', reason: 'no such file or directory' }
    if (found.kind === 'dir') return { kind: 'directory' }
    if (found.kind !== 'file') return { kind: wanted.why === 'ssh' ? 'socket' : 'other' }
    const keyProblem = wanted.why === 'ssh' ? privateKeyProblem(await host.readFile(path)) : undefined
    return { kind: 'file', sizeBytes: found.sizeBytes, ...(keyProblem === undefined ? {} : { keyProblem }) }
  } catch (error) {
    const denied = error instanceof Error && 'code' in error && error.code === 'EACCES'
    const reason = denied ? 'permission denied' : error instanceof Error ? error.message : String(error)
    return { kind: 'unreadable', reason }
  }
}

/** Go's words for a file that holds no private key; whether a key is sound shows when it is used. */
function privateKeyProblem(data: Uint8Array): string | undefined {
  const text = new TextDecoder().decode(data)
  return /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text) ? undefined : 'ssh: no key found'
}
