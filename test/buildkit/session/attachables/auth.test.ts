import { createPublicKey, verify } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Auth } from '../../../../src/buildkit/gen/auth_pb.ts'
import { type AuthOptions, auth, type ShowStep } from '../../../../src/buildkit/session/attachables/auth.ts'
import type { StoredCredentials } from '../../../../src/buildkit/session/attachables/auth-credentials.ts'
import { tokenSeeds } from '../../../../src/buildkit/session/attachables/token-seed.ts'
import { tempDir } from '../../../harness/temp.ts'
import { Daemon } from '../daemon.ts'

const test = suite('buildkit/session/attachables/auth')

interface Asked {
  readonly method: string
  readonly url: string
  readonly authorization: string | undefined
  readonly form: string | undefined
}

/** Answers token requests in order, and keeps what was asked. */
function tokenServer(replies: readonly { status?: number; json: unknown }[]): {
  asked: Asked[]
  fetch: typeof fetch
} {
  const asked: Asked[] = []
  const answer = async (url: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const { status = 200, json } = replies[asked.length] ?? { status: 500, json: {} }
    const headers = (init.headers ?? {}) as Record<string, string>
    asked.push({
      method: init.method ?? 'GET',
      url: String(url),
      authorization: headers['authorization'],
      form: init.body instanceof URLSearchParams ? init.body.toString() : undefined,
    })
    return new Response(JSON.stringify(json), { status })
  }
  return { asked, fetch: answer as typeof fetch }
}

async function withAuth<T>(options: Partial<AuthOptions>, use: (daemon: Daemon) => Promise<T>): Promise<T> {
  const daemon = await Daemon.open([
    auth({ credentials: async () => undefined, now: () => 90_000, ...options }),
  ])
  try {
    return await use(daemon)
  } finally {
    await daemon.close()
  }
}

const stored = [
  { name: 'nothing', found: undefined, want: ['', ''] },
  { name: 'a password', found: { username: 'me', password: 'pw' }, want: ['me', 'pw'] },
  { name: 'an identity token', found: { username: 'me', identityToken: 'idt' }, want: ['', 'idt'] },
] as const
for (const row of stored) {
  test(`credentials: ${row.name}`, () =>
    withAuth({ credentials: async () => row.found as StoredCredentials | undefined }, async (daemon) => {
      const reply = await daemon.unary(Auth.method.credentials, { host: 'r.example' })
      assert.equal([reply.username, reply.secret], row.want)
    }))
}

test('credentials are looked up once per host, one at a time, and Docker Hub by its own key', async () => {
  const keys: string[] = []
  let running = 0
  const credentials = async (key: string): Promise<undefined> => {
    keys.push(key)
    assert.is(++running, 1)
    await new Promise((resolve) => setImmediate(resolve))
    running--
  }
  await withAuth({ credentials }, async (daemon) => {
    const ask = (host: string): Promise<unknown> => daemon.unary(Auth.method.credentials, { host })
    await Promise.all([ask('registry-1.docker.io'), ask('a'), ask('b'), ask('a')])
    await ask('b')
  })
  assert.equal([...keys].sort(), ['a', 'b', 'https://index.docker.io/v1/'])
})

test('a failed look-up is not kept', async () => {
  let tries = 0
  const credentials = async (): Promise<StoredCredentials> => {
    if (tries++ === 0) throw new Error('helper broke')
    return { username: 'me', password: 'pw' }
  }
  await withAuth({ credentials }, async (daemon) => {
    try {
      await daemon.unary(Auth.method.credentials, { host: 'a' })
      assert.unreachable()
    } catch (error) {
      assert.match((error as Error).message, 'helper broke')
    }
    assert.is((await daemon.unary(Auth.method.credentials, { host: 'a' })).secret, 'pw')
  })
})

const wanted = {
  host: 'r',
  realm: 'https://t.example/token',
  service: 's',
  scopes: ['a:pull', 'b:push'],
  clientId: 'x',
}
const query = 'service=s&scope=a%3Apull&scope=b%3Apush'
const tokens = [
  {
    name: 'without login: an anonymous GET',
    found: {},
    replies: [{ json: { token: 'T', expires_in: 300 } }],
    asked: [{ method: 'GET', url: `${wanted.realm}?${query}`, authorization: undefined, form: undefined }],
    want: ['T', 300n],
  },
  {
    name: 'with a password: a POST',
    found: { username: 'me', password: 'pw' },
    replies: [{ json: { access_token: 'T' } }],
    asked: [
      {
        method: 'POST',
        url: wanted.realm,
        authorization: undefined,
        form: 'client_id=buildkit-client&scope=a%3Apull+b%3Apush&service=s&grant_type=password&username=me&password=pw',
      },
    ],
    want: ['T', 60n],
  },
  {
    name: 'with an identity token: a refresh',
    found: { identityToken: 'idt' },
    replies: [{ json: { access_token: 'T' } }],
    asked: [
      {
        method: 'POST',
        url: wanted.realm,
        authorization: undefined,
        form: 'client_id=buildkit-client&scope=a%3Apull+b%3Apush&service=s&grant_type=refresh_token&refresh_token=idt',
      },
    ],
    want: ['T', 60n],
  },
  {
    name: 'a server without POST is asked with GET and basic auth',
    found: { username: 'me', password: 'pw' },
    replies: [{ status: 405, json: {} }, { json: { token: 'T' } }],
    asked: [
      undefined,
      { method: 'GET', url: `${wanted.realm}?${query}`, authorization: 'Basic bWU6cHc=', form: undefined },
    ],
    want: ['T', 60n],
  },
  {
    name: 'a stored registry token is used as it is',
    found: { registryToken: 'RT' },
    replies: [],
    asked: [],
    want: ['RT', 0n],
  },
] as const
for (const row of tokens) {
  test(`token ${row.name}`, () => {
    const server = tokenServer(row.replies)
    return withAuth({ credentials: async () => row.found, fetch: server.fetch }, async (daemon) => {
      const reply = await daemon.unary(Auth.method.fetchToken, wanted)
      assert.equal([reply.token, reply.expiresIn], row.want)
      for (const [index, want] of row.asked.entries()) {
        if (want !== undefined) assert.equal(server.asked[index], want)
      }
      assert.is(server.asked.length, row.asked.length)
    })
  })
}

test('a refused token names the server and the status, not the password', () => {
  const server = tokenServer([{ status: 403, json: {} }])
  const found = { username: 'me', password: 'hush' }
  return withAuth({ credentials: async () => found, fetch: server.fetch }, async (daemon) => {
    try {
      await daemon.unary(Auth.method.fetchToken, wanted)
      assert.unreachable()
    } catch (error) {
      const { message } = error as Error
      const want =
        'failed to fetch oauth token: unexpected status from POST request to https://t.example/token: 403 Forbidden'
      assert.match(message, want)
      assert.not.match(message, 'hush')
    }
  })
})

test('logging in is shown as a step, once per name', () => {
  const server = tokenServer([{ json: { token: 'T' } }, { json: { token: 'T' } }])
  const found = { username: 'me', password: 'pw' }
  const steps: string[] = []
  const step: ShowStep = (name, work) => {
    steps.push(name)
    return work()
  }
  return withAuth({ credentials: async () => found, fetch: server.fetch, step }, async (daemon) => {
    const request = { ...wanted, scopes: ['repository:a/b:pull', 'repository:c:push'] }
    await daemon.unary(Auth.method.fetchToken, request)
    await daemon.unary(Auth.method.fetchToken, request)
    await daemon.unary(Auth.method.credentials, { host: 'r' })
    await daemon.unary(Auth.method.credentials, { host: 'r' })
    assert.equal(steps, ['[auth] a/b:pull c:push token for r', '[auth] sharing credentials for r'])
  })
})

test('the authority signs payloads with the key it names', () => {
  const seed = async (): Promise<Uint8Array> => Buffer.alloc(16, 3)
  const found = { username: 'me', password: 'pw' }
  return withAuth({ credentials: async () => found, tokenSeed: seed }, async (daemon) => {
    const salt = Buffer.alloc(32, 1)
    const payload = Buffer.from('prove it')
    const { publicKey } = await daemon.unary(Auth.method.getTokenAuthority, { host: 'r', salt })
    const { signed } = await daemon.unary(Auth.method.verifyTokenAuthority, { host: 'r', salt, payload })
    assert.is(publicKey.length, 32)
    const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), publicKey])
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' })
    assert.ok(verify(null, payload, key, signed.subarray(0, 64)))
    assert.equal(Buffer.from(signed.subarray(64)).toString(), 'prove it')
    const other = await daemon.unary(Auth.method.getTokenAuthority, { host: 'r', salt: Buffer.alloc(32, 2) })
    assert.not(Buffer.from(other.publicKey).equals(Buffer.from(publicKey)))
  })
})

test('client side tokens can be turned off', () =>
  withAuth({ noClientToken: true, tokenSeed: async () => Buffer.alloc(16) }, async (daemon) => {
    try {
      await daemon.unary(Auth.method.getTokenAuthority, { host: 'r', salt: Buffer.alloc(32) })
      assert.unreachable()
    } catch (error) {
      assert.is((error as Error & { code: number }).code, 14)
    }
  }))

test('seeds are kept in a private file, one per host', async () => {
  const dir = tempDir()
  let next = 0
  const random = (count: number): Uint8Array => Buffer.alloc(count, ++next)
  const seeds = tokenSeeds(dir, random)
  const [a, b] = await Promise.all([seeds('a'), seeds('b')])
  assert.not(Buffer.from(a).equals(Buffer.from(b)))
  assert.equal([...(await tokenSeeds(dir, random)('a'))], [...a])
  const path = join(dir, '.token_seed')
  assert.equal(Object.keys(JSON.parse(readFileSync(path, 'utf8'))), ['a', 'b'])
  assert.is(statSync(path).mode & 0o777, 0o600)
})

test.run()
