import { BuildFailure } from '../../core/failure.ts'
import type { PacketChannel } from './types.ts'

/** Collects what the receiving side asks for while the sender is busy with other things. */
export class RequestQueue {
  private ids: number[] = []
  private at = 0
  private state:
    | { readonly kind: 'open' | 'finished' }
    | { readonly kind: 'failed'; readonly error: unknown } = {
    kind: 'open',
  }
  private wake: () => void = () => {}

  constructor(channel: PacketChannel, signal: AbortSignal) {
    const onAbort = (): void => this.settle({ kind: 'failed', error: signal.reason })
    signal.addEventListener('abort', onAbort, { once: true })
    this.listen(channel)
      .then(
        () => this.settle({ kind: 'finished' }),
        (error: unknown) => this.settle({ kind: 'failed', error }),
      )
      .finally(() => signal.removeEventListener('abort', onAbort))
  }

  /** The oldest request. Throws what went wrong on the channel. */
  take(): number | undefined {
    if (this.state.kind === 'failed') throw this.state.error
    if (this.at < this.ids.length) return this.ids[this.at++]
    this.ids = []
    this.at = 0
    return undefined
  }

  hasWaiting(): boolean {
    return this.at < this.ids.length
  }

  /** Waits for a request; false when the other side has everything it wants. */
  async arrival(): Promise<boolean> {
    while (!this.hasWaiting()) {
      if (this.state.kind === 'failed') throw this.state.error
      if (this.state.kind === 'finished') return false
      await new Promise<void>((resolve) => {
        this.wake = resolve
      })
    }
    return true
  }

  private settle(state: RequestQueue['state']): void {
    if (this.state.kind !== 'open') return
    this.state = state
    this.wake()
  }

  /** Returns at the other side's FIN. */
  private async listen(channel: PacketChannel): Promise<void> {
    for await (const packet of channel.receive()) {
      if (packet.kind === 'req') {
        this.ids.push(packet.id)
        this.wake()
      } else if (packet.kind === 'fin') return
      else if (packet.kind === 'err') {
        throw new BuildFailure('wire', `error from receiver: ${packet.message}`, { code: 'RECEIVER_FAILED' })
      }
    }
    throw new BuildFailure('wire', 'directory transfer: the receiver closed before it was complete', {
      code: 'CLOSED',
    })
  }
}
