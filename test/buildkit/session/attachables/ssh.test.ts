import { generateKeyPairSync, verify } from 'node:crypto'
import type { Duplex } from 'node:stream'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { SSH } from '../../../../src/buildkit/gen/ssh_pb.ts'
import { ssh } from '../../../../src/buildkit/session/attachables/ssh.ts'
import { SshReader, sshString, sshUint32 } from '../../../../src/buildkit/session/attachables/ssh-wire.ts'
import { decodeBytesMessage, encodeBytesMessage } from '../../../../src/buildkit/wire/bytes-message.ts'
import { createMemoryHost, type MemoryHost } from '../../../../src/host/memory-host.ts'
import type { SshAgentSource } from '../../../../src/request/types.ts'
import { bufferedPair } from '../../wire/buffered-pair.ts'
import { Daemon, finish } from '../daemon.ts'

const test = suite('buildkit/session/attachables/ssh')
const FORWARD = '/moby.sshforward.v1.SSH/ForwardAgent'

const message = (type: number, body = ''): Buffer => {
  const out = Buffer.alloc(5 + body.length)
  out.writeUInt32BE(1 + body.length)
  out[4] = type
  out.write(body, 5)
  return out
}

/** An agent that answers every request with its type plus one; `asked` collects the types. */
function agentHost(asked: number[]): MemoryHost {
  return createMemoryHost({
    env: { SSH_AUTH_SOCK: '/agent.sock' },
    files: { '/keys/id': 'a key' },
    connect: async (to) => {
      if (!('path' in to) || to.path !== '/agent.sock') throw new Error('no such agent')
      const [ours, theirs] = bufferedPair()
      answer(theirs, asked)
      return ours
    },
  })
}

function answer(agent: Duplex, asked: number[]): void {
  agent.on('data', (request: Buffer) => {
    asked.push(request[4] as number)
    const reply = message((request[4] as number) + 1, 'reply')
    agent.write(reply.subarray(0, 3))
    agent.write(reply.subarray(3))
  })
}

async function withSsh<T>(
  sources: readonly SshAgentSource[],
  host: MemoryHost,
  use: (daemon: Daemon) => Promise<T>,
): Promise<T> {
  const daemon = await Daemon.open([ssh(sources, host)])
  try {
    return await use(daemon)
  } finally {
    await daemon.close()
  }
}

test('listing and signing pass, everything else is refused, in order', async () => {
  const asked: number[] = []
  await withSsh([{ id: 'default', paths: [] }], agentHost(asked), async (daemon) => {
    const call = daemon.stream(FORWARD, { 'buildkit.ssh.id': ['default'] })
    const bytes = Buffer.concat([
      message(11),
      message(17, 'add'),
      message(13, 'sign'),
      message(19),
      message(27),
    ])
    call.write(encodeBytesMessage([bytes.subarray(0, 7)]))
    call.write(encodeBytesMessage([bytes.subarray(7)]))
    call.end()
    const { messages, code } = await finish(call)
    assert.is(code, 0)
    const replies = Buffer.concat(messages.map((reply) => decodeBytesMessage(reply)))
    const want = [message(12, 'reply'), message(5), message(14, 'reply'), message(5), message(5)]
    assert.ok(replies.equals(Buffer.concat(want)))
  })
  assert.equal(asked, [11, 13])
})

const checks = [
  { name: 'an empty id is the default agent', sources: [{ id: 'default', paths: [] }], id: '', want: '' },
  { name: 'an unknown id', sources: [], id: 'other', want: /unset ssh forward key other/ },
  { name: 'an unknown default', sources: [], id: '', want: /unset ssh forward key default/ },
  {
    name: 'a key file',
    sources: [{ id: 'k', paths: ['/keys/id'] }],
    id: 'k',
    want: /cannot use key \/keys\/id: it is not a private key/,
  },
]
for (const row of checks) {
  test(`checking ${row.name}`, () =>
    withSsh(row.sources, agentHost([]), async (daemon) => {
      let message = ''
      await daemon.unary(SSH.method.checkAgent, { id: row.id }).catch((error: Error) => {
        message = error.message
      })
      if (typeof row.want === 'string') assert.is(message, row.want)
      else assert.match(message, row.want)
    }))
}

test('a key file is offered and signs', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const files = { '/keys/id': privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() }
  return withSsh([{ id: 'k', paths: ['/keys/id'] }], createMemoryHost({ files }), async (daemon) => {
    const blob = Buffer.concat([
      sshString('ssh-ed25519'),
      sshString(publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)),
    ])
    const data = Buffer.from('data')
    const sign = Buffer.concat([Buffer.of(13), sshString(blob), sshString(data), sshUint32(0)])
    const other = Buffer.concat([Buffer.of(13), sshString('other'), sshString(data), sshUint32(0)])
    const call = daemon.stream(FORWARD, { 'buildkit.ssh.id': ['k'] })
    call.write(encodeBytesMessage([message(11), sshString(sign), sshString(other), message(17)]))
    call.end()
    const { messages } = await finish(call)
    const replies = new SshReader(Buffer.concat(messages.map((reply) => decodeBytesMessage(reply))))
    const [list, signed, refusedKey, refusedAdd] = [
      replies.string(),
      replies.string(),
      replies.string(),
      replies.string(),
    ]
    assert.ok(list.equals(Buffer.concat([Buffer.of(12), sshUint32(1), sshString(blob), sshString('')])))
    const signature = new SshReader(new SshReader(signed.subarray(1)).string())
    assert.is(signature.text(), 'ssh-ed25519')
    assert.ok(verify(null, data, publicKey, signature.string()))
    assert.equal([...refusedKey, ...refusedAdd], [5, 5])
  })
})

test('no agent in the environment is said so', () =>
  withSsh([{ id: 'default', paths: [] }], createMemoryHost(), async (daemon) => {
    const { details } = await finish(daemon.stream(FORWARD))
    assert.is(details, 'ssh agent default: SSH_AUTH_SOCK is not set')
  }))

test('an agent that cannot be reached is named', () =>
  withSsh([{ id: 'a', paths: ['/other.sock'] }], agentHost([]), async (daemon) => {
    const { details } = await finish(daemon.stream(FORWARD, { 'buildkit.ssh.id': ['a'] }))
    assert.is(details, 'cannot reach ssh agent a: no such agent')
  }))

test.run()
