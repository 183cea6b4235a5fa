import { canceledFailure, isStatusFailure } from '../buildkit/wire/errors.ts'
import { BuildFailure, isBuildFailure } from '../core/failure.ts'
import { type FailedStage, STAGE_CODES } from './failed-stage.ts'

/** A target's failure with the reference's words in front (spec buildkit 13.1); keeps what the daemon attached. */
export class TargetFailure extends BuildFailure {
  readonly target: string
  readonly grpcCode: number | undefined
  /** Places in Dockerfiles and the failed step, as the daemon sent them. */
  readonly details: unknown

  constructor(
    target: string,
    message: string,
    origin: BuildFailure,
    hints: readonly string[],
    stage: FailedStage = 'solve',
  ) {
    super(origin.kind, message, { code: codeOf(origin, stage), hints, cause: origin })
    this.target = target
    this.grpcCode = isStatusFailure(origin) ? origin.grpcCode : undefined
    this.details = isStatusFailure(origin) ? origin.details : undefined
  }
}

/** Words a failure of one target as the reference does: `target x: failed to solve: …`. */
export function targetFailure(
  target: string,
  error: unknown,
  prefixed: boolean,
  stage?: FailedStage,
): TargetFailure {
  if (error instanceof TargetFailure) return error
  const origin = isBuildFailure(error)
    ? error
    : new BuildFailure('solve', error instanceof Error ? error.message : String(error), { cause: error })
  const front = prefixed ? `target ${target}: ` : ''
  const hints = [...origin.hints, ...moreHints(origin)]
  return new TargetFailure(target, `${front}${solveText(origin)}`, origin, hints, stage)
}

/** The stage where it says more than the origin's own code. */
function codeOf(origin: BuildFailure, stage: FailedStage): string {
  if (!isStatusFailure(origin) || origin.kind !== 'solve')
    return stage === 'push' ? STAGE_CODES.push : origin.code
  return stage !== 'solve' || origin.code === 'UNKNOWN' ? STAGE_CODES[stage] : origin.code
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

/** Whether two failures tell of one thing: targets that share a step fail with the same words. */
export function isSameFailure(a: unknown, b: unknown): boolean {
  return a instanceof Error && b instanceof Error && bareText(a.message) === bareText(b.message)
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
