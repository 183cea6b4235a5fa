import { dirname, join } from 'node:path'
import { BuildFailure } from '../core/failure.ts'
import type { Host } from '../host/host.ts'

/** One entry of `auths`. */
export interface AuthEntry {
  /** Base64 of `user:password`. */
  readonly auth?: string
  readonly username?: string
  readonly password?: string
  readonly identitytoken?: string
  readonly registrytoken?: string
}

/** Proxy settings for builds on one engine. */
export interface ProxySettings {
  readonly httpProxy?: string
  readonly httpsProxy?: string
  readonly noProxy?: string
  readonly ftpProxy?: string
  readonly allProxy?: string
}

/** What bakekit uses of the docker command line's `config.json`. */
export interface DockerConfig {
  /** The directory of the file, whether or not it exists. */
  readonly dir: string
  readonly auths: Readonly<Record<string, AuthEntry>>
  /** Credentials of the environment variable `DOCKER_AUTH_CONFIG`; they come before the file's. */
  readonly envAuths: Readonly<Record<string, AuthEntry>>
  readonly credsStore: string | undefined
  readonly credHelpers: Readonly<Record<string, string>>
  readonly currentContext: string | undefined
  /** By engine address, or `default`. */
  readonly proxies: Readonly<Record<string, ProxySettings>>
}

/** `$DOCKER_CONFIG`, else `.docker` in the home directory. */
export function dockerConfigDir(host: Host): string {
  const fromEnv = host.env['DOCKER_CONFIG']
  return fromEnv !== undefined && fromEnv !== '' ? fromEnv : join(host.homeDir, '.docker')
}

/** Reads `config.json`; a missing file is an empty one. Throws `BuildFailure` (`io`) when it cannot be parsed. */
export async function loadDockerConfig(host: Host): Promise<DockerConfig> {
  const dir = dockerConfigDir(host)
  const file = await readConfigFile(join(dir, 'config.json'), host)
  const env = host.env['DOCKER_AUTH_CONFIG']
  const fromEnv = env === undefined || env === '' ? {} : parseObject(env, 'DOCKER_AUTH_CONFIG')
  return {
    dir,
    auths: objectOf(file['auths']) as DockerConfig['auths'],
    envAuths: objectOf(fromEnv['auths']) as DockerConfig['auths'],
    credsStore: textOf(file['credsStore']),
    credHelpers: objectOf(file['credHelpers']) as Readonly<Record<string, string>>,
    currentContext: textOf(file['currentContext']),
    proxies: objectOf(file['proxies']) as DockerConfig['proxies'],
  }
}

/** Where this machine's builders are recorded: `$BUILDX_CONFIG`, else `buildx` beside `config.json`. */
export function buildxConfigDir(host: Host): string {
  const fromEnv = host.env['BUILDX_CONFIG']
  return fromEnv !== undefined && fromEnv !== '' ? fromEnv : join(dockerConfigDir(host), 'buildx')
}

const PROXY_ARGS: Readonly<Record<keyof ProxySettings, string>> = {
  httpProxy: 'HTTP_PROXY',
  httpsProxy: 'HTTPS_PROXY',
  noProxy: 'NO_PROXY',
  ftpProxy: 'FTP_PROXY',
  allProxy: 'ALL_PROXY',
}

/** The build arguments for builds on the engine at `address`: its own proxy settings, else the default ones. */
export function proxyArgs(config: DockerConfig, address: string): Readonly<Record<string, string>> {
  const settings = config.proxies[address] ?? config.proxies['default'] ?? {}
  const args: Record<string, string> = {}
  for (const [key, name] of Object.entries(PROXY_ARGS)) {
    const value = settings[key as keyof ProxySettings]
    if (value !== undefined && value !== '') args[name] = value
  }
  return args
}

async function readConfigFile(path: string, host: Host): Promise<Readonly<Record<string, unknown>>> {
  let bytes: Uint8Array
  try {
    bytes = await host.readFile(path)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'ENOTDIR') return {}
    throw new BuildFailure('io', `cannot read the docker config ${path}: ${(error as Error).message}`, {
      code: 'DOCKER_CONFIG',
      cause: error,
    })
  }
  const text = Buffer.from(bytes).toString().trim()
  return text === '' ? {} : parseObject(text, path)
}

function parseObject(text: string, name: string): Readonly<Record<string, unknown>> {
  try {
    return objectOf(JSON.parse(text))
  } catch (error) {
    // The parser's message quotes the text, which holds passwords.
    throw new BuildFailure('io', `${name} is not valid JSON`, {
      code: 'DOCKER_CONFIG',
      hints: [`correct the JSON syntax in ${dirname(name) === '.' ? name : 'the file'}`],
      cause: error instanceof SyntaxError ? undefined : error,
    })
  }
}

function objectOf(thing: unknown): Readonly<Record<string, unknown>> {
  return typeof thing === 'object' && thing !== null && !Array.isArray(thing) ? { ...thing } : {}
}

function textOf(thing: unknown): string | undefined {
  return typeof thing === 'string' && thing !== '' ? thing : undefined
}
