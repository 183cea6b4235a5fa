import { createHash } from 'node:crypto'
import type { Duplex } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { bootBuilder } from '../../builder/boot.ts'
import type { Builder, BuilderNode } from '../../builder/builder.ts'
import { openBuilder } from '../../builder/open-builder.ts'
import { startLocalStep } from '../../core/event/local-step.ts'
import { matchesStrict, type Platform, parsePlatform } from '../../core/oci/platform.ts'
import type { Host } from '../../host/host.ts'
import { chooseMode, createProgress, type DecidedMode } from '../../progress/create-progress.ts'
import { refuseFlag } from '../arguments.ts'
import type { CommandInput } from '../command.ts'
import { EXIT } from '../exit.ts'

/** `bakekit dial-stdio` (spec cli 9): ends when BuildKit closes the connection. Throws `BuildFailure`. */
export async function runDialStdio(input: CommandInput): Promise<number> {
  const { flags, host, invocation } = input
  const extra = flags.positionals[0]
  if (extra !== undefined) {
    host.stderr.write(
      `ERROR: unknown command ${JSON.stringify(extra)} for "${invocation.program} dial-stdio"\n`,
    )
    return EXIT.failed
  }
  const asked = flags.strings.get('progress') ?? 'none'
  const mode = asked === 'none' ? QUIET : chooseMode(asked, host.env, host.stderr.isTTY === true)
  if (!mode.ok)
    return refuseFlag(input, 'cli/progress', mode.message, 'use --progress none, auto, plain, tty or rawjson')
  const platform = readPlatform(flags.strings.get('platform') ?? host.env['DOCKER_DEFAULT_PLATFORM'] ?? '')
  if (typeof platform === 'string') {
    return refuseFlag(input, 'cli/platform', platform, 'write a platform such as linux/arm64')
  }
  await using builder = await openBuilder(flags.strings.get('builder'), host)
  const stream = await dialWithProgress(builder, nodeFor(builder, platform), mode.mode, host)
  await Promise.all([
    // Whoever asked may go first; then there is nobody to tell.
    pipeline(host.stdin, stream, { end: true }).catch(() => {}),
    copyOut(stream, host),
  ])
  return EXIT.ok
}

const QUIET = { ok: true, mode: 'quiet' } as const

function readPlatform(text: string): Platform | undefined | string {
  if (text === '') return undefined
  const parsed = parsePlatform(text)
  return parsed.ok ? parsed.value : parsed.message
}

/** The node that declares the platform, else the first one. */
function nodeFor(builder: Builder, platform: Platform | undefined): BuilderNode {
  const fits = builder.nodes.find((node) =>
    node.platforms.some((text) => {
      const declared = parsePlatform(text)
      return platform !== undefined && declared.ok && matchesStrict(declared.value, platform)
    }),
  )
  return fits ?? (builder.nodes[0] as BuilderNode)
}

async function dialWithProgress(
  builder: Builder,
  node: BuilderNode,
  mode: DecidedMode,
  host: Host,
): Promise<Duplex> {
  const progress = createProgress(mode, host.stderr, { now: () => host.now(), env: host.env })
  const digest = `sha256:${createHash('sha256').update('proxying to builder').digest('hex')}`
  const step = startLocalStep('Proxying to builder', {
    now: () => host.now(),
    digest,
    emit: (event) => progress.event(event),
  })
  step.status('Dialing builder', 0, 0, 'running')
  try {
    await bootBuilder({ ...builder, nodes: [node] }, host, (event) => progress.event(event))
    const stream = await node.driver.dial(host.signal)
    step.status('Dialing builder', 0, 0, 'done')
    step.done()
    return stream
  } catch (error) {
    step.fail((error as Error).message)
    throw error
  } finally {
    progress.end()
  }
}

/** Waits for slow readers; the program's output itself stays open. */
async function copyOut(stream: Duplex, host: Host): Promise<void> {
  for await (const part of stream) {
    if (host.stdout.write(part) === false) {
      await new Promise<void>((resolve) => host.stdout.once('drain', resolve))
    }
  }
}
