import { type BuildEvent, NO_UPDATE, type StatusUpdate, type Vertex, type VertexStatus } from './event.ts'

/** A step that this side makes itself, such as `[internal] load local bake definitions`. */
export interface LocalStep {
  /** Progress of one part; `total` 0 = unknown; bytes. */
  status(id: string, current: number, total: number, state: 'running' | 'done'): void
  log(text: string): void
  done(): void
  fail(message: string): void
}

/** What a local step needs from the machine. */
export interface LocalStepContext {
  readonly now: () => number
  /** A digest no other step has: `sha256:` and 64 hex characters. */
  readonly digest: string
  readonly emit: (event: BuildEvent) => void
}

/** Starts a step of the run itself; exactly one of `done` and `fail` ends it. */
export function startLocalStep(name: string, context: LocalStepContext): LocalStep {
  const { now, digest, emit } = context
  const startedMs = now()
  const vertex: Vertex = { digest, name, inputs: [], cached: false, startedMs }
  const statusStarts = new Map<string, number>()
  const send = (change: Partial<StatusUpdate>): void =>
    emit({ kind: 'status', update: { ...NO_UPDATE, ...change } })
  send({ vertexes: [vertex] })
  return {
    status: (id, current, total, state) => {
      const began = statusStarts.get(id) ?? now()
      statusStarts.set(id, began)
      const status: VertexStatus = {
        id,
        vertex: digest,
        name: '',
        current,
        total,
        timestampMs: 0,
        startedMs: began,
        ...(state === 'done' ? { completedMs: now() } : {}),
      }
      send({ statuses: [status] })
    },
    log: (text) =>
      send({
        logs: [{ vertex: digest, stream: 1, data: new TextEncoder().encode(text), timestampMs: now() }],
      }),
    done: () => send({ vertexes: [{ ...vertex, completedMs: now() }] }),
    fail: (message) => send({ vertexes: [{ ...vertex, completedMs: now(), error: message }] }),
  }
}
