import { Readable } from 'node:stream'
import type Dockerode from 'dockerode'
import type { Host } from '../host/host.ts'
import { type CredentialStore, DOCKER_HUB_KEY, type RegistryLogin } from './credentials.ts'
import { toDialFailure } from './dial.ts'
import type { EngineEndpoint } from './endpoint.ts'
import { createEngineAgent } from './engine-agent.ts'
import { type EngineMessage, readMessages, toEngineFailure } from './engine-message.ts'

/**
 * The Engine API calls bakekit makes besides BuildKit's. Everything throws `BuildFailure` (`driver`) or the
 * signal's reason.
 */
export interface Engine {
  /** Address for messages. */
  readonly address: string
  /** Answers when the engine runs. */
  ping(signal: AbortSignal): Promise<void>
  /** Whether images live in containerd, so that OCI archives and lists can be loaded (spec buildkit 8.3). */
  usesContainerdStore(signal: AbortSignal): Promise<boolean>
  /** Loads an image archive. Yields the engine's progress; loaded only when the iteration has ended. */
  load(archive: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncIterable<EngineMessage>
  /** Gives an image another name. */
  tag(image: string, name: string, signal: AbortSignal): Promise<void>
  /** Pushes an image with the user's login. Yields the engine's progress; pushed only when the iteration has ended. */
  push(name: string, signal: AbortSignal): AsyncIterable<EngineMessage>
  /** Digest of a name at its registry as the engine sees it; undefined when it cannot tell. */
  remoteDigest(name: string, signal: AbortSignal): Promise<string | undefined>
}

/** The engine behind an endpoint. Opens no connection by itself; every call uses its own. */
export function createEngine(endpoint: EngineEndpoint, logins: CredentialStore, host: Host): Engine {
  let client: Promise<Dockerode> | undefined
  const call = async <T>(signal: AbortSignal, act: (docker: Dockerode) => Promise<T>): Promise<T> => {
    signal.throwIfAborted()
    try {
      client ??= createClient(endpoint, host)
      return await act(await client)
    } catch (error) {
      signal.throwIfAborted()
      throw isAnswer(error) ? toEngineFailure(error) : toDialFailure(error, endpoint)
    }
  }
  async function* follow(
    signal: AbortSignal,
    act: (docker: Dockerode) => Promise<NodeJS.ReadableStream>,
  ): AsyncGenerator<EngineMessage> {
    yield* readMessages((await call(signal, act)) as Readable, signal)
  }
  const authFor = async (name: string, signal: AbortSignal): Promise<Record<string, string>> =>
    toAuthConfig(await logins.lookup(registryOf(name), signal), registryOf(name))
  return {
    address: endpoint.address,
    ping: async (signal) => {
      await call(signal, (docker) => untyped(docker).ping({ abortSignal: signal }))
    },
    usesContainerdStore: (signal) =>
      call(signal, async (docker) => isContainerd(await untyped(docker).info({ abortSignal: signal }))),
    load: (archive, signal) =>
      follow(signal, (docker) => docker.loadImage(Readable.from(archive), { abortSignal: signal })),
    tag: async (image, name, signal) => {
      const { repository: repo, tag } = splitName(name)
      await call(signal, (docker) => docker.getImage(image).tag({ repo, tag, abortSignal: signal }))
    },
    push: (name, signal) =>
      follow(signal, async (docker) => {
        const { repository, tag } = splitName(name)
        const authconfig = await authFor(name, signal)
        return docker.getImage(repository).push({ tag, authconfig, abortSignal: signal })
      }),
    remoteDigest: (name, signal) => findRemoteDigest(name, authFor, call, signal),
  }
}

async function findRemoteDigest(
  name: string,
  authFor: (name: string, signal: AbortSignal) => Promise<Record<string, string>>,
  call: <T>(signal: AbortSignal, act: (docker: Dockerode) => Promise<T>) => Promise<T>,
  signal: AbortSignal,
): Promise<string | undefined> {
  const authconfig = await authFor(name, signal)
  try {
    const answer = await call(signal, (docker) =>
      docker.getImage(name).distribution({ authconfig, abortSignal: signal } as Record<string, unknown>),
    )
    return (answer as { readonly Descriptor?: { readonly digest?: string } }).Descriptor?.digest
  } catch {
    signal.throwIfAborted()
    return undefined
  }
}

/** The package is large and most runs need none of it. */
async function createClient(endpoint: EngineEndpoint, host: Host): Promise<Dockerode> {
  const { default: Docker } = await import('dockerode')
  const version = host.env['DOCKER_API_VERSION']
  const options = {
    protocol: 'http',
    host: 'docker',
    port: 80,
    agent: createEngineAgent(endpoint, host),
    ...(version === undefined || version === '' ? {} : { version: `v${version.replace(/^v/, '')}` }),
  }
  // The types do not know the agent, though it is handed on to the HTTP client.
  return new Docker(options as Dockerode.DockerOptions)
}

/** The calls that take options, which the types do not know either. */
function untyped(docker: Dockerode): Record<'ping' | 'info', (options: object) => Promise<object>> {
  return docker as never
}

function isAnswer(error: unknown): boolean {
  return typeof (error as { readonly statusCode?: unknown }).statusCode === 'number'
}

function isContainerd(info: { readonly DriverStatus?: readonly (readonly [string, string])[] }): boolean {
  return (info.DriverStatus ?? []).some(
    ([key, value]) => key === 'driver-type' && value === 'io.containerd.snapshotter.v1',
  )
}

/** What the engine expects in `X-Registry-Auth`; it wants the header even when there is no login. */
function toAuthConfig(login: RegistryLogin | undefined, serveraddress: string): Record<string, string> {
  if (login === undefined) return { serveraddress }
  return {
    username: login.username,
    password: login.password,
    serveraddress,
    ...(login.identityToken !== '' && { identitytoken: login.identityToken }),
    ...(login.registryToken !== '' && { registrytoken: login.registryToken }),
  }
}

/** `repository[:tag]`; the colon of a registry's port is none. */
function splitName(name: string): { readonly repository: string; readonly tag: string } {
  const colon = name.lastIndexOf(':')
  if (colon <= name.lastIndexOf('/')) return { repository: name, tag: 'latest' }
  return { repository: name.slice(0, colon), tag: name.slice(colon + 1) }
}

function registryOf(name: string): string {
  const first = name.includes('/') ? name.slice(0, name.indexOf('/')) : ''
  return /[.:]|^localhost$/.test(first) && first !== 'docker.io' ? first : DOCKER_HUB_KEY
}
