import { type LocalStep, startLocalStep } from '../core/event/local-step.ts'
import type { RunContext } from './run-types.ts'
import { prefixName } from './status-relay.ts'

/** Starts a step of our own that belongs to a target, shown among the daemon's steps. */
export function startRunStep(name: string, target: string, run: RunContext): LocalStep {
  const digest = `sha256:${Buffer.from(run.host.random(32)).toString('hex')}`
  return startLocalStep(run.prefixed ? prefixName(name, target) : name, {
    now: () => run.host.now(),
    digest,
    emit: (event) => run.report(event.kind === 'status' ? { ...event, target } : event),
  })
}

/** Starts a step of the run itself. */
export function startOwnStep(name: string, run: RunContext): LocalStep {
  const digest = `sha256:${Buffer.from(run.host.random(32)).toString('hex')}`
  return startLocalStep(name, { now: () => run.host.now(), digest, emit: run.report })
}

/** Runs `work` inside such a step; its failure is the step's failure. */
export async function withRunStep<T>(
  name: string,
  target: string,
  run: RunContext,
  work: (step: LocalStep) => Promise<T>,
): Promise<T> {
  const step = startRunStep(name, target, run)
  try {
    const value = await work(step)
    step.done()
    return value
  } catch (error) {
    step.fail(error instanceof Error ? error.message : String(error))
    throw error
  }
}
