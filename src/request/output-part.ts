import type { Diagnostic } from '../core/diag/diagnostic.ts'
import type { ResolvedTarget } from '../planner/plan.ts'
import type { RequestSettings } from './settings.ts'
import type { ContentStore, ExporterRequest, NodeCapabilities } from './types.ts'

/** An output before the node's own rules are applied. */
export interface DraftOutput {
  readonly type: string
  readonly attrs: Readonly<Record<string, string>>
}

/** Exporters of one target on one node, with the client's share of the work (spec buildkit 7.6, 7.8, 8). */
export interface OutputPart {
  readonly exporters: readonly ExporterRequest[]
  readonly stores: readonly ContentStore[]
  readonly enginePush: readonly string[]
  readonly dropResponseKeys: readonly string[]
  /** The result stays in the build cache because nothing was asked for. */
  readonly nothingKept: boolean
}

/** What the rewriting rules look at. */
export interface OutputInput {
  readonly target: ResolvedTarget
  readonly node: NodeCapabilities
  readonly settings: RequestSettings
  readonly platforms: readonly string[]
  readonly split: boolean
  readonly report: (d: Diagnostic) => void
}
