import type { Builder } from '../../builder/builder.ts'
import type { Diagnostic } from '../../core/diag/diagnostic.ts'
import type { BuildEvent } from '../../core/event/event.ts'
import type { FileTable } from '../../core/source/file-table.ts'
import type { DefinitionFile } from '../../load/files.ts'
import type { GitAuth } from '../../load/remote/git-auth.ts'
import type { BakeDefinition } from '../../planner/definition/definition.ts'
import type { Plan } from '../../planner/plan.ts'
import type { Renderer } from '../../progress/renderer.ts'
import type { CommandInput } from '../command.ts'
import type { BakeOptions } from './bake-options.ts'

/** A definition that was fetched by the builder, and how its reading goes on being shown. */
export interface RemoteDefinition {
  /** Fetched files, then those of this machine. */
  readonly files: readonly DefinitionFile[]
  /** Where its relative contexts lie; absent when on this machine. */
  readonly treeUrl?: string
  readonly gitAuth?: GitAuth
  /** Nothing is left to show: the steps were shown while they happened. */
  readonly reading: BuildEvent
  /** Ends the display of reading, so that text can be written. */
  endReading(): void
  /** The display, when it is still open: a build goes on in it and ends it. */
  openProgress(): Renderer | undefined
  /** The plan as it is built; `--print` shows the one it is made of. */
  settle(plan: Plan): Plan
  /** What cannot be built from a fetched definition. */
  check(plan: Plan): Promise<readonly Diagnostic[]>
}

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
