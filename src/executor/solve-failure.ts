import { canceledFailure, isStatusFailure } from '../buildkit/wire/errors.ts'
import { BuildFailure, isBuildFailure } from '../core/failure.ts'

/** A target's failure with the reference's words in front (spec buildkit 13.1); keeps what the daemon attached. */
export class TargetFailure extends BuildFailure {
  readonly target: string
  readonly grpcCode: number | undefined
  /** Places in Dockerfiles and the failed step, as the daemon sent them. */
  readonly details: unknown

  constructor(target: string, message: string, origin: BuildFailure, hints: readonly string[]) {
    super(origin.kind, message, { code: origin.code, hints, cause: origin })
    this.target = target
    this.grpcCode = isStatusFailure(origin) ? origin.grpcCode : undefined
    this.details = isStatusFailure(origin) ? origin.details : undefined
  }
}

/** Words a failure of one target as the reference does: `target x: failed to solve: …`. */
export function targetFailure(target: string, error: unknown, prefixed: boolean): TargetFailure {
  if (error instanceof TargetFailure) return error
  const origin = isBuildFailure(error)
    ? error
    : new BuildFailure('solve', error instanceof Error ? error.message : String(error), { cause: error })
  const front = prefixed ? `target ${target}: ` : ''
  return new TargetFailure(target, `${front}${solveText(origin)}`, origin, [
    ...origin.hints,
    ...moreHints(origin),
  ])
}

/** The run was stopped: by the user, or because another target failed. */
export function stoppedFailure(target: string, reason: unknown, prefixed: boolean): TargetFailure {
  return targetFailure(target, canceledFailure(reason), prefixed)
}

function solveText(origin: BuildFailure): string {
  if (origin.kind === 'canceled') return 'failed to solve: Canceled: context canceled'
  if (origin.message.startsWith('cannot write output')) return `failed to solve: ${origin.message}`
  if (isStatusFailure(origin)) return `failed to solve: ${bareText(origin.message)}`
  return origin.message
}

/** Our own answers come back wrapped by the daemon; the wrapping tells nothing. */
function bareText(message: string): string {
  return message.replace(/rpc error: code = \w+ desc = /g, '')
}

function moreHints(origin: BuildFailure): readonly string[] {
  const { message } = origin
  if (
    /failed to (?:push|authorize)|push access denied|authorization failed|insufficient_scope|401 Unauthorized|denied: /.test(
      message,
    )
  ) {
    return ['Check the image name and log in to its registry with "docker login".']
  }
  if (/failed to read dockerfile/.test(message))
    return ['Set "dockerfile" of the target to the path of its Dockerfile.']
  if (/target stage .* could not be found/.test(message))
    return ['Set "target" to the name of a stage in the Dockerfile.']
  if (/is not allowed by build daemon configuration/.test(message)) {
    return [
      'The builder refuses this entitlement; use a builder created with --buildkitd-flags that allows it.',
    ]
  }
  return []
}
