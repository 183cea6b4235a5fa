import { Writable } from 'node:stream'
import type {
  BuildEvent,
  StatusUpdate,
  Vertex,
  VertexLog,
  VertexStatus,
  VertexWarning,
} from '../../src/core/event/event.ts'
import { NO_UPDATE } from '../../src/core/event/event.ts'
import { createProgress, type DecidedMode } from '../../src/progress/create-progress.ts'

/** A moment of a recorded run, in ms since its begin. */
export interface Moment {
  readonly at: number
  readonly update: Partial<StatusUpdate>
}

export interface ReplayOptions {
  readonly columns?: number
  readonly rows?: number
  readonly env?: Readonly<Record<string, string>>
  readonly debug?: boolean
}

const BEGIN_MS = 1_700_000_000_000

/** What a mode writes for a recorded run, with a clock that only the recording moves. */
export function replay(mode: DecidedMode, moments: readonly Moment[], options: ReplayOptions = {}): string {
  let nowMs = BEGIN_MS
  let timers: { readonly dueMs: number; readonly action: () => void }[] = []
  const chunks: string[] = []
  const sink = new Writable({
    write: (chunk, _encoding, done) => {
      chunks.push(String(chunk))
      done()
    },
  })
  const out = Object.assign(sink, {
    columns: options.columns ?? 80,
    rows: options.rows ?? 24,
    isTTY: mode === 'tty',
  })
  const runUntil = (untilMs: number): void => {
    for (;;) {
      const next = timers.filter((t) => t.dueMs <= untilMs).sort((a, b) => a.dueMs - b.dueMs)[0]
      if (!next) break
      timers = timers.filter((t) => t !== next)
      nowMs = next.dueMs
      next.action()
    }
    nowMs = untilMs
  }
  const progress = createProgress(mode, out, {
    now: () => nowMs,
    schedule: (action, delayMs) => {
      const timer = { dueMs: nowMs + delayMs, action }
      timers.push(timer)
      return () => {
        timers = timers.filter((t) => t !== timer)
      }
    },
    env: options.env ?? {},
    builder: { name: 'default', driver: 'docker' },
    debug: options.debug ?? false,
  })
  for (const { at, update } of moments) {
    runUntil(BEGIN_MS + at)
    const event: BuildEvent = { kind: 'status', update: { ...NO_UPDATE, ...update } }
    progress.event(event)
  }
  progress.end()
  return chunks.join('')
}

/** A step that began and maybe ended, in ms since the begin. */
export function vertex(
  digest: string,
  name: string,
  from?: number,
  to?: number,
  more: Partial<Vertex> = {},
): Vertex {
  return {
    digest,
    name,
    inputs: [],
    cached: false,
    ...(from === undefined ? {} : { startedMs: BEGIN_MS + from }),
    ...(to === undefined ? {} : { completedMs: BEGIN_MS + to }),
    ...more,
  }
}

export function status(
  vertexDigest: string,
  id: string,
  at: number,
  current: number,
  total: number,
  done?: number,
): VertexStatus {
  return {
    id,
    vertex: vertexDigest,
    name: '',
    current,
    total,
    timestampMs: BEGIN_MS + (done ?? at),
    startedMs: BEGIN_MS + at,
    ...(done === undefined ? {} : { completedMs: BEGIN_MS + done }),
  }
}

export function log(vertexDigest: string, at: number, text: string): VertexLog {
  return { vertex: vertexDigest, stream: 1, data: Buffer.from(text), timestampMs: BEGIN_MS + at }
}

export function warning(vertexDigest: string, short: string, line: number): VertexWarning {
  return {
    vertex: vertexDigest,
    level: 1,
    short,
    detail: ['Because.'],
    url: 'https://docs.example/rule',
    source: { filename: 'Dockerfile', data: Buffer.from('from a\nRUN b\n'), language: 'Dockerfile' },
    ranges: [{ start: { line, character: 0 }, end: { line, character: 4 } }],
  }
}
