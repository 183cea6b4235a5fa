import type { SourceInfo, SourceRange } from '../../core/event/event.ts'

/** String map sent to frontends, exporters and caches. */
export type StringMap = Readonly<Record<string, string>>

/** An encoded LLB graph, passed on untouched. */
export type Definition = Uint8Array & { readonly __brand: 'Definition' }
/** Encoded attestations of a frontend result, handed back to the daemon untouched. */
export type Attestations = Uint8Array & { readonly __brand: 'Attestations' }
/** An encoded static source policy (spec buildkit 2.6); made by `parseSourcePolicy`. */
export type SourcePolicy = Uint8Array & { readonly __brand: 'SourcePolicy' }

/** Repeated values as arrays; names in any case. */
export type Headers = Readonly<Record<string, string | readonly string[]>>

export interface DaemonVersion {
  readonly package: string
  readonly version: string
  readonly revision: string
}

/** Times in ms, sizes in bytes. */
export interface GcPolicy {
  readonly all: boolean
  readonly filters: readonly string[]
  readonly keepDurationMs: number
  readonly reservedBytes: number
  readonly maxUsedBytes: number
  readonly minFreeBytes: number
}

/** A worker of a daemon (spec buildkit 2.4). */
export interface WorkerInfo {
  readonly id: string
  readonly labels: StringMap
  /** `os/arch[/variant]` as the daemon says, in its order. */
  readonly platforms: readonly string[]
  readonly version?: DaemonVersion
  readonly gcPolicies: readonly GcPolicy[]
}

export interface TypedAttrs {
  readonly type: string
  readonly attrs: StringMap
}

/** One build at the daemon (spec buildkit 2.1). Neither `frontend` nor `definition`: a gateway build led by us. */
export interface SolveSpec {
  /** Made by `newRef`; status is followed by it. */
  readonly ref: string
  readonly session: string
  readonly frontend?: string
  readonly definition?: Definition
  readonly frontendAttrs: StringMap
  readonly frontendInputs?: ReadonlyMap<string, Definition>
  /** The index is the exporter id of file sending. */
  readonly exporters: readonly TypedAttrs[]
  readonly cacheImports: readonly TypedAttrs[]
  readonly cacheExports: readonly TypedAttrs[]
  readonly entitlements: readonly string[]
  /** Not recorded in the daemon's history. Default false. */
  readonly internal?: boolean
  readonly sourcePolicy?: SourcePolicy
}

export interface SolveResult {
  readonly exporterResponse: StringMap
}

/** One result of the gateway. An empty `id` is an empty image: never evaluate or read it. */
export interface GatewayRef {
  readonly id: string
  readonly definition?: Definition
}

/** What a frontend returned (spec buildkit 3.2). */
export interface GatewayResult {
  /** `map` is keyed by platform id, in the daemon's order. `none`: no result at all. */
  readonly refs:
    | { readonly kind: 'none' }
    | { readonly kind: 'single'; readonly ref: GatewayRef }
    | { readonly kind: 'map'; readonly refs: ReadonlyMap<string, GatewayRef> }
  readonly metadata: ReadonlyMap<string, Uint8Array>
  readonly attestations: ReadonlyMap<string, Attestations>
}

/** A frontend run inside a gateway build. */
export interface GatewaySolveSpec {
  /** Empty: solve `definition` itself. */
  readonly frontend: string
  readonly frontendOpt: StringMap
  readonly frontendInputs?: ReadonlyMap<string, Definition>
  readonly definition?: Definition
  readonly cacheImports?: readonly TypedAttrs[]
  /** Wait until everything is built, not only planned. Default false. */
  readonly evaluate?: boolean
  readonly sourcePolicy?: SourcePolicy
}

/** What a daemon answers to a gateway ping: enabled capabilities only. */
export interface GatewayInfo {
  readonly frontendCaps: ReadonlySet<string>
  readonly llbCaps: ReadonlySet<string>
  readonly workers: readonly WorkerInfo[]
}

/** A file of a build result; `mode` holds Go file mode bits. */
export interface ResultEntry {
  readonly path: string
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly sizeBytes: number
  readonly modTimeMs: number
  readonly linkname: string
}

/** A record of the daemon's build cache (spec buildkit 2.4). */
export interface UsageRecord {
  readonly id: string
  readonly mutable: boolean
  readonly inUse: boolean
  readonly shared: boolean
  readonly sizeBytes: number
  readonly createdMs?: number
  /** Absent: never used. */
  readonly lastUsedMs?: number
  readonly usageCount: number
  readonly description: string
  readonly recordType: string
  readonly parents: readonly string[]
}

export interface PruneSpec {
  readonly filters: readonly string[]
  readonly all: boolean
  readonly keepDurationMs?: number
  readonly reservedBytes?: number
  readonly maxUsedBytes?: number
  readonly minFreeBytes?: number
}

export interface ContentDescriptor {
  readonly mediaType: string
  readonly digest: string
  readonly sizeBytes: number
  readonly annotations: StringMap
}

export interface HistoryQuery {
  readonly activeOnly?: boolean
  /** End after the existing records instead of following new ones. */
  readonly earlyExit?: boolean
  readonly ref?: string
  readonly filters?: readonly string[]
  readonly limit?: number
}

/** What one build left behind, for one platform or for all. */
export interface HistoryResult {
  readonly attestations: readonly ContentDescriptor[]
  /** By exporter index. */
  readonly results: ReadonlyMap<number, ContentDescriptor>
}

/** A past or running build kept by the daemon (spec buildkit 2.5). */
export interface HistoryRecord {
  readonly ref: string
  readonly frontend: string
  readonly frontendAttrs: StringMap
  readonly exporters: readonly TypedAttrs[]
  readonly error?: { readonly code: number; readonly message: string }
  readonly createdMs?: number
  readonly completedMs?: number
  readonly exporterResponse: StringMap
  readonly result?: HistoryResult
  /** By platform id. */
  readonly results: ReadonlyMap<string, HistoryResult>
  readonly logs?: ContentDescriptor
  readonly trace?: ContentDescriptor
  readonly externalError?: ContentDescriptor
  readonly generation: number
  readonly pinned: boolean
  readonly cachedSteps: number
  readonly totalSteps: number
  readonly completedSteps: number
  readonly warnings: number
}

export interface HistoryEvent {
  readonly kind: 'started' | 'complete' | 'deleted'
  readonly record: HistoryRecord
}

export type HistoryChange = 'pin' | 'unpin' | 'delete' | 'finalize'

/** A place in a source file that an error points at. */
export interface ErrorSource {
  readonly info: SourceInfo
  readonly ranges: readonly SourceRange[]
}

/** What the daemon attached to a failed call (spec buildkit 13.1). */
export interface ErrorDetails {
  /** Digest of the failed step. */
  readonly vertex?: string
  /** Outermost first. */
  readonly sources: readonly ErrorSource[]
  readonly solve?: {
    readonly inputIds: readonly string[]
    readonly mountIds: readonly string[]
    readonly description: StringMap
  }
  readonly frontend?: { readonly name: string; readonly source: string }
  /** The frontend lacks this capability. */
  readonly frontendCap?: string
  /** The frontend lacks this subrequest. */
  readonly subrequest?: string
}
