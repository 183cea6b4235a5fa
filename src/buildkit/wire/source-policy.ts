import { fromBinary, fromJsonString, toBinary } from '@bufbuild/protobuf'
import { BuildFailure } from '../../core/failure.ts'
import { type Policy, PolicySchema } from '../gen/policy_pb.ts'
import type { SourcePolicy } from './types.ts'

/**
 * Reads a source policy file: JSON, else protobuf (spec buildkit 2.6).
 * Fails with an `io` failure that names `fileName` when it is neither.
 */
export function parseSourcePolicy(bytes: Uint8Array, fileName: string): SourcePolicy {
  try {
    return encode(
      fromJsonString(PolicySchema, new TextDecoder().decode(bytes), { ignoreUnknownFields: true }),
    )
  } catch (jsonError) {
    try {
      return encode(fromBinary(PolicySchema, bytes))
    } catch {
      throw new BuildFailure('io', `source policy ${fileName} is neither JSON nor protobuf`, {
        code: 'BAD_SOURCE_POLICY',
        cause: jsonError,
      })
    }
  }
}

/** For requests, inside this folder only. */
export function decodePolicy(policy: SourcePolicy): Policy {
  return fromBinary(PolicySchema, policy)
}

function encode(policy: Policy): SourcePolicy {
  return toBinary(PolicySchema, policy) as SourcePolicy
}
