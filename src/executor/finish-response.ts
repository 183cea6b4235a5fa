import type { GatewayResult, SolveResult } from '../buildkit/wire/types.ts'
import { callResponse } from './call-result.ts'
import { pushFromEngine } from './engine-load.ts'
import type { BuildResponse } from './run-types.ts'
import type { Attempt } from './solve-on-node.ts'

/** What a build answers in the end; pushes from the engine where the daemon could not. */
export async function finishResponse(
  { prepared, ref, step, run }: Attempt,
  solved: SolveResult,
  result: GatewayResult,
): Promise<BuildResponse> {
  const { request, node } = prepared
  const response: Record<string, string> = {
    ...solved.exporterResponse,
    ...(request.call === undefined ? {} : callResponse(result)),
    'buildx.build.ref': `${run.builderName}/${node.name}/${ref}`,
  }
  for (const key of request.dropResponseKeys) delete response[key]
  if (request.enginePush.length > 0) step.set('push')
  return await pushFromEngine(request.enginePush, request.target, response, run)
}
