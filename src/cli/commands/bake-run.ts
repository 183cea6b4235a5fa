import { hasErrors } from '../../core/diag/diagnostic.ts'
import { type RunOutcome, runBuild } from '../../executor/run-build.ts'
import type { CallAnswers } from '../../progress/call-report.ts'
import { createProgress } from '../../progress/create-progress.ts'
import { failureText } from '../../progress/failure-text.ts'
import { EXIT, exitOf } from '../exit.ts'
import { wantsDebug } from '../global-flags.ts'
import { reportDiagnostics } from '../report.ts'
import { checkPermissions } from './bake-permissions.ts'
import { showReading } from './bake-reading.ts'
import type { BakeRun } from './bake-stage.ts'

/** Builds a plan: permissions, builder, progress, results. Resolves to the exit status. */
export async function runPlan(run: BakeRun): Promise<number> {
  const { plan, builder, options, input, table } = run
  const { host, invocation } = input
  const rawJson = options.progress === 'rawjson'
  const { remote } = run
  let readingShown = false
  const endReading = (): void => {
    if (remote !== undefined) remote.endReading()
    else if (!readingShown) showReading(run.reading, options.progress, host, builder)
    readingShown = true
  }
  try {
    await checkPermissions(plan, {
      granted: options.granted,
      argv: invocation.argv,
      rawJson,
      host,
      isRemote: remote !== undefined,
      beforeText: endReading,
    })
  } catch (error) {
    endReading()
    throw error
  }
  if (plan.requested.length === 0) {
    endReading()
    return EXIT.ok
  }
  const goesOn = remote?.openProgress()
  const progress =
    goesOn ??
    createProgress(options.progress, host.stderr, {
      now: () => host.now(),
      env: host.env,
      builder: { name: builder.name, driver: builder.driver },
      debug: wantsDebug(input),
    })
  if (remote === undefined && !readingShown) progress.event(run.reading)
  let outcome: RunOutcome
  try {
    outcome = await runBuild({
      plan,
      builder,
      host,
      settings: {
        ...options.limits,
        ...(options.metadataFile === undefined ? {} : { metadataFile: options.metadataFile }),
        ...(remote?.gitAuth === undefined ? {} : { gitAuth: remote.gitAuth }),
      },
      report: (event) => progress.event(event),
    })
  } finally {
    progress.end()
  }
  const failed = reportDiagnostics(outcome.diagnostics, table, host, rawJson ? 'json' : 'text')
  if (outcome.kind === 'succeeded') return showCalls(run, outcome.responses)
  if (outcome.kind === 'refused') return failed || hasErrors(outcome.diagnostics) ? EXIT.failed : EXIT.bug
  const failures = outcome.kind === 'failed' ? outcome.failures : [outcome.failure]
  host.stderr.write(failureText(failures))
  return exitOf(outcome.failure)
}

/** Results of targets that were not built but asked about (`--call`) go to stdout; 0 when there are none. */
async function showCalls(run: BakeRun, answers: CallAnswers): Promise<number> {
  const { plan, options, input } = run
  const calls = [...plan.targets.values()].some(({ fields: { call = 'build' } }) => call !== 'build')
  if (!calls) return EXIT.ok
  const { renderCalls } = await import('../../progress/call-report.ts')
  const { format = 'text', ignoreStatus = false } = options.call ?? {}
  const report = renderCalls(plan, answers, { format, ignoreStatus })
  input.host.stdout.write(report.text)
  return report.status
}
