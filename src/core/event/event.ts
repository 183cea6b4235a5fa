/** One step of a build at BuildKit, converted from the wire (spec buildkit 2.3). Times in ms since the epoch. */
export interface Vertex {
  readonly digest: string
  readonly name: string
  readonly inputs: readonly string[]
  readonly cached: boolean
  readonly startedMs?: number
  readonly completedMs?: number
  /** Empty or absent: no error. */
  readonly error?: string
  readonly progressGroup?: { readonly id: string; readonly name: string; readonly weak: boolean }
}
/** Progress of one thing inside a vertex (a layer, an upload); `total` 0 = unknown. */
export interface VertexStatus {
  readonly id: string
  readonly vertex: string
  readonly name: string
  readonly current: number
  readonly total: number
  readonly timestampMs: number
  readonly startedMs?: number
  readonly completedMs?: number
}
export interface VertexLog {
  readonly vertex: string
  /** 1 stdout, 2 stderr. */
  readonly stream: number
  readonly data: Uint8Array
  readonly timestampMs: number
}
/** A place in a Dockerfile: 1-based lines, 0-based characters, as BuildKit gives them. */
export interface SourceRange {
  readonly start: { readonly line: number; readonly character: number }
  readonly end: { readonly line: number; readonly character: number }
}
export interface SourceInfo {
  readonly filename: string
  readonly data: Uint8Array
  readonly language: string
}
export interface VertexWarning {
  readonly vertex: string
  readonly level: number
  readonly short: string
  readonly detail: readonly string[]
  readonly url: string
  readonly source?: SourceInfo
  readonly ranges: readonly SourceRange[]
}

/** One status message: everything that changed at once. */
export interface StatusUpdate {
  readonly vertexes: readonly Vertex[]
  readonly statuses: readonly VertexStatus[]
  readonly logs: readonly VertexLog[]
  readonly warnings: readonly VertexWarning[]
}

/** How a target ended. */
export type TargetOutcome =
  | { readonly kind: 'succeeded'; readonly response: Readonly<Record<string, string>> }
  | { readonly kind: 'failed'; readonly error: Error }
  /** It was stopped, or failed with a target it links to. */
  | { readonly kind: 'canceled' }
  /** The run ended, or a target it links to failed, before its turn came. */
  | { readonly kind: 'unstarted' }

/** What the executor tells while it works. `target` is absent for steps of the run itself. */
export type BuildEvent =
  | { readonly kind: 'status'; readonly target?: string; readonly update: StatusUpdate }
  /** Told once more for each further attempt. */
  | { readonly kind: 'target-started'; readonly target: string; readonly ref: string }
  | {
      readonly kind: 'target-ended'
      readonly target: string
      /** Of the last attempt; empty when there was none. */
      readonly ref: string
      readonly outcome: TargetOutcome
    }
  /** A line for people outside of any step, e.g. a warning about missing outputs. */
  | { readonly kind: 'notice'; readonly severity: 'info' | 'warning'; readonly text: string }

/** An empty update to spread changes over. */
export const NO_UPDATE: StatusUpdate = { vertexes: [], statuses: [], logs: [], warnings: [] }
