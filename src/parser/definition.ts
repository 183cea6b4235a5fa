import type { Span } from '../core/source/source-file.ts'

/**
 * A target as a Compose service describes it, before merging with HCL and JSON. Element lists keep their
 * string forms (`type=registry,ref=x`); the planner reads them with the same element parsers as everywhere.
 * Keys are bake keys (`cache-from`, `dockerfile-inline`, `no-cache`, ...).
 */
export interface ComposeTarget {
  readonly name: string
  readonly span?: Span
  readonly strings: ReadonlyMap<string, string>
  readonly lists: ReadonlyMap<string, readonly string[]>
  readonly maps: ReadonlyMap<string, ReadonlyMap<string, string>>
  readonly bools: ReadonlyMap<string, boolean>
  /** Secrets and ssh are structured in Compose already. */
  readonly secrets: readonly { readonly id: string; readonly src?: string; readonly env?: string }[]
  readonly ssh: readonly { readonly id: string; readonly paths: readonly string[] }[]
  /** Where single keys were written, by bake key. */
  readonly spans: ReadonlyMap<string, Span>
}

/** Everything Compose files say about builds (spec bake 9). */
export interface ComposeDefinition {
  /** In name order. */
  readonly targets: ReadonlyMap<string, ComposeTarget>
  /**
   * Members of the generated `default` group in name order; null when no service builds, undefined when
   * there are no services and so no group.
   */
  readonly defaultGroup: readonly string[] | null | undefined
}
