import type { MessageInitShape } from '@bufbuild/protobuf'
import type { APICap } from '../gen/caps_pb.ts'
import type { Stat } from '../gen/fsutil_pb.ts'
import {
  LLBBridge,
  type Ref,
  type Result,
  type ResultSchema,
  type SolveRequestSchema,
} from '../gen/gateway_pb.ts'
import { callUnary, withSignal } from './call.ts'
import type { CallOptions, Channel } from './channel.ts'
import { copyTyped } from './control-client.ts'
import { toNumber, toWorkerInfo } from './convert.ts'
import { decodePolicy } from './source-policy.ts'
import type {
  Attestations,
  Definition,
  GatewayInfo,
  GatewayRef,
  GatewayResult,
  GatewaySolveSpec,
  ResultEntry,
} from './types.ts'

const PING_TIMEOUT_MS = 15_000
const UNKNOWN = 2
const CANCELLED = 1

/** The gateway side of one build that we lead as its frontend (spec buildkit 3). */
export class GatewayClient {
  readonly #channel: Channel
  readonly #buildRef: string

  /** `buildRef` is the `ref` of the `ControlClient.solve` call that runs at the same time. */
  constructor(channel: Channel, buildRef: string) {
    this.#channel = channel
    this.#buildRef = buildRef
  }

  /** To be sent straight after the solve call: the daemon waits 3 s for that to arrive. */
  async ping(signal?: AbortSignal): Promise<GatewayInfo> {
    const options = { ...this.#options(signal), timeoutMs: PING_TIMEOUT_MS }
    const reply = await callUnary(this.#channel, LLBBridge.method.ping, {}, options)
    return {
      frontendCaps: enabled(reply.frontendApiCaps),
      llbCaps: enabled(reply.llbCaps),
      workers: reply.workers.map(toWorkerInfo),
    }
  }

  async solve(spec: GatewaySolveSpec, signal?: AbortSignal): Promise<GatewayResult> {
    const request = toSolveRequest(spec)
    const reply = await callUnary(this.#channel, LLBBridge.method.solve, request, this.#options(signal))
    return toResult(reply.result)
  }

  /** Builds a ref to its end. A ref with an empty id is done already. */
  async evaluate(ref: GatewayRef, signal?: AbortSignal): Promise<void> {
    if (ref.id === '') return
    await callUnary(this.#channel, LLBBridge.method.evaluate, { ref: ref.id }, this.#options(signal))
  }

  /** Ends the build with a result; the solve call then exports it. */
  async return(result: GatewayResult, signal?: AbortSignal): Promise<void> {
    const request = { result: fromResult(result) }
    await callUnary(this.#channel, LLBBridge.method.return, request, this.#options(signal))
  }

  /** Ends the build with an error: the solve call fails with this text. Without it that call would hang. */
  async fail(message: string, reason: 'error' | 'canceled', signal?: AbortSignal): Promise<void> {
    const request = { error: { code: reason === 'canceled' ? CANCELLED : UNKNOWN, message } }
    await callUnary(this.#channel, LLBBridge.method.return, request, this.#options(signal))
  }

  async readFile(ref: GatewayRef, filePath: string, signal?: AbortSignal): Promise<Uint8Array> {
    const request = { ref: ref.id, filePath }
    return (await callUnary(this.#channel, LLBBridge.method.readFile, request, this.#options(signal))).data
  }

  /** A part of a file; shorter than asked at its end. */
  async readFilePart(
    ref: GatewayRef,
    filePath: string,
    part: { readonly offset: number; readonly length: number },
    signal?: AbortSignal,
  ): Promise<Uint8Array> {
    const range = { offset: BigInt(part.offset), length: BigInt(part.length) }
    const request = { ref: ref.id, filePath, range }
    return (await callUnary(this.#channel, LLBBridge.method.readFile, request, this.#options(signal))).data
  }

  /** `includePattern` as in the daemon: a glob on names; empty is all. */
  async readDir(
    ref: GatewayRef,
    dirPath: string,
    includePattern: string,
    signal?: AbortSignal,
  ): Promise<readonly ResultEntry[]> {
    const request = { ref: ref.id, dirPath, includePattern }
    const reply = await callUnary(this.#channel, LLBBridge.method.readDir, request, this.#options(signal))
    return reply.entries.map(toEntry)
  }

  async statFile(ref: GatewayRef, path: string, signal?: AbortSignal): Promise<ResultEntry | undefined> {
    const request = { ref: ref.id, path }
    const reply = await callUnary(this.#channel, LLBBridge.method.statFile, request, this.#options(signal))
    return reply.stat === undefined ? undefined : toEntry(reply.stat)
  }

  #options(signal: AbortSignal | undefined): CallOptions {
    return withSignal(signal, { metadata: { 'buildkit-controlapi-buildid': this.#buildRef } })
  }
}

function enabled(caps: readonly APICap[]): ReadonlySet<string> {
  return new Set(caps.filter((cap) => cap.enabled).map((cap) => cap.id))
}

function toSolveRequest(spec: GatewaySolveSpec): MessageInitShape<typeof SolveRequestSchema> {
  return {
    frontend: spec.frontend,
    frontendOpt: { ...spec.frontendOpt },
    frontendInputs: Object.fromEntries(spec.frontendInputs ?? []),
    allowResultReturn: true,
    allowResultArrayRef: true,
    evaluate: spec.evaluate ?? false,
    cacheImports: (spec.cacheImports ?? []).map(copyTyped),
    ...(spec.definition === undefined ? {} : { definition: spec.definition }),
    ...(spec.sourcePolicy === undefined ? {} : { sourcePolicies: [decodePolicy(spec.sourcePolicy)] }),
  }
}

function toResult(result: Result | undefined): GatewayResult {
  return {
    refs: toRefs(result),
    metadata: new Map(Object.entries(result?.metadata ?? {})),
    attestations: new Map(Object.entries(result?.attestations ?? {}).map(([k, v]) => [k, v as Attestations])),
  }
}

function toRefs(result: Result | undefined): GatewayResult['refs'] {
  const oneof = result?.result
  switch (oneof?.case) {
    case 'ref':
      return { kind: 'single', ref: toRef(oneof.value) }
    case 'refs':
      return {
        kind: 'map',
        refs: new Map(Object.entries(oneof.value.refs).map(([k, ref]) => [k, toRef(ref)])),
      }
    case 'refDeprecated':
      return { kind: 'single', ref: { id: oneof.value } }
    case 'refsDeprecated':
      return { kind: 'map', refs: new Map(Object.entries(oneof.value.refs).map(([k, id]) => [k, { id }])) }
    default:
      return { kind: 'none' }
  }
}

function toRef(ref: Ref): GatewayRef {
  return { id: ref.id, ...(ref.def === undefined ? {} : { definition: ref.def as Definition }) }
}

function fromResult(result: GatewayResult): MessageInitShape<typeof ResultSchema> {
  return {
    result: fromRefs(result.refs),
    metadata: Object.fromEntries(result.metadata),
    attestations: Object.fromEntries(result.attestations),
  }
}

function fromRefs(refs: GatewayResult['refs']): NonNullable<MessageInitShape<typeof ResultSchema>['result']> {
  switch (refs.kind) {
    case 'single':
      return { case: 'ref', value: fromRef(refs.ref) }
    case 'map':
      return {
        case: 'refs',
        value: { refs: Object.fromEntries([...refs.refs].map(([key, ref]) => [key, fromRef(ref)])) },
      }
    case 'none':
      return { case: undefined }
  }
}

function fromRef(ref: GatewayRef): { id: string; def?: Uint8Array } {
  return { id: ref.id, ...(ref.definition === undefined ? {} : { def: ref.definition }) }
}

function toEntry(stat: Stat): ResultEntry {
  return {
    path: stat.path,
    mode: stat.mode,
    uid: stat.uid,
    gid: stat.gid,
    sizeBytes: toNumber(stat.size),
    modTimeMs: Number(stat.modTime) / 1e6,
    linkname: stat.linkname,
  }
}
