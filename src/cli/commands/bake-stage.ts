import type { Builder } from '../../builder/builder.ts'
import type { Diagnostic } from '../../core/diag/diagnostic.ts'
import type { BuildEvent } from '../../core/event/event.ts'
import type { FileTable } from '../../core/source/file-table.ts'
import type { BakeDefinition } from '../../planner/definition/definition.ts'
import type { Plan } from '../../planner/plan.ts'
import type { CommandInput } from '../command.ts'
import type { BakeOptions } from './bake-options.ts'
import type { RemoteDefinition } from './bake-remote.ts'

/** A run on its way: what earlier stages found out. */
export interface Stage {
  readonly input: CommandInput
  readonly options: BakeOptions
  readonly table: FileTable
  /** Shows diagnostics; true when the run has to stop. */
  readonly stop: (found: readonly Diagnostic[]) => boolean
}

/** What a real build takes over from planning. */
export interface BakeRun {
  readonly plan: Plan
  readonly builder: Builder
  readonly definition: BakeDefinition
  /** The step of reading the definition, to be shown first. */
  readonly reading: BuildEvent
  readonly options: BakeOptions
  /** A definition that was fetched; `plan` is settled for it. */
  readonly remote?: RemoteDefinition
  readonly table: FileTable
  readonly input: CommandInput
}
