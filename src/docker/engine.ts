import type { Readable } from 'node:stream'
import type Dockerode from 'dockerode'
import type { Host } from '../host/host.ts'
import type { RegistryLogin } from './credentials.ts'
import { toDialFailure } from './dial.ts'
import type { EngineEndpoint } from './endpoint.ts'
import { createEngineAgent } from './engine-agent.ts'
import { type EngineMessage, readMessages, toEngineFailure } from './engine-message.ts'

/** What bakekit wants to know of an engine. */
export interface EngineInfo {
  readonly name: string
  readonly version: string
  readonly osType: string
  readonly architecture: string
  /** Whether images live in the containerd store, so that it can take OCI archives (spec buildkit 8.3). */
  readonly containerdStore: boolean
}

/**
 * The Engine API calls bakekit makes besides BuildKit's. Everything throws `BuildFailure` (`driver`, or `registry`
 * when the engine talked to a registry) or the signal's reason.
 */
export interface Engine {
  /** Address for messages. */
  readonly address: string
  /** Answers when the engine runs. */
  ping(signal: AbortSignal): Promise<void>
  info(signal: AbortSignal): Promise<EngineInfo>
  /** Loads an image archive. Yields the engine's progress; complete only when the iteration has ended. */
  loadImage(archive: Readable, signal: AbortSignal): AsyncIterable<EngineMessage>
  /** Gives an image another name `repository:tag`. */
  tag(image: string, repository: string, tag: string, signal: AbortSignal): Promise<void>
  /** Pushes `repository:tag`. Yields the engine's progress; pushed only when the iteration has ended. */
  push(
    repository: string,
    tag: string,
    login: RegistryLogin | undefined,
    signal: AbortSignal,
  ): AsyncIterable<EngineMessage>
  /** Digest of an image at its registry. */
  distributionDigest(
    reference: string,
    login: RegistryLogin | undefined,
    signal: AbortSignal,
  ): Promise<string>
}

/** The engine behind an endpoint. Opens no connection by itself; every call uses its own. */
export function createEngine(endpoint: EngineEndpoint, host: Host): Engine {
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
  return {
    address: endpoint.address,
    ping: async (signal) => {
      await call(signal, (docker) => docker.ping(withSignal(signal)))
    },
    info: (signal) => call(signal, async (docker) => toInfo(await docker.info(withSignal(signal)))),
    loadImage: (archive, signal) => follow(signal, (docker) => docker.loadImage(archive, withSignal(signal))),
    tag: async (image, repo, tag, signal) => {
      await call(signal, (docker) => docker.getImage(image).tag({ repo, tag, ...withSignal(signal) }))
    },
    push: (repository, tag, login, signal) =>
      follow(signal, (docker) =>
        docker
          .getImage(repository)
          .push({ tag, authconfig: toAuthConfig(login, repository), ...withSignal(signal) }),
      ),
    distributionDigest: (reference, login, signal) =>
      call(signal, async (docker) => {
        const options = { authconfig: toAuthConfig(login, reference), ...withSignal(signal) }
        const answer = await docker.getImage(reference).distribution(options as Record<string, unknown>)
        return (answer as { Descriptor: { digest: string } }).Descriptor.digest
      }),
  }
}

/** The package is large and most runs need none of it. */
async function createClient(endpoint: EngineEndpoint, host: Host): Promise<Dockerode> {
  const { default: Docker } = await import('dockerode')
  const version = host.env['DOCKER_API_VERSION']
  return new Docker({
    protocol: 'http',
    host: 'docker',
    port: 80,
    // dockerode hands the option on as it is, though its types want the agent of TLS connections.
    agent: createEngineAgent(endpoint, host) as never,
    ...(version === undefined || version === '' ? {} : { version: `v${version.replace(/^v/, '')}` }),
  })
}

function withSignal(signal: AbortSignal): { readonly abortSignal: AbortSignal } {
  return { abortSignal: signal }
}

function isAnswer(error: unknown): boolean {
  return typeof (error as { readonly statusCode?: unknown }).statusCode === 'number'
}

interface RawInfo {
  readonly Name?: string
  readonly ServerVersion?: string
  readonly OSType?: string
  readonly Architecture?: string
  readonly DriverStatus?: readonly (readonly [string, string])[]
}

function toInfo(raw: RawInfo): EngineInfo {
  return {
    name: raw.Name ?? '',
    version: raw.ServerVersion ?? '',
    osType: raw.OSType ?? 'linux',
    architecture: raw.Architecture ?? '',
    containerdStore: (raw.DriverStatus ?? []).some(
      ([key, value]) => key === 'driver-type' && value === 'io.containerd.snapshotter.v1',
    ),
  }
}

/** What the engine expects in `X-Registry-Auth`; it wants the header even when there is no login. */
function toAuthConfig(login: RegistryLogin | undefined, reference: string): Record<string, string> {
  const serveraddress = registryOf(reference)
  if (login === undefined) return { serveraddress }
  return {
    username: login.username,
    password: login.password,
    serveraddress,
    ...(login.identityToken !== '' && { identitytoken: login.identityToken }),
    ...(login.registryToken !== '' && { registrytoken: login.registryToken }),
  }
}

function registryOf(reference: string): string {
  const first = reference.includes('/') ? reference.slice(0, reference.indexOf('/')) : ''
  return /[.:]|^localhost$/.test(first) ? first : 'https://index.docker.io/v1/'
}
