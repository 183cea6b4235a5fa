import type { Channel } from '../buildkit/wire/channel.ts'
import type { ControlClient } from '../buildkit/wire/control-client.ts'
import type { GatewayClient } from '../buildkit/wire/gateway-client.ts'

/** One control connection and its clients. */
export interface Lane {
  /** What it runs on. */
  readonly channel: Channel
  readonly control: ControlClient
  gateway(buildRef: string): GatewayClient
}
