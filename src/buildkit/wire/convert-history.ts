import * as Control from '../gen/control_pb.ts'
import { toMs, toNumber } from './convert.ts'
import type { ContentDescriptor, HistoryEvent, HistoryRecord, HistoryResult } from './types.ts'

/** A record of the history stream; undefined when the daemon sent an event without one. */
export function toHistoryEvent(event: Control.BuildHistoryEvent): HistoryEvent | undefined {
  if (event.record === undefined) return undefined
  return { kind: kindOf(event.type), record: toRecord(event.record) }
}

function kindOf(type: Control.BuildHistoryEvent['type']): HistoryEvent['kind'] {
  if (type === Control.BuildHistoryEventType.DELETED) return 'deleted'
  return type === Control.BuildHistoryEventType.COMPLETE ? 'complete' : 'started'
}

function toRecord(r: Control.BuildHistoryRecord): HistoryRecord {
  return {
    ref: r.ref,
    frontend: r.frontend,
    frontendAttrs: r.frontendAttrs,
    exporters: r.exporters.map((e) => ({ type: e.type, attrs: e.attrs })),
    exporterResponse: r.exporterResponse,
    results: new Map(Object.entries(r.results).map(([platform, result]) => [platform, toResult(result)])),
    generation: r.generation,
    pinned: r.pinned,
    cachedSteps: r.numCachedSteps,
    totalSteps: r.numTotalSteps,
    completedSteps: r.numCompletedSteps,
    warnings: r.numWarnings,
    ...(r.error === undefined ? {} : { error: { code: r.error.code, message: r.error.message } }),
    ...(r.createdAt === undefined ? {} : { createdMs: toMs(r.createdAt) }),
    ...(r.completedAt === undefined ? {} : { completedMs: toMs(r.completedAt) }),
    ...(r.result === undefined ? {} : { result: toResult(r.result) }),
    ...(r.logs === undefined ? {} : { logs: toDescriptor(r.logs) }),
    ...(r.trace === undefined ? {} : { trace: toDescriptor(r.trace) }),
    ...(r.externalError === undefined ? {} : { externalError: toDescriptor(r.externalError) }),
  }
}

function toResult(result: Control.BuildResultInfo): HistoryResult {
  const results = new Map<number, ContentDescriptor>()
  for (const [index, descriptor] of Object.entries(result.results)) {
    results.set(Number(index), toDescriptor(descriptor))
  }
  if (results.size === 0 && result.resultDeprecated !== undefined) {
    results.set(0, toDescriptor(result.resultDeprecated))
  }
  return { attestations: result.attestations.map(toDescriptor), results }
}

function toDescriptor(d: Control.Descriptor): ContentDescriptor {
  return { mediaType: d.mediaType, digest: d.digest, sizeBytes: toNumber(d.size), annotations: d.annotations }
}
