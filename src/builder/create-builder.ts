import { BuildFailure, isBuildFailure } from '../core/failure.ts'
import type { Platform } from '../core/oci/platform.ts'
import { type DockerConfig, loadDockerConfig } from '../docker/config.ts'
import { listDockerContexts } from '../docker/context.ts'
import { parseRemoteAddress } from '../driver/remote/remote-address.ts'
import { driverFactory } from '../driver/table.ts'
import type { Host } from '../host/host.ts'
import { endpointKey } from './choose.ts'
import { badName, type NodeEdit, removeNode, setNode } from './edit-instance.ts'
import type { InstanceRecord } from './instance-record.ts'
import { openNode } from './open-builder.ts'
import { nameFromBytes } from './random-name.ts'
import { isInstanceName, readInstance, removeInstance, saveChoice, saveInstance } from './store.ts'
import { withStoreLock } from './store-files.ts'

/** What a builder or one more node of it is made from (spec cli 3.1). */
export interface CreateRequest {
  /** '' for a random one. */
  readonly name: string
  /** '' for the one that fits. */
  readonly driver: string
  /** '' for the next free one. */
  readonly node: string
  readonly endpoint: string
  readonly platforms: readonly Platform[]
  readonly options?: Readonly<Record<string, string>>
  readonly flags?: readonly string[]
  /** To an existing builder. */
  readonly append: boolean
  /** Make it the builder in use. */
  readonly use: boolean
}

/** A recorded builder. */
export interface CreatedBuilder {
  readonly record: InstanceRecord
  /** A node that was there before got other settings. */
  readonly changed: boolean
}

/** Records a builder, or a change to one. Touches no daemon. Throws `BuildFailure` (`driver`, `io`) and then records nothing. */
export async function createBuilder(request: CreateRequest, host: Host): Promise<CreatedBuilder> {
  const config = await loadDockerConfig(host)
  return withStoreLock(host, async () => {
    const { before, edit } = await editedRecord(request, config, host)
    await saveInstance(edit.record, host)
    try {
      await checkNodes(edit.record, config, host)
    } catch (error) {
      if (before === undefined) await removeInstance(edit.record.name, host)
      else await saveInstance(before, host)
      throw error
    }
    if (request.use) {
      const key = await endpointKey(config, host)
      await saveChoice({ key, name: edit.record.name, global: false, isDefault: false }, host)
    }
    return edit
  })
}

/** Takes a node away from a recorded builder. Throws `BuildFailure` (`driver`, `io`). */
export async function leaveBuilder(name: string, node: string, host: Host): Promise<void> {
  await withStoreLock(host, async () => {
    const record = await readInstance(name, host)
    if (record === undefined)
      throw refused(`failed to find instance ${JSON.stringify(name)} for leave`, SEE_LIST)
    await saveInstance(removeNode(record, node), host)
  })
}

interface Edited {
  readonly before: InstanceRecord | undefined
  readonly edit: NodeEdit
}

/** The checks in the order in which the reference makes them, so that the first mistake told is the same. */
async function editedRecord(request: CreateRequest, config: DockerConfig, host: Host): Promise<Edited> {
  const name = request.name === '' ? await freeName(host) : request.name
  if (!request.append) await refuseContextName(name, config, host)
  if (!isInstanceName(name)) throw badName(name)
  const before = await readInstance(name, host)
  if (before === undefined && request.append) {
    throw refused(`failed to find instance ${JSON.stringify(name)} for append`, SEE_LIST)
  }
  if (before !== undefined && request.node === '' && !request.append) {
    throw refused(
      `existing instance for ${JSON.stringify(name)} but no append mode, specify the node name to make changes for existing instances`,
      'choose another name, add a node with --append, or name the node to change with --node',
    )
  }
  const fallback = (host.env['BUILDKIT_HOST'] ?? '') === '' ? 'docker-container' : 'remote'
  const guessed = before?.driver ?? (request.endpoint === '' ? fallback : defaultDriver(request.endpoint))
  const driver = request.driver === '' ? guessed : request.driver
  if (driver === 'docker') {
    throw refused(
      'additional instances of driver "docker" cannot be created',
      'the docker driver comes with every docker context; use "docker context create" for another engine',
    )
  }
  const known = isKnownDriver(driver)
  if (!known) throw refused(`failed to find driver ${JSON.stringify(driver)}`, 'use --driver remote')
  if (before !== undefined && before.driver !== driver) {
    throw refused(
      `existing instance for ${JSON.stringify(name)} but has mismatched driver ${JSON.stringify(before.driver)}`,
      'all nodes of a builder have one driver',
    )
  }
  if (driver === 'kubernetes' && request.endpoint !== '') {
    throw refused(
      `kubernetes driver does not support endpoint args ${JSON.stringify(request.endpoint)}`,
      'leave the endpoint out',
    )
  }
  driverFactory(driver)
  const endpoint = remoteEndpoint(request.endpoint, host)
  const record = before ?? { name, driver, nodes: [], dynamic: false }
  const { node, platforms, options, flags, append } = request
  const change = {
    name: node,
    endpoint,
    platforms,
    ...(options && { options }),
    ...(flags && { flags }),
  }
  return { before, edit: setNode(record, change, append) }
}

/** An address of BuildKit itself means the remote driver. */
function defaultDriver(endpoint: string): string {
  try {
    parseRemoteAddress(endpoint)
    return 'remote'
  } catch {
    return 'docker-container'
  }
}

function isKnownDriver(name: string): boolean {
  return ['docker-container', 'kubernetes', 'remote'].includes(name)
}

function remoteEndpoint(given: string, host: Host): string {
  const endpoint = given === '' ? (host.env['BUILDKIT_HOST'] ?? '') : given
  if (endpoint === '') {
    throw refused(
      'no remote endpoint provided',
      'give the address of the BuildKit daemon, or set BUILDKIT_HOST',
    )
  }
  parseRemoteAddress(endpoint)
  return endpoint
}

async function refuseContextName(name: string, config: DockerConfig, host: Host): Promise<void> {
  const contexts = await listDockerContexts(config, host)
  if (contexts.some((context) => context.name === name)) {
    throw refused(
      `instance name ${JSON.stringify(name)} already exists as context builder`,
      'choose a name that no docker context has',
    )
  }
}

async function freeName(host: Host): Promise<string> {
  for (;;) {
    const name = nameFromBytes(host.random(2))
    if ((await readInstance(name, host).catch(() => 'damaged')) === undefined) return name
  }
}

/** Every node must be one that its driver takes. */
async function checkNodes(record: InstanceRecord, config: DockerConfig, host: Host): Promise<void> {
  for (const node of record.nodes) {
    try {
      await openNode(node, record.driver, config, host)
    } catch (error) {
      if (!isBuildFailure(error)) throw error
      throw new BuildFailure(
        error.kind,
        `failed to initialize builder ${record.name} (${node.name}): ${error.message}`,
        { code: error.code, hints: error.hints, cause: error },
      )
    }
  }
}

const SEE_LIST = 'list the builders with "ls"'

function refused(message: string, hint: string): BuildFailure {
  return new BuildFailure('driver', message, { code: 'BUILDER_EDIT', hints: [hint] })
}
