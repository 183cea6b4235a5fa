import { runCommandLine } from '../../src/cli/run.ts'
import { createMemoryHost } from '../../src/host/memory-host.ts'
import { allFiles, bakeArguments, type OracleCase, type Outcome } from './case.ts'

/** Runs this program on a machine in memory. An exit status other than 0 and 1 is a defect and shows as such. */
export async function runOurs(one: OracleCase): Promise<Outcome> {
  const host = createMemoryHost({
    cwd: '/case',
    homeDir: '/case/home',
    env: { ...one.env, HOME: '/case/home' },
    files: Object.fromEntries(allFiles(one)),
  })
  const status = await runCommandLine(bakeArguments(one), host)
  const stderr = host.stderrText()
  const error =
    /^ERROR: [\s\S]*/m.exec(stderr.slice(Math.max(0, stderr.lastIndexOf('\nERROR: '))))?.[0] ?? stderr
  return {
    accepted: status === 0,
    plan: status === 0 ? host.stdoutText() : '',
    error: status === 0 ? '' : status === 1 ? error.trim() : `exit ${status}: ${stderr.trim()}`,
  }
}
