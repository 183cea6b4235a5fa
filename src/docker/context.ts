import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { BuildFailure } from '../core/failure.ts'
import type { Host } from '../host/host.ts'
import type { DockerConfig } from './config.ts'

/** Certificates of an engine connection, as PEM. */
export interface TlsMaterial {
  readonly ca?: Uint8Array
  readonly cert?: Uint8Array
  readonly key?: Uint8Array
  readonly skipVerify: boolean
}

/** A docker context: a named engine. */
export interface DockerContext {
  readonly name: string
  /** Address such as `unix:///var/run/docker.sock`. */
  readonly host: string
  readonly tls?: TlsMaterial
}

const DEFAULT_CONTEXT = 'default'

/** The context in use: `DOCKER_HOST` means `default`, then `DOCKER_CONTEXT`, then `config.json` (spec buildkit 15.3). */
export function currentContextName(config: DockerConfig, host: Host): string {
  if (isSet(host.env['DOCKER_HOST'])) return DEFAULT_CONTEXT
  const fromEnv = host.env['DOCKER_CONTEXT']
  return isSet(fromEnv) ? fromEnv : (config.currentContext ?? DEFAULT_CONTEXT)
}

/** Loads a context by name; undefined when there is none. Throws `BuildFailure` (`io`) when it is damaged. */
export async function loadDockerContext(
  name: string,
  config: DockerConfig,
  host: Host,
): Promise<DockerContext | undefined> {
  if (name === DEFAULT_CONTEXT) return defaultContext(config, host)
  const id = createHash('sha256').update(name).digest('hex')
  const file = join(config.dir, 'contexts', 'meta', id, 'meta.json')
  const bytes = await readOptional(file, host)
  if (bytes === undefined) return undefined
  const endpoint = readMeta(bytes, name)
  const dir = join(config.dir, 'contexts', 'tls', id, 'docker')
  const tls = await readCertificates(dir, host)
  const skipVerify = endpoint.SkipTLSVerify === true
  const secured = Object.keys(tls).length > 0 || skipVerify
  return { name, host: endpoint.Host, ...(secured ? { tls: { ...tls, skipVerify } } : {}) }
}

/** All contexts by name, `default` first. Damaged ones are left out. */
export async function listDockerContexts(
  config: DockerConfig,
  host: Host,
): Promise<readonly DockerContext[]> {
  const dir = join(config.dir, 'contexts', 'meta')
  const ids = await host.list(dir).catch(() => [])
  const found: DockerContext[] = []
  for (const id of ids) {
    const bytes = await readOptional(join(dir, id, 'meta.json'), host)
    const name = bytes === undefined ? undefined : nameOf(bytes)
    const context =
      name === undefined ? undefined : await loadDockerContext(name, config, host).catch(() => undefined)
    if (context !== undefined) found.push(context)
  }
  found.sort((a, b) => (a.name < b.name ? -1 : 1))
  return [await defaultContext(config, host), ...found]
}

async function defaultContext(config: DockerConfig, host: Host): Promise<DockerContext> {
  const fromEnv = host.env['DOCKER_HOST']
  const address = isSet(fromEnv) ? fromEnv : defaultAddress(host)
  if (!isSet(host.env['DOCKER_TLS_VERIFY'])) return { name: DEFAULT_CONTEXT, host: address }
  const certPath = host.env['DOCKER_CERT_PATH']
  const tls = await readCertificates(isSet(certPath) ? certPath : config.dir, host)
  return { name: DEFAULT_CONTEXT, host: address, tls: { ...tls, skipVerify: false } }
}

function defaultAddress(host: Host): string {
  return host.platform === 'win32' ? 'npipe:////./pipe/docker_engine' : 'unix:///var/run/docker.sock'
}

interface EndpointMeta {
  readonly Host: string
  readonly SkipTLSVerify?: boolean
}

function readMeta(bytes: Uint8Array, name: string): EndpointMeta {
  let endpoint: Partial<EndpointMeta> | undefined
  try {
    endpoint = JSON.parse(Buffer.from(bytes).toString())?.Endpoints?.docker
  } catch (error) {
    throw new BuildFailure('io', `docker context "${name}" is damaged: ${(error as Error).message}`, {
      code: 'DOCKER_CONTEXT',
      cause: error,
    })
  }
  if (typeof endpoint?.Host === 'string') return { ...endpoint, Host: endpoint.Host }
  throw new BuildFailure('io', `docker endpoint for "${name}" not found`, { code: 'DOCKER_CONTEXT' })
}

function nameOf(bytes: Uint8Array): string | undefined {
  try {
    const name = JSON.parse(Buffer.from(bytes).toString()).Name
    return typeof name === 'string' ? name : undefined
  } catch {
    return undefined
  }
}

async function readCertificates(dir: string, host: Host): Promise<Omit<TlsMaterial, 'skipVerify'>> {
  const [ca, cert, key] = await Promise.all(
    ['ca.pem', 'cert.pem', 'key.pem'].map((name) => readOptional(join(dir, name), host)),
  )
  return { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) }
}

async function readOptional(path: string, host: Host): Promise<Uint8Array | undefined> {
  try {
    return await host.readFile(path)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw new BuildFailure('io', (error as Error).message, { code: 'DOCKER_CONTEXT', cause: error })
  }
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== ''
}
