import { create, toBinary } from '@bufbuild/protobuf'
import { Health, HealthCheckResponse_ServingStatus, HealthCheckResponseSchema } from '../gen/health_pb.ts'
import { methodPath } from '../wire/call.ts'
import type { Attachable } from './attachable.ts'

/** Without this service the daemon closes the session after about ten seconds (spec buildkit 4.3). */
export function health(): Attachable {
  const serving = toBinary(
    HealthCheckResponseSchema,
    create(HealthCheckResponseSchema, { status: HealthCheckResponse_ServingStatus.SERVING }),
  )
  return { methods: [{ kind: 'unary', path: methodPath(Health.method.check), handle: async () => serving }] }
}
