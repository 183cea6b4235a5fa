import type { SourceFile } from '../../core/source/source-file.ts'
import type { Body } from '../../parser/body.ts'
import type { ComposeDefinition } from '../../parser/definition.ts'
import type { CallWorld } from '../../parser/scope.ts'

/** One parsed HCL or JSON file. `dir` is its directory for file-relative paths; absent for stdin and URLs. */
export interface DefinitionFile {
  readonly file: SourceFile
  readonly body: Body
  readonly dir?: string
}

/** Everything that decides what a bake definition means. Plain data; nothing is read from the process. */
export interface DefinitionInputs {
  /** In merge order. */
  readonly bodies: readonly DefinitionFile[]
  readonly compose?: ComposeDefinition
  /** `--var NAME=VALUE`, last one wins. */
  readonly vars: ReadonlyMap<string, string>
  readonly env: Readonly<Record<string, string | undefined>>
  /** Whether variables may take values from `env`. */
  readonly envLookup: boolean
  readonly builtins: { readonly cmdContext: string; readonly localPlatform: string }
  readonly world: CallWorld
  /** Whether `context` and `contexts` start from the file that set them (spec bake 1.7). */
  readonly relativePaths: boolean
  /** Directory of the first Compose file, for `relativePaths`. */
  readonly composeDir?: string
  /** Told before blocks that stand for very many targets are evaluated. */
  readonly expectMuchWork?: () => void
}
