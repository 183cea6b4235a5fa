import type { Duplex } from 'node:stream'
import {
  create,
  type DescMessage,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from '@bufbuild/protobuf'
import * as grpc from '@grpc/grpc-js'
import type { Attachable } from '../../../src/buildkit/session/attachable.ts'
import { openSession, type Session } from '../../../src/buildkit/session/session.ts'
import { methodPath } from '../../../src/buildkit/wire/call.ts'
import { credentialsOver } from '../../../src/buildkit/wire/credentials.ts'
import { Placeholder } from '../../../src/buildkit/wire/placeholder.ts'
import type { Headers } from '../../../src/buildkit/wire/types.ts'
import { bufferedPair } from '../wire/buffered-pair.ts'

interface Method<I extends DescMessage, O extends DescMessage> {
  readonly name: string
  readonly parent: { readonly typeName: string }
  readonly input: I
  readonly output: O
}

/** What a daemon saw of one streaming call. */
export interface StreamEnd {
  readonly messages: readonly Buffer[]
  readonly code: number
  readonly details: string
}

/** The daemon's side of a session: a grpc-js client on the same connection. */
export class Daemon {
  readonly session: Session
  readonly headers: Headers
  readonly client: grpc.Client
  readonly connection: Duplex

  constructor(session: Session, headers: Headers, client: grpc.Client, connection: Duplex) {
    this.session = session
    this.headers = headers
    this.client = client
    this.connection = connection
  }

  /** Opens a session with the attachables and connects to it. */
  static async open(attachables: readonly Attachable[]): Promise<Daemon> {
    const [ours, theirs] = bufferedPair()
    let headers: Headers = {}
    const session = await openSession({
      id: 'session-1',
      sharedKey: 'key',
      attachables,
      dial: async (sent) => {
        headers = sent
        return ours
      },
    })
    const placeholder = new Placeholder()
    const client = new grpc.Client(
      placeholder.target,
      credentialsOver(grpc, placeholder, async () => theirs),
      {
        'grpc.use_local_subchannel_pool': 1,
        'grpc.max_receive_message_length': -1,
      },
    )
    return new Daemon(session, headers, client, theirs)
  }

  async unary<I extends DescMessage, O extends DescMessage>(
    method: Method<I, O>,
    request: MessageInitShape<I>,
    metadata: grpc.Metadata = new grpc.Metadata(),
  ): Promise<MessageShape<O>> {
    return await new Promise((resolve, reject) => {
      this.client.makeUnaryRequest(
        methodPath(method),
        (value: MessageShape<I>) => Buffer.from(toBinary(method.input, value)),
        (bytes: Buffer) => fromBinary(method.output, bytes),
        create(method.input, request),
        metadata,
        {},
        (error, value) => (error === null ? resolve(value as MessageShape<O>) : reject(error)),
      )
    })
  }

  /** A streaming call with raw messages. */
  stream(
    path: string,
    metadata: Readonly<Record<string, readonly string[]>> = {},
  ): grpc.ClientDuplexStream<Buffer, Buffer> {
    const sent = new grpc.Metadata()
    for (const [name, values] of Object.entries(metadata)) for (const value of values) sent.add(name, value)
    return this.client.makeBidiStreamRequest(
      path,
      (bytes: Buffer) => bytes,
      (bytes: Buffer) => bytes,
      sent,
    )
  }

  async close(): Promise<void> {
    await this.session.close()
    this.client.close()
    this.connection.destroy()
  }
}

/** Reads a call to its end; never rejects. */
export async function finish(call: grpc.ClientDuplexStream<Buffer, Buffer>): Promise<StreamEnd> {
  const messages: Buffer[] = []
  call.on('error', () => {})
  call.on('data', (message: Buffer) => messages.push(message))
  const status = await new Promise<grpc.StatusObject>((resolve) => call.on('status', resolve))
  return { messages, code: status.code, details: status.details }
}
