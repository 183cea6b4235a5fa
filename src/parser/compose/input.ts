import type { Checked } from '../../core/diag/diagnostic.ts'
import type { SourceFile } from '../../core/source/source-file.ts'
import type { ComposeDefinition } from '../definition.ts'

/** What reading a path gave: a text, nothing there, or why it could not be read. */
export type ReadText =
  | { readonly kind: 'text'; readonly file: SourceFile }
  | { readonly kind: 'missing' }
  | { readonly kind: 'failed'; readonly message: string }

/** Compose files and everything they may depend on. */
export interface ComposeInput {
  /** In merge order. */
  readonly files: readonly SourceFile[]
  /** The environment, empty when its lookup is switched off. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** `.env` of the working directory, when there is one. */
  readonly dotenv?: SourceFile
  /** `--var` values; they win over everything. */
  readonly vars: ReadonlyMap<string, string>
  /** Absolute working directory with forward slashes. */
  readonly cwd: string
  /** Files that were wanted before (`extends`, `include`, `env_file`, `.env` of includes), by the wanted path. */
  readonly texts: ReadonlyMap<string, ReadText>
}

/** Reading is pure: files that turn out to be needed are asked for, and the caller reads and asks again. */
export type ComposeResult =
  | { readonly kind: 'wants'; readonly paths: readonly string[] }
  | { readonly kind: 'done'; readonly result: Checked<ComposeDefinition> }
