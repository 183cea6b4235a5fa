import type { BuildEvent, StatusUpdate, VertexWarning } from '../core/event/event.ts'
import type { ProgressOutput, Renderer } from './renderer.ts'

/** One JSON object per status message, unbuffered (spec buildkit 11.3 rawjson). */
export class RawJsonRenderer implements Renderer {
  readonly #out: ProgressOutput

  constructor(out: ProgressOutput) {
    this.#out = out
  }

  event(event: BuildEvent): void {
    if (event.kind === 'status') this.#out.write(`${JSON.stringify(toJson(event.update))}\n`)
  }

  end(): void {}
}

/** Zero values are left out, except amounts, data and times of statuses and logs. */
function toJson(update: StatusUpdate): Record<string, unknown> {
  const lists = {
    vertexes: update.vertexes.map((v) =>
      omitEmpty({
        digest: v.digest,
        inputs: v.inputs,
        name: v.name,
        started: time(v.startedMs),
        completed: time(v.completedMs),
        cached: v.cached,
        error: v.error,
        progressGroup: v.progressGroup && omitEmpty({ ...v.progressGroup }),
      }),
    ),
    statuses: update.statuses.map((s) => ({
      ...omitEmpty({ id: s.id, vertex: s.vertex, name: s.name, total: s.total }),
      current: s.current,
      timestamp: time(s.timestampMs) ?? ZERO_TIME,
      ...omitEmpty({ started: time(s.startedMs), completed: time(s.completedMs) }),
    })),
    logs: update.logs.map((l) => ({
      ...omitEmpty({ vertex: l.vertex, stream: l.stream }),
      data: Buffer.from(l.data).toString('base64'),
      timestamp: time(l.timestampMs) ?? ZERO_TIME,
    })),
    warnings: update.warnings.map(warningJson),
  }
  return omitEmpty(lists)
}

function warningJson(w: VertexWarning): Record<string, unknown> {
  const source = w.source && {
    filename: w.source.filename,
    data: Buffer.from(w.source.data).toString('base64'),
    language: w.source.language,
  }
  return omitEmpty({
    vertex: w.vertex,
    level: w.level,
    short: Buffer.from(w.short).toString('base64'),
    detail: w.detail.map((d) => Buffer.from(d).toString('base64')),
    url: w.url,
    sourceInfo: source && omitEmpty(source),
    range: w.ranges,
  })
}

const ZERO_TIME = '0001-01-01T00:00:00Z'

/** RFC 3339 with as many digits as needed, up to nanoseconds. */
function time(ms: number | undefined): string | undefined {
  if (ms === undefined) return undefined
  if (ms <= 0) return ZERO_TIME
  const whole = Math.floor(ms / 1000)
  const nanos = Math.round((ms - whole * 1000) * 1e6)
  const fraction = String(nanos).padStart(9, '0').replace(/0+$/, '')
  return `${new Date(whole * 1000).toISOString().slice(0, 19)}${fraction === '' ? '' : `.${fraction}`}Z`
}

function omitEmpty(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, v]) => !isZero(v)))
}

function isZero(value: unknown): boolean {
  return (
    value === undefined ||
    value === '' ||
    value === 0 ||
    value === false ||
    (Array.isArray(value) && value.length === 0)
  )
}
