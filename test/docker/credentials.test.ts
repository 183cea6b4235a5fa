import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { loadDockerConfig } from '../../src/docker/config.ts'
import { createCredentialStore, type RegistryLogin } from '../../src/docker/credentials.ts'
import { createMemoryHost, type MemoryProgram } from '../../src/host/memory-host.ts'

const test = suite('docker/credentials')
const never = new AbortController().signal
const b64 = (text: string): string => Buffer.from(text).toString('base64')
const login = (parts: Partial<RegistryLogin>): RegistryLogin => ({
  username: '',
  password: '',
  identityToken: '',
  registryToken: '',
  ...parts,
})

async function store(
  config: object,
  programs: Record<string, MemoryProgram> = {},
  env: Record<string, string> = {},
) {
  const host = createMemoryHost({
    env,
    programs,
    files: { '/home/me/.docker/config.json': JSON.stringify(config) },
  })
  return createCredentialStore(await loadDockerConfig(host), host)
}

const answer =
  (username: string, secret: string): MemoryProgram =>
  () => ({
    stdout: JSON.stringify({ ServerURL: 'x', Username: username, Secret: secret }),
  })

const cases: readonly {
  name: string
  config: object
  programs?: Record<string, MemoryProgram>
  env?: Record<string, string>
  ask: string
  want: RegistryLogin | undefined
}[] = [
  { name: 'no entry, no login', config: {}, ask: 'ghcr.io', want: undefined },
  {
    name: 'an entry holds user and password, which may have colons',
    config: { auths: { 'ghcr.io': { auth: b64('me:p:w') } } },
    ask: 'ghcr.io',
    want: login({ username: 'me', password: 'p:w' }),
  },
  {
    name: 'an entry written as a URL counts for its host',
    config: { auths: { 'https://ghcr.io/v2/': { auth: b64('me:pw') } } },
    ask: 'ghcr.io',
    want: login({ username: 'me', password: 'pw' }),
  },
  {
    name: 'ports tell registries apart',
    config: { auths: { 'localhost:5000': { auth: b64('me:pw') } } },
    ask: 'localhost:5001',
    want: undefined,
  },
  {
    name: 'an identity token replaces the password',
    config: { auths: { r: { auth: b64('me:pw'), identitytoken: 'tok' } } },
    ask: 'r',
    want: login({ username: 'me', identityToken: 'tok' }),
  },
  {
    name: 'a registry token is passed on',
    config: { auths: { r: { registrytoken: 'bearer' } } },
    ask: 'r',
    want: login({ registryToken: 'bearer' }),
  },
  { name: 'an empty entry is no login', config: { auths: { r: {} } }, ask: 'r', want: undefined },
  ...['docker.io', 'index.docker.io', 'registry-1.docker.io'].map((ask) => ({
    name: `${ask} is Docker Hub`,
    config: { auths: { 'https://index.docker.io/v1/': { auth: b64('me:pw') } } },
    ask,
    want: login({ username: 'me', password: 'pw' }),
  })),
  {
    name: 'the credential store comes before entries',
    config: { credsStore: 'desk', auths: { r: { auth: b64('old:old') } } },
    programs: { 'docker-credential-desk': answer('me', 'pw') },
    ask: 'r',
    want: login({ username: 'me', password: 'pw' }),
  },
  {
    name: 'a helper of the registry comes before the store',
    config: { credsStore: 'desk', credHelpers: { r: 'ecr' } },
    programs: { 'docker-credential-ecr': answer('<token>', 'tok') },
    ask: 'r',
    want: login({ identityToken: 'tok' }),
  },
  {
    name: 'a helper that knows nothing means no login',
    config: { credsStore: 'desk' },
    programs: {
      'docker-credential-desk': () => ({ code: 1, stdout: 'credentials not found in native keychain\n' }),
    },
    ask: 'r',
    want: undefined,
  },
  {
    name: 'the environment comes before everything',
    config: { credsStore: 'desk' },
    env: { DOCKER_AUTH_CONFIG: JSON.stringify({ auths: { r: { auth: b64('ci:pw') } } }) },
    ask: 'r',
    want: login({ username: 'ci', password: 'pw' }),
  },
]
for (const c of cases) {
  test(c.name, async () => {
    assert.equal(await (await store(c.config, c.programs, c.env)).lookup(c.ask, never), c.want)
  })
}

test('the helper is asked for the key of the config', async () => {
  const asked: unknown[] = []
  const program: MemoryProgram = (args, options) => {
    asked.push(args, options.input)
    return { stdout: '{}' }
  }
  await (await store({ credsStore: 'desk' }, { 'docker-credential-desk': program })).lookup(
    'docker.io',
    never,
  )
  assert.equal(asked, [['get'], 'https://index.docker.io/v1/'])
})

const failures: readonly { name: string; program?: MemoryProgram; want: string }[] = [
  { name: 'a missing helper', want: 'cannot be run' },
  {
    name: 'a failing helper',
    program: () => ({ code: 1, stderr: 'keychain locked' }),
    want: 'keychain locked',
  },
  { name: 'a helper that fails silently', program: () => ({ code: 7 }), want: 'exit code 7' },
  { name: 'a helper that talks nonsense', program: () => ({ stdout: 'secret nonsense' }), want: 'not JSON' },
]
for (const c of failures) {
  test(`${c.name} is a failure that names it`, async () => {
    const programs = c.program === undefined ? {} : { 'docker-credential-desk': c.program }
    const error = await (await store({ credsStore: 'desk' }, programs)).lookup('r', never).catch((e) => e)
    assert.is(error.code, 'CREDENTIAL_HELPER')
    assert.match(error.message, 'docker-credential-desk')
    assert.match(error.message, c.want)
    assert.not.match(error.message, 'secret')
  })
}

test('helpers run one at a time, and a failure does not stop the next', async () => {
  let running = 0
  let most = 0
  const program: MemoryProgram = async (_args, options) => {
    most = Math.max(most, ++running)
    await new Promise((resolve) => setImmediate(resolve))
    running--
    if (options.input === 'bad') return { code: 1, stderr: 'no' }
    return { stdout: JSON.stringify({ Username: 'me', Secret: options.input }) }
  }
  const logins = await store({ credsStore: 'desk' }, { 'docker-credential-desk': program })
  const answers = await Promise.allSettled(['bad', 'a', 'b'].map((key) => logins.lookup(key, never)))
  assert.is(most, 1)
  assert.equal(
    answers.map((a) => (a.status === 'fulfilled' ? a.value?.password : 'failed')),
    ['failed', 'a', 'b'],
  )
})

test('an aborted lookup fails with the reason', async () => {
  const error = await (await store({})).lookup('r', AbortSignal.abort(new Error('stop'))).catch((e) => e)
  assert.is(error.message, 'stop')
})

test.run()
