import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type * as Grpc from '@grpc/grpc-js'
import type { Placeholder } from './placeholder.ts'

/**
 * Channel credentials that swap grpc-js's own socket for the stream `dial` yields (decision 0010).
 * Uses the `_createSecureConnector` hook of grpc-js 1.14; the version is pinned and a test covers it.
 */
export function credentialsOver(
  grpc: typeof Grpc,
  placeholder: Placeholder,
  dial: () => Promise<Duplex>,
): Grpc.ChannelCredentials {
  const callCredentials = grpc.CallCredentials.createEmpty()
  const connector = {
    waitForReady: (): Promise<void> => placeholder.open(),
    async connect(own: Socket): Promise<{ socket: Socket; secure: boolean }> {
      own.on('error', () => {})
      own.destroy()
      await placeholder.close()
      // grpc-js only hands it to `http2.connect`, which takes any Duplex.
      return { socket: (await dial()) as Socket, secure: false }
    },
    getCallCredentials: (): Grpc.CallCredentials => callCredentials,
    destroy(): void {
      void placeholder.close()
    },
  }

  class StreamCredentials extends grpc.ChannelCredentials {
    override _isSecure(): boolean {
      return false
    }
    override _equals(other: Grpc.ChannelCredentials): boolean {
      return this === other
    }
    override _createSecureConnector(): typeof connector {
      return connector
    }
  }
  return new StreamCredentials()
}
