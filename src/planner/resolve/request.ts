import type { Diagnostic } from '../../core/diag/diagnostic.ts'
import type { Override } from './override.ts'

/** Flags that act on every target after `--set` (spec bake 7.4). An absent key means "flag not given". */
export interface PlanFlags {
  readonly push?: boolean
  readonly load?: boolean
  /** The method of `--call`, already without `format=` and the like; `build` is the same as absent. */
  readonly call?: string
  readonly noCache?: boolean
  readonly pull?: boolean
  /** The value of `--sbom`, `--provenance`: a boolean text or attributes. */
  readonly sbom?: string
  readonly provenance?: string
  /** Values of `--policy`. */
  readonly policy?: readonly string[]
}

/** What to plan out of a definition. */
export interface PlanRequest {
  /** As typed; empty means `default`. */
  readonly targets: readonly string[]
  /** In command-line order. */
  readonly overrides: readonly Override[]
  /** Mistakes in overrides that could not be read, told before those of the override that has the number `before`. */
  readonly unreadable?: readonly { readonly before: number; readonly diagnostic: Diagnostic }[]
  readonly flags?: PlanFlags
  /** Non-empty: build argument of every target that lacks one (spec bake 1.4). */
  readonly sourceDateEpoch?: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Whether `--set T.args.NAME` without a value may read `env`. */
  readonly envLookup: boolean
  /** The git URL the definition came from: contexts inside it become URLs (spec bake 11.3). */
  readonly remoteUrl?: string
}
