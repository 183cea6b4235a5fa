import type { SourceFile } from '../../core/source/source-file.ts'
import type { Environment } from './environment.ts'
import type { ComposeDocument, MappingNode } from './node.ts'
import type { Locator } from './paths.ts'
import type { Session } from './session.ts'

/** One Compose file of a project, and the name the reference gives it. */
export interface ProjectFile {
  readonly name: string
  readonly file: SourceFile
}

/** Files that are merged into one model, and where names and paths in them come from. */
export interface Project {
  readonly files: readonly ProjectFile[]
  /** What relative paths are put behind in the end; empty for the working directory. */
  readonly folder: string
  /** Where other files are looked for. */
  readonly locator: Locator
  readonly environment: Environment
  /** Files that are being included, the outermost first. */
  readonly included: readonly string[]
}

/** What is left out when a file is read for `extends` only. */
export type Scope = 'whole' | 'services'

/** A file's model and what its last document clears elsewhere. */
export interface FileModel {
  readonly model: MappingNode
  readonly cleared: ComposeDocument['cleared']
}

/** Loads further files and projects that a file asks for. */
export interface Loader {
  loadProject(project: Project, session: Session): MappingNode
  loadFile(file: ProjectFile, project: Project, scope: Scope, session: Session): FileModel
}
