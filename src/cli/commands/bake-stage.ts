import type { BuildEvent } from '../../core/event/event.ts'
import type { FileTable } from '../../core/source/file-table.ts'
import type { BakeDefinition } from '../../planner/definition/definition.ts'
import type { Plan } from '../../planner/plan.ts'
import type { CommandInput } from '../command.ts'
import type { BakeOptions } from './bake-options.ts'

/** What a real build takes over from planning. */
export interface BakeRun {
  readonly plan: Plan
  readonly definition: BakeDefinition
  /** The step of reading the definition, to be shown first. */
  readonly reading: BuildEvent
  readonly options: BakeOptions
  readonly table: FileTable
  readonly input: CommandInput
}
