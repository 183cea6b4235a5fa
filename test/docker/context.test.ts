import { createHash } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { dockerConfigDir, loadDockerConfig, proxyArgs } from '../../src/docker/config.ts'
import { currentContextName, listDockerContexts, loadDockerContext } from '../../src/docker/context.ts'
import { toEndpoint } from '../../src/docker/endpoint.ts'
import { createMemoryHost, type MemoryEntry, type MemoryHostOptions } from '../../src/host/memory-host.ts'

const test = suite('docker/context')
const idOf = (name: string): string => createHash('sha256').update(name).digest('hex')

/** Files of a docker context in the store of the home directory. */
function contextFiles(
  name: string,
  endpoint: object,
  tls: Record<string, string> = {},
): Record<string, MemoryEntry> {
  const dir = '/home/me/.docker/contexts'
  const files: Record<string, MemoryEntry> = {
    [`${dir}/meta/${idOf(name)}/meta.json`]: JSON.stringify({
      Name: name,
      Metadata: {},
      Endpoints: { docker: endpoint },
    }),
  }
  for (const [file, pem] of Object.entries(tls)) files[`${dir}/tls/${idOf(name)}/docker/${file}`] = pem
  return files
}

async function load(name: string, options: MemoryHostOptions) {
  const host = createMemoryHost(options)
  return loadDockerContext(name, await loadDockerConfig(host), host)
}

const current: readonly { name: string; env?: Record<string, string>; config?: string; want: string }[] = [
  { name: 'nothing set means the default context', want: 'default' },
  { name: 'the config names one', config: '{"currentContext":"far"}', want: 'far' },
  {
    name: 'DOCKER_CONTEXT wins over the config',
    env: { DOCKER_CONTEXT: 'near' },
    config: '{"currentContext":"far"}',
    want: 'near',
  },
  {
    name: 'DOCKER_HOST wins over everything',
    env: { DOCKER_CONTEXT: 'near', DOCKER_HOST: 'tcp://x' },
    want: 'default',
  },
  { name: 'empty variables count as unset', env: { DOCKER_CONTEXT: '', DOCKER_HOST: '' }, want: 'default' },
]
for (const c of current) {
  test(c.name, async () => {
    const files = c.config === undefined ? {} : { '/home/me/.docker/config.json': c.config }
    const host = createMemoryHost({ env: c.env ?? {}, files })
    assert.is(currentContextName(await loadDockerConfig(host), host), c.want)
  })
}

test('DOCKER_CONFIG moves the config', () => {
  assert.is(dockerConfigDir(createMemoryHost({ env: { DOCKER_CONFIG: '/etc/d' } })), '/etc/d')
  assert.is(dockerConfigDir(createMemoryHost()), '/home/me/.docker')
})

test('a config that is not JSON is named without quoting it', async () => {
  const host = createMemoryHost({ files: { '/home/me/.docker/config.json': '{"auths": secret' } })
  const error = await loadDockerConfig(host).catch((e) => e)
  assert.is(error.kind, 'io')
  assert.match(error.message, '/home/me/.docker/config.json is not valid JSON')
  assert.not.match(error.message, 'secret')
})

test('proxies of the engine come before the default ones', async () => {
  const proxies = { default: { httpProxy: 'http://d', noProxy: 'x' }, 'tcp://e': { httpsProxy: 'http://e' } }
  const host = createMemoryHost({ files: { '/home/me/.docker/config.json': JSON.stringify({ proxies }) } })
  const config = await loadDockerConfig(host)
  assert.equal(proxyArgs(config, 'unix:///s'), { HTTP_PROXY: 'http://d', NO_PROXY: 'x' })
  assert.equal(proxyArgs(config, 'tcp://e'), { HTTPS_PROXY: 'http://e' })
})

test('the default context is the socket of the platform', async () => {
  assert.is((await load('default', {}))?.host, 'unix:///var/run/docker.sock')
  assert.is((await load('default', { platform: 'win32' }))?.host, 'npipe:////./pipe/docker_engine')
})

test('the default context takes address and certificates from the environment', async () => {
  const context = await load('default', {
    env: { DOCKER_HOST: 'tcp://far:2376', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/certs' },
    files: { '/certs/ca.pem': 'CA', '/certs/key.pem': 'KEY' },
  })
  assert.is(context?.host, 'tcp://far:2376')
  assert.is(String(context?.tls?.ca), 'CA')
  assert.is(context?.tls?.cert, undefined)
  assert.is(context?.tls?.skipVerify, false)
})

test('a stored context brings its certificates', async () => {
  const files = contextFiles('far', { Host: 'tcp://far:1', SkipTLSVerify: true }, { 'ca.pem': 'CA' })
  const context = await load('far', { files })
  assert.is(context?.host, 'tcp://far:1')
  assert.is(String(context?.tls?.ca), 'CA')
  assert.is(context?.tls?.skipVerify, true)
  assert.is((await load('plain', { files: contextFiles('plain', { Host: 'ssh://h' }) }))?.tls, undefined)
})

test('an unknown context is nothing, a damaged one a failure', async () => {
  assert.is(await load('nope', {}), undefined)
  const error = await load('bad', { files: contextFiles('bad', {}) }).catch((e) => e)
  assert.is(error.message, 'docker endpoint for "bad" not found')
})

test('contexts are listed by name behind the default one', async () => {
  const files = {
    ...contextFiles('b', { Host: 'tcp://b' }),
    ...contextFiles('a', { Host: 'tcp://a' }),
    ...contextFiles('x', {}),
  }
  const host = createMemoryHost({ files })
  const names = (await listDockerContexts(await loadDockerConfig(host), host)).map((c) => c.name)
  assert.equal(names, ['default', 'a', 'b'])
})

const ssh = (...args: string[]): object => ({ kind: 'ssh', args })
const endpoints: readonly { address: string; want: object; basePath?: string }[] = [
  { address: 'unix:///run/d.sock', want: { kind: 'socket', path: '/run/d.sock' } },
  { address: 'unix://', want: { kind: 'socket', path: '/var/run/docker.sock' } },
  { address: 'npipe:////./pipe/docker_engine', want: { kind: 'socket', path: '\\\\.\\pipe\\docker_engine' } },
  { address: 'tcp://far', want: { kind: 'tcp', host: 'far', port: 2375 } },
  { address: 'tcp://far:80', want: { kind: 'tcp', host: 'far', port: 80 } },
  { address: 'tcp://far:99/api/', want: { kind: 'tcp', host: 'far', port: 99 }, basePath: '/api' },
  { address: 'tcp://[::1]:99', want: { kind: 'tcp', host: '::1', port: 99 } },
  { address: 'far:99', want: { kind: 'tcp', host: 'far', port: 99 } },
  { address: 'https://far', want: { kind: 'tcp', host: 'far', port: 2376, tls: { skipVerify: false } } },
  {
    address: 'ssh://me@far:22/run/d.sock',
    want: ssh(
      '-l',
      'me',
      '-p',
      '22',
      '-o',
      'ConnectTimeout=30',
      '-T',
      '--',
      'far',
      'docker',
      '--host',
      'unix:///run/d.sock',
      'system',
      'dial-stdio',
    ),
  },
  {
    address: 'ssh://far',
    want: ssh('-o', 'ConnectTimeout=30', '-T', '--', 'far', 'docker', 'system', 'dial-stdio'),
  },
]
for (const c of endpoints) {
  test(`the address ${c.address} is understood`, () => {
    const endpoint = toEndpoint({ name: 'x', host: c.address })
    assert.equal(endpoint.transport, c.want)
    assert.is(endpoint.basePath, c.basePath ?? '')
  })
}

test('TLS of the context reaches the endpoint and changes the default port', () => {
  const endpoint = toEndpoint({ name: 'x', host: 'tcp://far', tls: { skipVerify: true } })
  assert.equal(endpoint.transport, { kind: 'tcp', host: 'far', port: 2376, tls: { skipVerify: true } })
})

for (const address of ['foo://bar', 'tcp://far:port', 'ssh://me:pw@far', 'ssh://far?x=1', 'ssh://']) {
  test(`the address ${address} is refused`, () => {
    assert.throws(
      () => toEndpoint({ name: 'x', host: address }),
      (e: Error) => {
        assert.not.match(e.message, 'pw')
        return /unable to parse docker host/.test(e.message)
      },
    )
  })
}

test.run()
