import { BuildFailure } from '../core/failure.ts'
import type { Host } from '../host/host.ts'
import type { AuthEntry, DockerConfig } from './config.ts'

/** A login for a registry. Parts that do not apply are ''. */
export interface RegistryLogin {
  readonly username: string
  /** The password; '' when there is an identity token. */
  readonly password: string
  /** An OAuth refresh token. */
  readonly identityToken: string
  /** A bearer token to be used as it is. */
  readonly registryToken: string
}

/** The user's registry logins. */
export interface CredentialStore {
  /**
   * The login for a registry host such as `ghcr.io`; undefined when there is none. Docker Hub answers to all its
   * names. Throws `BuildFailure` (`registry`) when a credential helper fails.
   */
  lookup(registry: string, signal: AbortSignal): Promise<RegistryLogin | undefined>
}

/** The key under which the docker command line keeps the Docker Hub login. */
export const DOCKER_HUB_KEY = 'https://index.docker.io/v1/'

const HUB_NAMES = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io', DOCKER_HUB_KEY])

/**
 * Logins from `config.json` (spec buildkit 5.4): `credHelpers`, else `credsStore`, else `auths`. Helpers run one
 * at a time, as some hang in parallel.
 */
export function createCredentialStore(config: DockerConfig, host: Host): CredentialStore {
  let queue: Promise<unknown> = Promise.resolve()
  return {
    lookup(registry, signal) {
      const key = HUB_NAMES.has(registry) ? DOCKER_HUB_KEY : registry
      const answer = queue.then(() => {
        signal.throwIfAborted()
        return findLogin(key, config, host, signal)
      })
      queue = answer.catch(() => {})
      return answer
    },
  }
}

async function findLogin(
  key: string,
  config: DockerConfig,
  host: Host,
  signal: AbortSignal,
): Promise<RegistryLogin | undefined> {
  const fromEnv = entryFor(key, config.envAuths)
  if (fromEnv !== undefined) return toLogin(fromEnv)
  const helper = config.credHelpers[key] ?? config.credsStore
  if (helper !== undefined && helper !== '') return askHelper(helper, key, host, signal)
  const entry = entryFor(key, config.auths)
  return entry === undefined ? undefined : toLogin(entry)
}

/** Keys may be written as URLs; they then count for their host. */
function entryFor(key: string, auths: DockerConfig['auths']): AuthEntry | undefined {
  const exact = auths[key]
  if (exact !== undefined) return exact
  const found = Object.keys(auths).find((name) => hostOf(name) === hostOf(key))
  return found === undefined ? undefined : auths[found]
}

function hostOf(key: string): string {
  return key.replace(/^https?:\/\//, '').replace(/\/.*$/, '')
}

function toLogin(entry: AuthEntry): RegistryLogin | undefined {
  const [user, password] = splitAuth(entry.auth)
  const identityToken = entry.identitytoken ?? ''
  const login = {
    username: user ?? entry.username ?? '',
    password: identityToken === '' ? (password ?? entry.password ?? '') : '',
    identityToken,
    registryToken: entry.registrytoken ?? '',
  }
  return Object.values(login).every((part) => part === '') ? undefined : login
}

function splitAuth(auth: string | undefined): readonly [string?, string?] {
  if (auth === undefined || auth === '') return []
  const text = Buffer.from(auth, 'base64').toString()
  const colon = text.indexOf(':')
  // Old files end passwords with NUL bytes.
  return colon < 0 ? [] : [text.slice(0, colon), text.slice(colon + 1).replace(/^\0+|\0+$/g, '')]
}

async function askHelper(
  name: string,
  key: string,
  host: Host,
  signal: AbortSignal,
): Promise<RegistryLogin | undefined> {
  const program = `docker-credential-${name}`
  const result = await host.spawn(program, ['get'], { input: key, signal }).catch((error: unknown) => {
    signal.throwIfAborted()
    throw helperFailure(program, `cannot be run: ${(error as Error).message}`)
  })
  if (result.code !== 0) {
    const complaint = (result.stdout.trim() || result.stderr.trim()).slice(0, 500)
    if (/credentials not found in native keychain|credentials not found/i.test(complaint)) return undefined
    throw helperFailure(program, complaint === '' ? `exit code ${result.code}` : complaint)
  }
  return readAnswer(program, result.stdout)
}

function readAnswer(program: string, stdout: string): RegistryLogin | undefined {
  let answer: { readonly Username?: string; readonly Secret?: string }
  try {
    answer = JSON.parse(stdout)
  } catch {
    // The answer holds a secret, so it is not shown.
    throw helperFailure(program, 'its answer is not JSON')
  }
  const { Username: username = '', Secret: secret = '' } = answer
  if (username === '' && secret === '') return undefined
  const isToken = username === '<token>'
  return {
    username: isToken ? '' : username,
    password: isToken ? '' : secret,
    identityToken: isToken ? secret : '',
    registryToken: '',
  }
}

function helperFailure(program: string, problem: string): BuildFailure {
  return new BuildFailure('registry', `error getting credentials: ${program}: ${problem}`, {
    code: 'CREDENTIAL_HELPER',
    hints: ['install the credential helper, or correct credsStore and credHelpers in the docker config'],
  })
}
