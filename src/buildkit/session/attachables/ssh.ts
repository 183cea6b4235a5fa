import type { Duplex } from 'node:stream'
import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import type { Host } from '../../../host/host.ts'
import type { SshAgentSource } from '../../../request/types.ts'
import { CheckAgentRequestSchema, CheckAgentResponseSchema, SSH } from '../../gen/ssh_pb.ts'
import { decodeBytesMessage, encodeBytesMessage } from '../../wire/bytes-message.ts'
import { methodPath } from '../../wire/call.ts'
import type { Attachable, CallContext, MessageStream } from '../attachable.ts'
import { CallError, Code } from '../call-error.ts'
import { answerAgentRequests } from './ssh-agent-filter.ts'

const DEFAULT_ID = 'default'
const WINDOWS_AGENT = '\\\\.\\pipe\\openssh-ssh-agent'

/** Forwards ssh agents by id (spec buildkit 5.6). Only listing keys and signing pass. */
export function ssh(sources: readonly SshAgentSource[], host: Host): Attachable {
  const byId = new Map(sources.map((source) => [source.id, source]))
  const find = (id: string): SshAgentSource => {
    const source = byId.get(id === '' ? DEFAULT_ID : id)
    if (source === undefined)
      throw new CallError(Code.unknown, `unset ssh forward key ${id === '' ? DEFAULT_ID : id}`)
    return source
  }
  return {
    methods: [
      {
        kind: 'unary',
        path: methodPath(SSH.method.checkAgent),
        async handle(request) {
          await agentPath(find(fromBinary(CheckAgentRequestSchema, request).id), host)
          return toBinary(CheckAgentResponseSchema, create(CheckAgentResponseSchema))
        },
      },
      {
        kind: 'stream',
        path: methodPath(SSH.method.forwardAgent),
        async handle(stream, call) {
          const source = find(call.metadata.first('buildkit.ssh.id') ?? '')
          await forward(await connectAgent(source, host), stream, call)
        },
      },
    ],
  }
}

async function agentPath(source: SshAgentSource, host: Host): Promise<string> {
  const [path, ...more] = source.paths
  if (more.length > 0) throw keysUnsupported(source.id)
  if (path === undefined || path === '') {
    const found = host.env['SSH_AUTH_SOCK'] ?? (host.platform === 'win32' ? WINDOWS_AGENT : '')
    if (found === '') throw new CallError(Code.unknown, `ssh agent ${source.id}: SSH_AUTH_SOCK is not set`)
    return found
  }
  if (host.platform !== 'win32' && (await host.stat(path))?.kind === 'file') throw keysUnsupported(source.id)
  return path
}

function keysUnsupported(id: string): CallError {
  return new CallError(
    Code.unimplemented,
    `ssh agent ${id}: key files cannot be served yet; add them to an agent (ssh-add) and forward its socket`,
  )
}

async function connectAgent(source: SshAgentSource, host: Host): Promise<Duplex> {
  const path = await agentPath(source, host)
  try {
    return await host.connect({ path })
  } catch (error) {
    throw new CallError(Code.unknown, `cannot reach ssh agent ${source.id}: ${(error as Error).message}`)
  }
}

async function forward(agent: Duplex, stream: MessageStream, call: CallContext): Promise<void> {
  const abort = (): void => {
    agent.destroy()
  }
  call.signal.addEventListener('abort', abort, { once: true })
  try {
    for await (const reply of answerAgentRequests(requests(stream), agent)) {
      await stream.send(encodeBytesMessage([reply]))
    }
  } finally {
    call.signal.removeEventListener('abort', abort)
    agent.destroy()
  }
}

async function* requests(stream: MessageStream): AsyncGenerator<Uint8Array> {
  for await (const message of stream.receive()) yield decodeBytesMessage(message)
}
