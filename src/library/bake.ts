import { openBuilder } from '../builder/open-builder.ts'
import { type Diagnostic, hasErrors } from '../core/diag/diagnostic.ts'
import type { BuildEvent } from '../core/event/event.ts'
import { BuildFailure } from '../core/failure.ts'
import { runBuild } from '../executor/run-build.ts'
import { createNodeHost } from '../host/node-host.ts'
import { hostWith, type LoadOptions, loadDefinition, type PlanOptions, plan } from './definition.ts'

/** What to bake and how to follow it. */
export interface BakeOptions extends LoadOptions, PlanOptions {
  /** As `--builder`. */
  readonly builder?: string
  /** Ends the run; the reason survives. */
  readonly signal?: AbortSignal
  /** Called for every step, log line and ended target, in order. */
  readonly onEvent?: (event: BuildEvent) => void
}

/** How a bake ended. Diagnostics hold warnings too. */
export type BakeResult =
  | {
      readonly ok: true
      /** What BuildKit answered, by target: digests and names. */
      readonly targets: ReadonlyMap<string, Readonly<Record<string, string>>>
      readonly diagnostics: readonly Diagnostic[]
    }
  | { readonly ok: false; readonly failure?: BuildFailure; readonly diagnostics: readonly Diagnostic[] }

/**
 * Reads, plans and builds, as the command line does, without printing. Entitlements are not asked for:
 * what runs this code decides what it builds. Resolves also when a target fails; rejects for defects only.
 */
export async function bake(options: BakeOptions = {}): Promise<BakeResult> {
  const loaded = await loadDefinition(options)
  if (hasErrors(loaded.diagnostics)) return { ok: false, diagnostics: loaded.diagnostics }
  const planned = plan(loaded.value, options)
  const found = [...loaded.diagnostics, ...planned.diagnostics]
  if (hasErrors(found)) return { ok: false, diagnostics: found }
  const host = hostWith(createNodeHost(options.signal ?? new AbortController().signal), options)
  try {
    await using builder = await openBuilder(options.builder, host)
    const report = options.onEvent ?? (() => {})
    const outcome = await runBuild({ plan: planned.value, builder, host, settings: {}, report })
    const diagnostics = [...found, ...outcome.diagnostics]
    if (outcome.kind === 'succeeded') return { ok: true, targets: outcome.responses, diagnostics }
    return 'failure' in outcome
      ? { ok: false, failure: outcome.failure, diagnostics }
      : { ok: false, diagnostics }
  } catch (error) {
    if (error instanceof BuildFailure) return { ok: false, failure: error, diagnostics: found }
    throw error
  }
}
