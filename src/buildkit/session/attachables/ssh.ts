import type { Duplex } from 'node:stream'
import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import type { Host } from '../../../host/host.ts'
import type { SshAgentSource } from '../../../request/types.ts'
import { CheckAgentRequestSchema, CheckAgentResponseSchema, SSH } from '../../gen/ssh_pb.ts'
import { decodeBytesMessage, encodeBytesMessage } from '../../wire/bytes-message.ts'
import { methodPath } from '../../wire/call.ts'
import type { Attachable, CallContext, MessageStream } from '../attachable.ts'
import { CallError, Code } from '../call-error.ts'
import { type AnswerAgent, answerAgentRequests, keyAgent, limitedAgent } from './ssh-agent.ts'
import { readSshKey, type SshKey } from './ssh-key.ts'

const DEFAULT_ID = 'default'
const WINDOWS_PIPES = '\\\\.\\pipe\\'
const WINDOWS_AGENT = `${WINDOWS_PIPES}openssh-ssh-agent`
// The reference's limit (spec buildkit 5.6).
const MAX_KEY_BYTES = 100 * 1024

/** Forwards ssh agents and key files by id (spec buildkit 5.6). Only listing keys and signing pass. */
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
          await findAgent(find(fromBinary(CheckAgentRequestSchema, request).id), host)
          return toBinary(CheckAgentResponseSchema, create(CheckAgentResponseSchema))
        },
      },
      {
        kind: 'stream',
        path: methodPath(SSH.method.forwardAgent),
        async handle(stream, call) {
          const source = find(call.metadata.first('buildkit.ssh.id') ?? '')
          await forward(source, host, stream, call)
        },
      },
    ],
  }
}

type Agent =
  | { readonly kind: 'socket'; readonly path: string }
  | { readonly kind: 'keys'; readonly keys: readonly SshKey[] }

async function findAgent(source: SshAgentSource, host: Host): Promise<Agent> {
  const paths = source.paths.filter((path) => path !== '')
  if (paths.length === 0) return { kind: 'socket', path: defaultSocket(source.id, host) }
  const files: string[] = []
  const sockets: string[] = []
  for (const path of paths) ((await isKeyFile(path, host)) ? files : sockets).push(path)
  const [socket] = sockets
  if (socket === undefined)
    return { kind: 'keys', keys: await Promise.all(files.map((path) => readKey(path, source.id, host))) }
  if (paths.length > 1) {
    throw new CallError(Code.unknown, `ssh agent ${source.id}: a socket cannot be combined with other paths`)
  }
  return { kind: 'socket', path: socket }
}

function defaultSocket(id: string, host: Host): string {
  const path = host.env['SSH_AUTH_SOCK'] ?? ''
  if (path !== '') return path
  if (host.platform === 'win32') return WINDOWS_AGENT
  throw new CallError(Code.unknown, `ssh agent ${id}: SSH_AUTH_SOCK is not set`)
}

async function isKeyFile(path: string, host: Host): Promise<boolean> {
  if (path.startsWith(WINDOWS_PIPES)) return false
  return (await host.stat(path))?.kind === 'file'
}

async function readKey(path: string, id: string, host: Host): Promise<SshKey> {
  try {
    const bytes = await host.readFile(path)
    if (bytes.length > MAX_KEY_BYTES) throw new Error(`it is over ${MAX_KEY_BYTES} bytes`)
    return readSshKey(new TextDecoder().decode(bytes))
  } catch (error) {
    throw new CallError(Code.unknown, `ssh agent ${id}: cannot use key ${path}: ${(error as Error).message}`)
  }
}

async function forward(
  source: SshAgentSource,
  host: Host,
  stream: MessageStream,
  call: CallContext,
): Promise<void> {
  const agent = await findAgent(source, host)
  if (agent.kind === 'keys') return await answer(keyAgent(agent.keys), stream)
  const socket = await connect(agent.path, source.id, host)
  const abort = (): void => {
    socket.destroy()
  }
  call.signal.addEventListener('abort', abort, { once: true })
  try {
    await answer(limitedAgent(socket), stream)
  } finally {
    call.signal.removeEventListener('abort', abort)
    socket.destroy()
  }
}

async function connect(path: string, id: string, host: Host): Promise<Duplex> {
  try {
    return await host.connect({ path })
  } catch (error) {
    throw new CallError(Code.unknown, `cannot reach ssh agent ${id}: ${(error as Error).message}`)
  }
}

async function answer(agent: AnswerAgent, stream: MessageStream): Promise<void> {
  for await (const reply of answerAgentRequests(requests(stream), agent)) {
    await stream.send(encodeBytesMessage([reply]))
  }
}

async function* requests(stream: MessageStream): AsyncGenerator<Uint8Array> {
  for await (const message of stream.receive()) yield decodeBytesMessage(message)
}
