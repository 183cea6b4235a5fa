import {
  create,
  type DescMessage,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from '@bufbuild/protobuf'
import type { CallOptions, Channel } from './channel.ts'

/** A method of a generated service, as far as a call needs it. */
interface Method<I extends DescMessage, O extends DescMessage> {
  readonly name: string
  readonly parent: { readonly typeName: string }
  readonly input: I
  readonly output: O
}

/** `/package.Service/Method` of a generated method. */
export function methodPath(method: {
  readonly name: string
  readonly parent: { readonly typeName: string }
}): string {
  return `/${method.parent.typeName}/${method.name}`
}

/** One typed unary call. Only rooms inside buildkit see generated types. */
export async function callUnary<I extends DescMessage, O extends DescMessage>(
  channel: Channel,
  method: Method<I, O>,
  request: MessageInitShape<I>,
  options: CallOptions,
): Promise<MessageShape<O>> {
  const bytes = toBinary(method.input, create(method.input, request))
  return fromBinary(method.output, await channel.unary(methodPath(method), bytes, options))
}

/** One typed server-streaming call. */
export async function* callStream<I extends DescMessage, O extends DescMessage>(
  channel: Channel,
  method: Method<I, O>,
  request: MessageInitShape<I>,
  options: CallOptions,
): AsyncGenerator<MessageShape<O>> {
  const bytes = toBinary(method.input, create(method.input, request))
  for await (const message of channel.serverStream(methodPath(method), bytes, options)) {
    yield fromBinary(method.output, message)
  }
}

/** Call options with an optional signal, under exactOptionalPropertyTypes. */
export function withSignal(signal: AbortSignal | undefined, more: CallOptions = {}): CallOptions {
  return signal === undefined ? more : { ...more, signal }
}
