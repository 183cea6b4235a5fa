import { createHash } from 'node:crypto'
import type { BuildEvent } from '../core/event/event.ts'
import { type LocalStep, startLocalStep } from '../core/event/local-step.ts'
import type { Host } from '../host/host.ts'
import type { Builder, BuilderNode } from './builder.ts'
import { recordActivity } from './store.ts'

/**
 * Brings up all nodes of a builder side by side, telling the steps of those that are not running yet, and notes that
 * the builder is in use. Throws `BuildFailure` (`driver`) of the first node that stays away, or the signal's reason.
 */
export async function bootBuilder(
  builder: Builder,
  host: Host,
  report: (event: BuildEvent) => void,
): Promise<void> {
  // The note is for listings only: a folder that cannot be written must not stop a build.
  if (builder.recorded === true) await recordActivity(builder.name, host).catch(() => {})
  const group = new AbortController()
  const signal = AbortSignal.any([host.signal, group.signal])
  let first: { readonly error: unknown } | undefined
  await Promise.all(
    builder.nodes.map((node) =>
      bootNode(node, host, signal, report).catch((error: unknown) => {
        first ??= { error }
        group.abort(error)
      }),
    ),
  )
  if (first !== undefined) throw first.error
}

async function bootNode(
  node: BuilderNode,
  host: Host,
  signal: AbortSignal,
  report: (event: BuildEvent) => void,
): Promise<void> {
  let step: LocalStep | undefined
  let ended = true
  try {
    for await (const event of node.driver.boot(signal)) {
      if (event.kind === 'status') {
        const { id, current, total, completedMs } = event.status
        step?.status(id, current, total, completedMs === undefined ? 'running' : 'done')
      } else if (event.kind === 'log') step?.log(new TextDecoder().decode(event.log.data))
      else if (event.state === 'started') {
        const digest = `sha256:${createHash('sha256').update(`${node.name} ${event.name}`).digest('hex')}`
        step = startLocalStep(event.name, { now: () => host.now(), digest, emit: report })
        ended = false
      } else {
        if (event.state === 'done') step?.done()
        else step?.fail(event.error ?? 'failed')
        ended = true
      }
    }
  } catch (error) {
    if (!ended) step?.fail(error instanceof Error ? error.message : String(error))
    throw error
  }
}
