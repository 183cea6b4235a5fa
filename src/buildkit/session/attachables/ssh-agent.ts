import type { Duplex } from 'node:stream'
import { CallError, Code } from '../call-error.ts'
import type { SshKey } from './ssh-key.ts'
import { AgentMessage, agentMessages, SshReader, sshString, sshUint32 } from './ssh-wire.ts'

/** Answers one agent request (type byte and body) with one reply, in the same form. */
export type AnswerAgent = (request: Buffer) => Promise<Buffer>

const FAILURE = Buffer.of(AgentMessage.failure)

/** Answers requests one by one, in order. Ends when the requests do. */
export async function* answerAgentRequests(
  requests: AsyncIterable<Uint8Array>,
  answer: AnswerAgent,
): AsyncGenerator<Uint8Array> {
  for await (const request of agentMessages(requests)) yield sshString(await answer(request))
}

/**
 * Passes list and sign requests to a real agent and refuses everything else: a build must not add, remove or
 * lock keys (spec buildkit 5.6).
 */
export function limitedAgent(agent: Duplex): AnswerAgent {
  const replies = agentMessages(agent)
  return async (request) => {
    const [type] = request
    if (type !== AgentMessage.requestIdentities && type !== AgentMessage.signRequest) return FAILURE
    agent.write(sshString(request))
    const reply = await replies.next()
    if (reply.done) throw new CallError(Code.unknown, 'the ssh agent closed the connection')
    return reply.value
  }
}

/** An agent of our own that holds the given keys. */
export function keyAgent(keys: readonly SshKey[]): AnswerAgent {
  return async (request) => {
    const [type] = request
    if (type === AgentMessage.requestIdentities) return identities(keys)
    if (type !== AgentMessage.signRequest) return FAILURE
    return signature(keys, new SshReader(request.subarray(1)))
  }
}

function identities(keys: readonly SshKey[]): Buffer {
  const entries = keys.flatMap((key) => [sshString(key.publicBlob), sshString('')])
  return Buffer.concat([Buffer.of(AgentMessage.identitiesAnswer), sshUint32(keys.length), ...entries])
}

function signature(keys: readonly SshKey[], request: SshReader): Buffer {
  try {
    const blob = request.string()
    const data = request.string()
    const flags = request.uint32()
    const key = keys.find((candidate) => candidate.publicBlob.equals(blob))
    if (key === undefined) return FAILURE
    return Buffer.concat([Buffer.of(AgentMessage.signResponse), sshString(key.sign(data, flags))])
  } catch {
    // A request cut short, or a hash this OpenSSL refuses.
    return FAILURE
  }
}
