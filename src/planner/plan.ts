import type { Span } from '../core/source/source-file.ts'

/** Flat `key -> text` record of an attest, cache or output element, `type` taken out. Keys iterate in source order. */
export type Attrs = Readonly<Record<string, string>>

export interface CacheEntry {
  readonly type: string
  readonly attrs: Attrs
}
export interface OutputEntry {
  readonly type: string
  readonly attrs: Attrs
}
export interface AttestEntry {
  readonly type: string
  readonly disabled: boolean
  readonly attrs: Attrs
}
export interface SecretEntry {
  readonly id: string
  readonly src?: string
  readonly env?: string
}
export interface SshEntry {
  readonly id: string
  readonly paths: readonly string[]
}
export interface ResourcesEntry {
  readonly memory?: string
  readonly memorySwap?: string
  readonly cpuShares?: number
  readonly cpuPeriod?: number
  readonly cpuQuota?: number
  readonly cpusetCpus?: string
  readonly cpusetMems?: string
}
export interface PolicyEntry {
  readonly files: readonly string[]
  readonly reset: boolean
  readonly disabled: boolean
  readonly strict?: boolean
  readonly logLevel?: string
}

/**
 * The fields of a target (spec bake 2.4). An absent key means "not set", never "". Lists and maps keep
 * the order of the reference's result; maps print sorted.
 */
export interface TargetFields {
  readonly description?: string
  readonly annotations?: readonly string[]
  readonly attest?: readonly AttestEntry[]
  readonly context?: string
  readonly contexts?: ReadonlyMap<string, string>
  readonly dockerfile?: string
  readonly dockerfileInline?: string
  readonly args?: ReadonlyMap<string, string>
  readonly labels?: ReadonlyMap<string, string>
  readonly tags?: readonly string[]
  readonly cacheFrom?: readonly CacheEntry[]
  readonly cacheTo?: readonly CacheEntry[]
  readonly target?: string
  readonly secret?: readonly SecretEntry[]
  readonly ssh?: readonly SshEntry[]
  readonly platforms?: readonly string[]
  readonly output?: readonly OutputEntry[]
  readonly pull?: boolean
  readonly noCache?: boolean
  readonly network?: string
  readonly noCacheFilter?: readonly string[]
  readonly shmSize?: string
  readonly ulimits?: readonly string[]
  readonly resources?: ResourcesEntry
  readonly call?: string
  readonly entitlements?: readonly string[]
  readonly extraHosts?: ReadonlyMap<string, string>
  readonly policy?: readonly PolicyEntry[]
}

/** A target with inheritance, overrides and links settled: exactly what `--print` shows, plus links. */
export interface ResolvedTarget {
  readonly name: string
  /** `context` and `dockerfile` are always set here. */
  readonly fields: TargetFields
  /** Targets that `target:` named contexts of this one point at, in order of first use. */
  readonly needs: readonly string[]
  /** Only built because another target links to it. */
  readonly linkedOnly: boolean
  /** Where the target is defined (its label), for warnings and errors of later stages. */
  readonly span?: Span
  /** Where single fields were written, by bake key (`tags`, `output`, `cache-to`, `dockerfile`, ...). */
  readonly fieldSpans?: ReadonlyMap<string, Span>
}

/** What overrides allow by themselves: whoever sets a path or an entitlement means it (spec bake 7.2, 12). */
export interface OverrideGrants {
  readonly entitlements: readonly string[]
  readonly read: readonly string[]
  readonly write: readonly string[]
}

export interface PlannedGroup {
  readonly description?: string
  /** `null` prints as null (Compose without services that build, `targets = null`). */
  readonly targets: readonly string[] | null
}

/** The whole answer of the planner: what `--print` shows. */
export interface Plan {
  /** Sorted by name. */
  readonly groups: ReadonlyMap<string, PlannedGroup>
  /** Sorted by name; linked-only ones included. */
  readonly targets: ReadonlyMap<string, ResolvedTarget>
  /** Names of targets to build, without linked-only ones, in the order of the reference. */
  readonly requested: readonly string[]
  /** Absent: no override grants anything. */
  readonly grants?: OverrideGrants
}
