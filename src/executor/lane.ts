import type { ControlClient } from '../buildkit/wire/control-client.ts'
import type { GatewayClient } from '../buildkit/wire/gateway-client.ts'

/** One control connection and its clients. */
export interface Lane {
  readonly control: ControlClient
  gateway(buildRef: string): GatewayClient
}
