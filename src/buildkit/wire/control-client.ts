import type { Duplex } from 'node:stream'
import type { MessageInitShape } from '@bufbuild/protobuf'
import type { StatusUpdate } from '../../core/event/event.ts'
import { Content } from '../gen/content_pb.ts'
import { Control, type SolveRequestSchema } from '../gen/control_pb.ts'
import { callStream, callUnary, methodPath, withSignal } from './call.ts'
import type { Channel } from './channel.ts'
import { toNanos, toStatusUpdate, toUsageRecord, toVersion, toWorkerInfo } from './convert.ts'
import { toHistoryEvent } from './convert-history.ts'
import { decodePolicy } from './source-policy.ts'
import type {
  DaemonVersion,
  Headers,
  HistoryChange,
  HistoryEvent,
  HistoryQuery,
  PruneSpec,
  SolveResult,
  SolveSpec,
  TypedAttrs,
  UsageRecord,
  WorkerInfo,
} from './types.ts'

/** The Control service of a daemon (spec buildkit 2). Calls fail with `BuildFailure`, mostly `StatusFailure`. */
export class ControlClient {
  readonly #channel: Channel

  constructor(channel: Channel) {
    this.#channel = channel
  }

  /** Daemons before 0.11 answer UNIMPLEMENTED. Absent: the daemon hides its version. */
  async info(signal?: AbortSignal): Promise<DaemonVersion | undefined> {
    const reply = await callUnary(this.#channel, Control.method.info, {}, withSignal(signal))
    return reply.buildkitVersion === undefined ? undefined : toVersion(reply.buildkitVersion)
  }

  async listWorkers(signal?: AbortSignal): Promise<readonly WorkerInfo[]> {
    const reply = await callUnary(this.#channel, Control.method.listWorkers, {}, withSignal(signal))
    return reply.record.map(toWorkerInfo)
  }

  /** Lives for the whole build, without a deadline. */
  async solve(spec: SolveSpec, signal?: AbortSignal): Promise<SolveResult> {
    const reply = await callUnary(
      this.#channel,
      Control.method.solve,
      toSolveRequest(spec),
      withSignal(signal),
    )
    return { exporterResponse: reply.exporterResponse }
  }

  /** Progress of a running or past build until its end. `NOT_FOUND` when the daemon never accepted it. */
  async *status(ref: string, signal?: AbortSignal): AsyncGenerator<StatusUpdate> {
    const messages = callStream(this.#channel, Control.method.status, { ref }, withSignal(signal))
    for await (const message of messages) yield toStatusUpdate(message)
  }

  /** A session connection inside this channel: the daemon speaks HTTP/2 as client on it (spec buildkit 4.1). */
  session(headers: Headers, signal?: AbortSignal): Promise<Duplex> {
    return this.#channel.byteStream(
      methodPath(Control.method.session),
      withSignal(signal, { metadata: headers }),
    )
  }

  /** Sorted by size, then id. */
  async diskUsage(filters: readonly string[], signal?: AbortSignal): Promise<readonly UsageRecord[]> {
    const request = { filter: [...filters] }
    const reply = await callUnary(this.#channel, Control.method.diskUsage, request, withSignal(signal))
    return reply.record
      .map(toUsageRecord)
      .sort((a, b) => a.sizeBytes - b.sizeBytes || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  }

  /** Yields every deleted record. */
  async *prune(spec: PruneSpec, signal?: AbortSignal): AsyncGenerator<UsageRecord> {
    const request = {
      filter: [...spec.filters],
      all: spec.all,
      keepDuration: toNanos(spec.keepDurationMs),
      reservedSpace: BigInt(spec.reservedBytes ?? 0),
      maxUsedSpace: BigInt(spec.maxUsedBytes ?? 0),
      minFreeSpace: BigInt(spec.minFreeBytes ?? 0),
    }
    for await (const record of callStream(this.#channel, Control.method.prune, request, withSignal(signal))) {
      yield toUsageRecord(record)
    }
  }

  /** Past and running builds (daemons from 0.11 on). */
  async *history(query: HistoryQuery, signal?: AbortSignal): AsyncGenerator<HistoryEvent> {
    const request = {
      activeOnly: query.activeOnly ?? false,
      earlyExit: query.earlyExit ?? false,
      ref: query.ref ?? '',
      filter: [...(query.filters ?? [])],
      limit: query.limit ?? 0,
    }
    const messages = callStream(this.#channel, Control.method.listenBuildHistory, request, withSignal(signal))
    for await (const message of messages) {
      const event = toHistoryEvent(message)
      if (event !== undefined) yield event
    }
  }

  /** `finalize` waits until the trace is stored. */
  async changeHistory(ref: string, change: HistoryChange, signal?: AbortSignal): Promise<void> {
    const request = {
      ref,
      pinned: change === 'pin',
      delete: change === 'delete',
      finalize: change === 'finalize',
    }
    await callUnary(this.#channel, Control.method.updateBuildHistory, request, withSignal(signal))
  }

  /** The bytes of a blob that a history record names. */
  async *readContent(digest: string, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
    const messages = callStream(this.#channel, Content.method.read, { digest }, withSignal(signal))
    for await (const message of messages) yield message.data
  }
}

function toSolveRequest(spec: SolveSpec): MessageInitShape<typeof SolveRequestSchema> {
  const [first] = spec.exporters
  return {
    ref: spec.ref,
    session: spec.session,
    frontend: spec.frontend ?? '',
    frontendAttrs: { ...spec.frontendAttrs },
    frontendInputs: Object.fromEntries(spec.frontendInputs ?? []),
    cache: { exports: spec.cacheExports.map(copyTyped), imports: spec.cacheImports.map(copyTyped) },
    entitlements: [...spec.entitlements],
    exporters: spec.exporters.map(copyTyped),
    // Daemons before 0.13 know only these.
    exporterDeprecated: first?.type ?? '',
    exporterAttrsDeprecated: { ...first?.attrs },
    internal: spec.internal ?? false,
    ...(spec.definition === undefined ? {} : { definition: spec.definition }),
    ...(spec.sourcePolicy === undefined ? {} : { sourcePolicy: decodePolicy(spec.sourcePolicy) }),
  }
}

/** A copy that generated code may keep. */
export function copyTyped(entry: TypedAttrs): { type: string; attrs: Record<string, string> } {
  return { type: entry.type, attrs: { ...entry.attrs } }
}
