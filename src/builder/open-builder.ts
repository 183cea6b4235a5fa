import { BuildFailure } from '../core/failure.ts'
import { formatPlatform } from '../core/oci/platform.ts'
import { type DockerConfig, loadDockerConfig } from '../docker/config.ts'
import { currentContextName, loadDockerContext } from '../docker/context.ts'
import { toEndpoint } from '../docker/endpoint.ts'
import { driverFactory } from '../driver/table.ts'
import type { Host } from '../host/host.ts'
import type { Builder, BuilderNode } from './builder.ts'
import { chooseBuilder } from './choose.ts'
import type { InstanceRecord, NodeRecord } from './instance-record.ts'
import { readInstance } from './store.ts'

/**
 * Opens the builder of that name, or the one that `BUILDX_BUILDER` or the current choice say (spec buildkit 15.2).
 * Touches no daemon. Throws `BuildFailure` (`driver`, `io`) when there is no such builder or it cannot be used.
 */
export async function openBuilder(name: string | undefined, host: Host): Promise<Builder> {
  host.signal.throwIfAborted()
  const config = await loadDockerConfig(host)
  const chosen = await chooseBuilder(name, config, host)
  const instance = await readInstance(chosen, host)
  if (instance !== undefined) return openInstance(instance, config, host)
  return openContext(chosen, config, host)
}

/** Opens a recorded builder. Throws as `openBuilder`. */
export async function openInstance(
  instance: InstanceRecord,
  config: DockerConfig,
  host: Host,
): Promise<Builder> {
  const { name: driver } = driverFactory(instance.driver)
  if (instance.nodes.length === 0) {
    throw new BuildFailure('driver', `builder "${instance.name}" has no nodes`, {
      code: 'NO_NODES',
      hints: [`add one with "create --append --name ${instance.name}", or remove the builder`],
    })
  }
  const nodes = await Promise.all(instance.nodes.map((node) => openNode(node, instance.driver, config, host)))
  return builderOf(instance.name, driver, nodes, true)
}

/** Opens one recorded node. Throws `BuildFailure` (`driver`) when its driver refuses it. */
export async function openNode(
  node: NodeRecord,
  driver: string,
  config: DockerConfig,
  host: Host,
): Promise<BuilderNode> {
  const factory = driverFactory(driver)
  const engine = factory.name === 'remote' ? undefined : await engineOf(node.endpoint, config, host)
  const access = factory.create(
    {
      name: node.name,
      endpoint: node.endpoint,
      options: node.options ?? {},
      ...(engine && { engine }),
      ...(node.flags && { flags: node.flags }),
      ...(node.files && { files: node.files }),
    },
    host,
  )
  return { name: node.name, driver: access, platforms: (node.platforms ?? []).map(formatPlatform) }
}

/** The endpoint of a node is a context's name, or else an address. */
async function engineOf(
  endpoint: string,
  config: DockerConfig,
  host: Host,
): Promise<ReturnType<typeof toEndpoint>> {
  const context = await loadDockerContext(endpoint, config, host)
  return toEndpoint(context ?? { name: endpoint, host: endpoint })
}

async function openContext(chosen: string, config: DockerConfig, host: Host): Promise<Builder> {
  const current = currentContextName(config, host)
  const context = await loadDockerContext(chosen, config, host)
  if (context === undefined) throw noBuilder(chosen)
  if (context.name !== current) throw notCurrent(context.name)
  const factory = driverFactory('docker')
  const engine = toEndpoint(context)
  const driver = factory.create({ name: chosen, endpoint: chosen, engine, options: {} }, host)
  return builderOf(chosen, factory.name, [{ name: chosen, driver, platforms: [] }], false)
}

function builderOf(
  name: string,
  driver: Builder['driver'],
  nodes: readonly BuilderNode[],
  recorded: boolean,
): Builder {
  // Connections belong to those who dial them.
  return { name, driver, nodes, recorded, async [Symbol.asyncDispose]() {} }
}

function noBuilder(name: string): BuildFailure {
  return new BuildFailure('driver', `no builder ${JSON.stringify(name)} found`, {
    code: 'UNKNOWN_BUILDER',
    hints: ['list the builders with "ls"'],
  })
}

/** The reference builds through the current docker context only. */
function notCurrent(name: string): BuildFailure {
  return new BuildFailure(
    'driver',
    `use \`docker --context=${name} buildx\` to switch to context "${name}"`,
    {
      code: 'OTHER_CONTEXT',
    },
  )
}
