import type { Duplex } from 'node:stream'
import type * as Grpc from '@grpc/grpc-js'
import { callDuplex } from './call-duplex.ts'
import type { CallOptions, Channel, ChannelOptions } from './channel.ts'
import { credentialsOver } from './credentials.ts'
import { canceledFailure, isUnavailable, toFailure, unreachableFailure } from './errors.ts'
import { Placeholder } from './placeholder.ts'

// Both directions, as the daemon has it: status messages and definitions pass grpc-js's 4 MiB.
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024
// Sessions inside the channel share this window; 64 KiB would cap uploads at one window per round trip.
const FLOW_CONTROL_BYTES = 8 * 1024 * 1024
// Node's largest timer. The channel lives as long as its owner wants: a lost connection is not dialled again.
const NEVER_IDLE_MS = 2_147_483_647

/**
 * A gRPC channel over whatever `dial` yields. `dial` is called once, at the first call: builds do not
 * survive a lost connection, so a second dial would only hide the loss (spec buildkit 1.3, trap 44).
 * Nothing is loaded or opened before that first call.
 */
export function openChannel(dial: () => Promise<Duplex>, options: ChannelOptions = {}): Channel {
  return new GrpcChannel(dial, options)
}

type Serialize = (bytes: Uint8Array) => Buffer
const asBuffer: Serialize = (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

class GrpcChannel implements Channel {
  readonly #dial: () => Promise<Duplex>
  readonly #options: ChannelOptions
  #loading: Promise<Grpc.Client> | undefined
  #grpc: typeof Grpc | undefined
  #connection: Duplex | undefined
  #dialled = false
  #closed = false
  #dialError: unknown

  constructor(dial: () => Promise<Duplex>, options: ChannelOptions) {
    this.#dial = dial
    this.#options = options
  }

  async unary(path: string, request: Uint8Array, options: CallOptions = {}): Promise<Uint8Array> {
    const client = await this.#client(options.signal)
    return await new Promise<Uint8Array>((resolve, reject) => {
      let abort = (): void => {}
      const call = client.makeUnaryRequest(
        path,
        asBuffer,
        (bytes: Buffer): Uint8Array => bytes,
        request,
        this.#metadata(options),
        callOptions(options),
        (error, value) => {
          options.signal?.removeEventListener('abort', abort)
          if (error !== null) reject(this.#failure(error, options.signal))
          else resolve(value as Uint8Array)
        },
      )
      abort = () => call.cancel()
      options.signal?.addEventListener('abort', abort, { once: true })
    })
  }

  async *serverStream(
    path: string,
    request: Uint8Array,
    options: CallOptions = {},
  ): AsyncGenerator<Uint8Array> {
    const client = await this.#client(options.signal)
    const call = client.makeServerStreamRequest(
      path,
      asBuffer,
      (bytes: Buffer): Uint8Array => bytes,
      request,
      this.#metadata(options),
      callOptions(options),
    )
    const abort = (): void => call.cancel()
    options.signal?.addEventListener('abort', abort, { once: true })
    try {
      for await (const message of call) yield message as Uint8Array
    } catch (error) {
      throw this.#failure(error, options.signal)
    } finally {
      options.signal?.removeEventListener('abort', abort)
      // A cancelled call still reports its status after the loop was left.
      call.on('error', () => {})
      call.cancel()
    }
  }

  async byteStream(path: string, options: CallOptions = {}): Promise<Duplex> {
    const client = await this.#client(options.signal)
    const call = client.makeBidiStreamRequest(
      path,
      asBuffer,
      (bytes: Buffer): Uint8Array => bytes,
      this.#metadata(options),
      callOptions(options),
    )
    return callDuplex(call, (error) => this.#failure(error, options.signal), options.signal)
  }

  async close(): Promise<void> {
    this.#closed = true
    const client = await this.#loading?.catch(() => undefined)
    client?.close()
    this.#connection?.destroy()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async #client(signal: AbortSignal | undefined): Promise<Grpc.Client> {
    if (signal?.aborted) throw canceledFailure(signal.reason)
    if (this.#closed) throw unreachableFailure(new Error('the connection was closed'))
    this.#loading ??= this.#load()
    return await this.#loading
  }

  async #load(): Promise<Grpc.Client> {
    const grpc = await import('@grpc/grpc-js')
    this.#grpc = grpc
    const placeholder = new Placeholder()
    const credentials = credentialsOver(grpc, placeholder, () => this.#dialOnce())
    return new grpc.Client(placeholder.target, credentials, {
      'grpc.use_local_subchannel_pool': 1,
      'grpc.max_receive_message_length': MAX_MESSAGE_BYTES,
      'grpc.max_send_message_length': MAX_MESSAGE_BYTES,
      'grpc-node.flow_control_window': FLOW_CONTROL_BYTES,
      'grpc.client_idle_timeout_ms': NEVER_IDLE_MS,
      'grpc.enable_http_proxy': 0,
      'grpc.enable_retries': 0,
      'grpc.enable_channelz': 0,
      'grpc.default_authority': this.#options.authority ?? 'localhost',
    })
  }

  async #dialOnce(): Promise<Duplex> {
    if (this.#dialled) throw new Error('the connection to BuildKit was lost')
    this.#dialled = true
    try {
      this.#connection = await this.#dial()
    } catch (error) {
      this.#dialError = error
      throw error
    }
    if (this.#closed) this.#connection.destroy()
    return this.#connection
  }

  #metadata(options: CallOptions): Grpc.Metadata {
    const metadata = new (this.#grpc as typeof Grpc).Metadata()
    for (const [name, value] of Object.entries(options.metadata ?? {})) {
      for (const one of typeof value === 'string' ? [value] : value) metadata.add(name.toLowerCase(), one)
    }
    return metadata
  }

  #failure(error: unknown, signal: AbortSignal | undefined): Error {
    if (signal?.aborted) return canceledFailure(signal.reason)
    if (this.#dialError !== undefined && isUnavailable(error)) return unreachableFailure(this.#dialError)
    return toFailure(error)
  }
}

function callOptions(options: CallOptions): Grpc.CallOptions {
  return options.timeoutMs === undefined ? {} : { deadline: Date.now() + options.timeoutMs }
}
