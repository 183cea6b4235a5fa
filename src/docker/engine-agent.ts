import { Agent } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Host } from '../host/host.ts'
import { dialEngine } from './dial.ts'
import type { EngineEndpoint } from './endpoint.ts'

/** Makes an HTTP client reach the engine in the way we do: sockets, pipes, TLS and ssh alike. */
export function createEngineAgent(endpoint: EngineEndpoint, host: Host): Agent {
  return new EngineAgent(endpoint, host)
}

class EngineAgent extends Agent {
  private readonly endpoint: EngineEndpoint
  private readonly host: Host

  constructor(endpoint: EngineEndpoint, host: Host) {
    super({ keepAlive: false })
    this.endpoint = endpoint
    this.host = host
  }

  override createConnection(
    _options: unknown,
    opened?: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    dialEngine(this.endpoint, this.host, this.host.signal).then(
      (stream) => opened?.(null, stream),
      (error: Error) => opened?.(error, undefined as never),
    )
    return undefined
  }
}
