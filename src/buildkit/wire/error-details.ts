import { fromBinary } from '@bufbuild/protobuf'
import type { SourceRange } from '../../core/event/event.ts'
import { StatusSchema } from '../gen/google_rpc_status_pb.ts'
import type { ErrorDetails, ErrorSource, StringMap } from './types.ts'

const PREFIX = 'github.com/moby/buildkit/'
const NO_DETAILS: ErrorDetails = { sources: [] }

type Json = Readonly<Record<string, unknown>>
type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/**
 * Reads the trailer `grpc-status-details-bin`. Its values are JSON with base64 bytes (spec buildkit 13.1).
 * Never throws: details are a courtesy, the message stands on its own.
 */
export function readDetails(packed: Uint8Array | undefined): ErrorDetails {
  if (packed === undefined) return NO_DETAILS
  try {
    const status = fromBinary(StatusSchema, packed)
    const found: Mutable<ErrorDetails> & { sources: ErrorSource[] } = { sources: [] }
    for (const any of status.details) addDetail(found, any.typeUrl, any.value)
    return found
  } catch {
    return NO_DETAILS
  }
}

function addDetail(
  found: Mutable<ErrorDetails> & { sources: ErrorSource[] },
  typeUrl: string,
  value: Uint8Array,
): void {
  if (!typeUrl.startsWith(PREFIX) || !typeUrl.endsWith('+json')) return
  const name = typeUrl.slice(PREFIX.length, -'+json'.length)
  if (name === 'stack.Stack') return
  const json = parseObject(value)
  if (json === undefined) return
  if (name === 'errdefs.Vertex') found.vertex ??= text(json['digest'])
  else if (name === 'errdefs.Source') found.sources.push(readSource(json))
  else if (name === 'errdefs.Solve') found.solve ??= readSolve(json)
  else if (name === 'errdefs.Frontend')
    found.frontend ??= { name: text(json['name']), source: text(json['source']) }
  else if (name === 'errdefs.FrontendCap') found.frontendCap ??= text(json['name'])
  else if (name === 'errdefs.Subrequest') found.subrequest ??= text(json['name'])
}

function readSource(json: Json): ErrorSource {
  const info = object(json['info'])
  return {
    info: {
      filename: text(info['filename']),
      data: Buffer.from(text(info['data']), 'base64'),
      language: text(info['language']),
    },
    ranges: list(json['ranges']).map((range) => readRange(object(range))),
  }
}

function readRange(json: Json): SourceRange {
  return { start: readPosition(object(json['start'])), end: readPosition(object(json['end'])) }
}

function readPosition(json: Json): { line: number; character: number } {
  return { line: number(json['line']), character: number(json['character']) }
}

function readSolve(json: Json): NonNullable<ErrorDetails['solve']> {
  return {
    inputIds: list(json['inputIDs']).map(text),
    mountIds: list(json['mountIDs']).map(text),
    description: object(json['description']) as StringMap,
  }
}

function parseObject(value: Uint8Array): Json | undefined {
  try {
    return object(JSON.parse(Buffer.from(value).toString('utf8')))
  } catch {
    return undefined
  }
}

function object(thing: unknown): Json {
  return typeof thing === 'object' && thing !== null ? (thing as Json) : {}
}
function list(thing: unknown): readonly unknown[] {
  return Array.isArray(thing) ? thing : []
}
function text(thing: unknown): string {
  return typeof thing === 'string' ? thing : ''
}
function number(thing: unknown): number {
  return typeof thing === 'number' ? thing : 0
}
