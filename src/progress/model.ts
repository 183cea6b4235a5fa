import type { StatusUpdate, Vertex, VertexLog, VertexStatus, VertexWarning } from '../core/event/event.ts'
import { Intervals } from './intervals.ts'
import { LogLines } from './log-lines.ts'

/** A sub-step of a step, the latest known state. */
export interface StepStatus {
  readonly id: string
  readonly current: number
  readonly total: number
  readonly timestampMs: number
  readonly startedMs?: number
  readonly completedMs?: number
}

/** One displayed step: a vertex, or a progress group that stands for several vertices (spec buildkit 11.1). */
export interface Step {
  readonly key: string
  name: string
  cached: boolean
  error: string
  readonly intervals: Intervals
  /** In order of first sight. */
  readonly statuses: Map<string, StepStatus>
  readonly warnings: VertexWarning[]
  readonly logs: LogLines
  /** Members of a progress group, by digest. */
  readonly members: Map<string, Vertex>
}

/** Everything known about a run, folded from status updates. No clock, no output. */
export class ProgressModel {
  readonly #steps = new Map<string, Step>()
  readonly #keyOfVertex = new Map<string, string>()
  readonly #changed = new Set<string>()
  readonly #changedStatuses = new Map<string, Set<string>>()
  readonly #started: Step[] = []
  readonly #warnings = new Map<string, VertexWarning>()

  /** Steps that have started, in that order. */
  get started(): readonly Step[] {
    return this.#started
  }
  /** Distinct warnings of the whole run, in order of arrival. */
  get warnings(): readonly VertexWarning[] {
    return [...this.#warnings.values()]
  }

  step(key: string): Step | undefined {
    return this.#steps.get(key)
  }

  apply(update: StatusUpdate): void {
    for (const vertex of update.vertexes) this.#vertex(vertex)
    for (const status of update.statuses) this.#status(status)
    for (const warning of update.warnings) this.#warning(warning)
    for (const log of update.logs) this.#log(log)
  }

  /** Keys of steps that changed since they were last taken, and their changed statuses. */
  get changed(): ReadonlySet<string> {
    return this.#changed
  }
  takeChange(key: string): ReadonlySet<string> {
    this.#changed.delete(key)
    const statuses = this.#changedStatuses.get(key) ?? new Set<string>()
    this.#changedStatuses.delete(key)
    return statuses
  }

  #vertex(vertex: Vertex): void {
    const group = vertex.progressGroup
    if (group?.weak && !this.#steps.has(groupKey(group.id))) return
    const key = group ? groupKey(group.id) : vertex.digest
    this.#keyOfVertex.set(vertex.digest, key)
    const step = this.#open(key, group?.name ?? vertex.name)
    const known = step.members.get(vertex.digest)
    // An announcement behind the start must not take the start back.
    if (known?.startedMs !== undefined && vertex.startedMs === undefined) return
    step.members.set(vertex.digest, vertex)
    step.name = group?.name ?? vertex.name
    if (known && isSameState(known, vertex)) return
    const members = [...step.members.values()]
    step.cached = members.every((m) => m.cached)
    step.error = members.find((m) => m.error)?.error ?? ''
    if (vertex.startedMs === undefined) return
    const fresh = step.intervals.isEmpty
    step.intervals.set(vertex.digest, vertex.startedMs, vertex.completedMs)
    if (fresh) this.#started.push(step)
    this.#changed.add(key)
  }

  #status(status: VertexStatus): void {
    const step = this.#stepOf(status.vertex)
    if (!step) return
    const known = step.statuses.get(status.id)
    step.statuses.set(status.id, status)
    if (known && isSameProgress(known, status)) return
    const changed = this.#changedStatuses.get(step.key) ?? new Set<string>()
    this.#changedStatuses.set(step.key, changed.add(status.id))
    this.#changed.add(step.key)
  }

  #warning(warning: VertexWarning): void {
    const { vertex, source, detail, ...rest } = warning
    const key = JSON.stringify([rest, detail, source?.filename])
    const isNew = !this.#warnings.has(key)
    this.#warnings.set(key, warning)
    const step = this.#stepOf(vertex)
    if (!step || !isNew) return
    step.warnings.push(warning)
    this.#changed.add(step.key)
  }

  #log(log: VertexLog): void {
    const step = this.#stepOf(log.vertex)
    if (!step) return
    const startMs = step.intervals.latest?.startMs ?? log.timestampMs
    step.logs.append(log.data, (log.timestampMs - startMs) / 1000)
    this.#changed.add(step.key)
  }

  #stepOf(vertex: string): Step | undefined {
    return this.#steps.get(this.#keyOfVertex.get(vertex) ?? vertex)
  }

  #open(key: string, name: string): Step {
    const known = this.#steps.get(key)
    if (known) return known
    const step: Step = {
      key,
      name,
      cached: false,
      error: '',
      intervals: new Intervals(),
      statuses: new Map(),
      warnings: [],
      logs: new LogLines(),
      members: new Map(),
    }
    this.#steps.set(key, step)
    return step
  }
}

/** Whether the error only says that the build was cancelled. */
export function isCanceled(step: Step): boolean {
  return step.error.endsWith('context canceled')
}

export function isDone(step: Step): boolean {
  return step.intervals.isClosed
}

/** Targets that share a step all report it; only what is new counts as a change. */
function isSameState(a: Vertex, b: Vertex): boolean {
  return (
    a.startedMs === b.startedMs &&
    a.completedMs === b.completedMs &&
    a.cached === b.cached &&
    (a.error ?? '') === (b.error ?? '')
  )
}

function isSameProgress(a: StepStatus, b: StepStatus): boolean {
  return a.current === b.current && a.total === b.total && a.completedMs === b.completedMs
}

function groupKey(id: string): string {
  return `group:${id}`
}
