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
import { Control } from '../../../src/buildkit/gen/control_pb.ts'
import { LLBBridge } from '../../../src/buildkit/gen/gateway_pb.ts'
import { bufferedPair } from './buffered-pair.ts'

export type Call = grpc.ServerUnaryCall<unknown, unknown> &
  grpc.ServerWritableStream<unknown, unknown> &
  grpc.ServerDuplexStream<unknown, unknown>
export type Handler = (call: Call, callback: grpc.sendUnaryData<unknown>) => void

/** A daemon made with grpc-js, reached through `dial` without any socket. */
export class FakeControl {
  readonly #server = new grpc.Server()
  readonly #injector: ReturnType<grpc.Server['createConnectionInjector']>
  /** Connections made so far, our ends. */
  readonly dialled: Duplex[] = []

  constructor(handlers: Readonly<Record<string, Handler>>) {
    for (const service of [Control, LLBBridge]) {
      const definition: Record<string, grpc.MethodDefinition<unknown, unknown>> = {}
      const implementation: Record<string, Handler> = {}
      for (const method of service.methods) {
        const handler = handlers[method.name]
        if (handler === undefined) continue
        definition[method.name] = definitionOf(service.typeName, method)
        implementation[method.name] = handler
      }
      if (Object.keys(definition).length === 0) continue
      this.#server.addService(definition, implementation as unknown as grpc.UntypedServiceImplementation)
    }
    this.#injector = this.#server.createConnectionInjector(grpc.ServerCredentials.createInsecure())
  }

  readonly dial = async (): Promise<Duplex> => {
    const [ours, theirs] = bufferedPair()
    this.dialled.push(ours)
    this.#injector.injectConnection(theirs)
    return ours
  }

  close(): void {
    this.#injector.destroy()
    this.#server.forceShutdown()
    for (const duplex of this.dialled) duplex.destroy()
  }
}

/** Typed reply of a unary handler. */
export function reply<T extends DescMessage>(_schema: T, make: (call: Call) => MessageInitShape<T>): Handler {
  return (call, callback) => callback(null, make(call))
}

interface MethodShape {
  readonly name: string
  readonly methodKind: string
  readonly input: DescMessage
  readonly output: DescMessage
}

function definitionOf(service: string, method: MethodShape): grpc.MethodDefinition<unknown, unknown> {
  const encode = (schema: DescMessage) => (value: unknown) =>
    Buffer.from(toBinary(schema, create(schema, value as MessageInitShape<DescMessage>)))
  const decode = (schema: DescMessage) => (bytes: Buffer) =>
    fromBinary(schema, bytes) as MessageShape<DescMessage>
  return {
    path: `/${service}/${method.name}`,
    requestStream: method.methodKind === 'bidi_streaming' || method.methodKind === 'client_streaming',
    responseStream: method.methodKind !== 'unary' && method.methodKind !== 'client_streaming',
    requestSerialize: encode(method.input),
    requestDeserialize: decode(method.input),
    responseSerialize: encode(method.output),
    responseDeserialize: decode(method.output),
  }
}
