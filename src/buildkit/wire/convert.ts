import type { Timestamp } from '@bufbuild/protobuf/wkt'
import type {
  SourceInfo,
  SourceRange,
  StatusUpdate,
  Vertex,
  VertexLog,
  VertexStatus,
  VertexWarning,
} from '../../core/event/event.ts'
import type * as Control from '../gen/control_pb.ts'
import type { Range } from '../gen/ops_pb.ts'
import type { WorkerRecord } from '../gen/worker_pb.ts'
import type { DaemonVersion, GcPolicy, UsageRecord, WorkerInfo } from './types.ts'

const NANOS_PER_MS = 1_000_000

/** Exact below 2^53, clamped above: sizes and counts are shown, never computed with at that scale. */
export function toNumber(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) return Number.MAX_SAFE_INTEGER
  if (value < BigInt(Number.MIN_SAFE_INTEGER)) return Number.MIN_SAFE_INTEGER
  return Number(value)
}

/** Milliseconds since the epoch with the nanoseconds as a fraction, so that order within one ms survives. */
export function toMs(time: Timestamp): number {
  return Number(time.seconds) * 1000 + time.nanos / NANOS_PER_MS
}

/** A duration of the daemon, in nanoseconds. */
export function toNanos(ms: number | undefined): bigint {
  return ms === undefined ? 0n : BigInt(Math.round(ms * NANOS_PER_MS))
}

export function toStatusUpdate(message: Control.StatusResponse): StatusUpdate {
  return {
    vertexes: message.vertexes.map(toVertex),
    statuses: message.statuses.map(toVertexStatus),
    logs: message.logs.map(toVertexLog),
    warnings: message.warnings.map(toVertexWarning),
  }
}

function toVertex(v: Control.Vertex): Vertex {
  return {
    digest: v.digest,
    name: v.name,
    inputs: v.inputs,
    cached: v.cached,
    ...times(v),
    ...(v.error === '' ? {} : { error: v.error }),
    ...(v.progressGroup === undefined
      ? {}
      : {
          progressGroup: { id: v.progressGroup.id, name: v.progressGroup.name, weak: v.progressGroup.weak },
        }),
  }
}

function times(x: { readonly started?: Timestamp | undefined; readonly completed?: Timestamp | undefined }): {
  startedMs?: number
  completedMs?: number
} {
  return {
    ...(x.started === undefined ? {} : { startedMs: toMs(x.started) }),
    ...(x.completed === undefined ? {} : { completedMs: toMs(x.completed) }),
  }
}

function toVertexStatus(s: Control.VertexStatus): VertexStatus {
  return {
    id: s.id,
    vertex: s.vertex,
    name: s.name,
    current: toNumber(s.current),
    total: toNumber(s.total),
    timestampMs: s.timestamp === undefined ? 0 : toMs(s.timestamp),
    ...times(s),
  }
}

function toVertexLog(l: Control.VertexLog): VertexLog {
  return {
    vertex: l.vertex,
    stream: toNumber(l.stream),
    data: l.msg,
    timestampMs: l.timestamp === undefined ? 0 : toMs(l.timestamp),
  }
}

function toVertexWarning(w: Control.VertexWarning): VertexWarning {
  const decoder = new TextDecoder()
  return {
    vertex: w.vertex,
    level: toNumber(w.level),
    short: decoder.decode(w.short),
    detail: w.detail.map((line) => decoder.decode(line)),
    url: w.url,
    ranges: w.ranges.map(toRange),
    ...(w.info === undefined ? {} : { source: toSource(w.info) }),
  }
}

function toSource(info: SourceInfo): SourceInfo {
  return { filename: info.filename, data: info.data, language: info.language }
}

function toRange(range: Range): SourceRange {
  return {
    start: { line: range.start?.line ?? 0, character: range.start?.character ?? 0 },
    end: { line: range.end?.line ?? 0, character: range.end?.character ?? 0 },
  }
}

export function toWorkerInfo(record: WorkerRecord): WorkerInfo {
  return {
    id: record.id,
    labels: record.labels,
    platforms: record.platforms.map((p) =>
      [p.os, p.architecture, p.variant].filter((part) => part !== '').join('/'),
    ),
    gcPolicies: record.gcPolicy.map(toGcPolicy),
    ...(record.buildkitVersion === undefined ? {} : { version: toVersion(record.buildkitVersion) }),
  }
}

export function toVersion(version: DaemonVersion): DaemonVersion {
  return { package: version.package, version: version.version, revision: version.revision }
}

function toGcPolicy(policy: WorkerRecord['gcPolicy'][number]): GcPolicy {
  return {
    all: policy.all,
    filters: policy.filters,
    keepDurationMs: toNumber(policy.keepDuration) / NANOS_PER_MS,
    reservedBytes: toNumber(policy.reservedSpace),
    maxUsedBytes: toNumber(policy.maxUsedSpace),
    minFreeBytes: toNumber(policy.minFreeSpace),
  }
}

export function toUsageRecord(record: Control.UsageRecord): UsageRecord {
  // Daemons before 0.9 name a single parent.
  const parents = record.parents.length === 0 && record.parent !== '' ? [record.parent] : record.parents
  return {
    id: record.id,
    mutable: record.mutable,
    inUse: record.inUse,
    shared: record.shared,
    sizeBytes: toNumber(record.size),
    usageCount: toNumber(record.usageCount),
    description: record.description,
    recordType: record.recordType,
    parents,
    ...(record.createdAt === undefined ? {} : { createdMs: toMs(record.createdAt) }),
    ...(record.lastUsedAt === undefined ? {} : { lastUsedMs: toMs(record.lastUsedAt) }),
  }
}
