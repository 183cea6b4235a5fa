import { resolve } from 'node:path'
import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import type { Host } from '../../../host/host.ts'
import type { SecretSource } from '../../../request/types.ts'
import { GetSecretRequestSchema, GetSecretResponseSchema, Secrets } from '../../gen/secrets_pb.ts'
import { methodPath } from '../../wire/call.ts'
import type { Attachable } from '../attachable.ts'
import { CallError, Code } from '../call-error.ts'

/** Largest secret, in bytes (spec buildkit 5.5). */
export const MAX_SECRET_BYTES = 512_000

/** Serves secrets by id. Values are read when the daemon asks, never kept. */
export function secrets(sources: readonly SecretSource[], host: Host): Attachable {
  const byId = new Map(sources.map((source) => [source.id, source]))
  return {
    methods: [
      {
        kind: 'unary',
        path: methodPath(Secrets.method.getSecret),
        async handle(request) {
          const { id } = fromBinary(GetSecretRequestSchema, request)
          const source = byId.get(id)
          // This code lets the daemon go on when the secret is optional.
          if (source === undefined) throw new CallError(Code.notFound, `secret ${id} not found`)
          const data = await read(source, host)
          return toBinary(GetSecretResponseSchema, create(GetSecretResponseSchema, { data }))
        },
      },
    ],
  }
}

async function read(source: SecretSource, host: Host): Promise<Uint8Array> {
  const data = await bytesOf(source, host)
  if (data.length > MAX_SECRET_BYTES) {
    throw new CallError(Code.unknown, `secret ${source.id} is over the limit of ${MAX_SECRET_BYTES} bytes`)
  }
  return data
}

async function bytesOf(source: SecretSource, host: Host): Promise<Uint8Array> {
  if (source.env !== undefined) return Buffer.from(host.env[source.env] ?? '', 'utf8')
  if (source.file === undefined) {
    const value = host.env[source.id]
    if (value !== undefined) return Buffer.from(value, 'utf8')
  }
  const path = resolve(host.cwd, source.file ?? source.id)
  try {
    return await host.readFile(path)
  } catch (error) {
    throw new CallError(Code.unknown, `cannot read secret ${source.id}: ${(error as Error).message}`)
  }
}
