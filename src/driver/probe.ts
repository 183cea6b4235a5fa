import type { Duplex } from 'node:stream'
import { ControlClient } from '../buildkit/wire/control-client.ts'
import { isStatusFailure } from '../buildkit/wire/errors.ts'
import { openChannel } from '../buildkit/wire/grpc-channel.ts'

const UNIMPLEMENTED = 12

/**
 * Asks a daemon whether it is up, on a connection of its own; daemons before 0.11 do not know the question, which is
 * an answer too. Throws `BuildFailure` when it is not, or the signal's reason.
 */
export async function probe(dial: () => Promise<Duplex>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  const channel = openChannel(dial)
  try {
    await new ControlClient(channel).info(signal)
  } catch (error) {
    signal.throwIfAborted()
    if (!isStatusFailure(error) || error.grpcCode !== UNIMPLEMENTED) throw error
  } finally {
    await channel.close()
  }
}
