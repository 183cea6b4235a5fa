import { bootBuilder } from '../../builder/boot.ts'
import type { Builder } from '../../builder/builder.ts'
import type { Host } from '../../host/host.ts'
import { createProgress } from '../../progress/create-progress.ts'

/** Starts a builder with its steps on stderr. Throws `BuildFailure` (`driver`). */
export async function showBoot(builder: Builder, host: Host): Promise<void> {
  const progress = createProgress(host.stderr.isTTY === true ? 'tty' : 'plain', host.stderr, {
    now: () => host.now(),
    env: host.env,
  })
  try {
    await bootBuilder(builder, host, (event) => progress.event(event))
  } finally {
    progress.end()
  }
}
