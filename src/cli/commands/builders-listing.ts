import { currentBuilder } from '../../builder/choose.ts'
import type { NodeRecord } from '../../builder/instance-record.ts'
import { loadNodeStates, type NodeState } from '../../builder/node-state.ts'
import { openBuilder, openInstance } from '../../builder/open-builder.ts'
import { lastActivity, listInstances, readInstance } from '../../builder/store.ts'
import { isBuildFailure } from '../../core/failure.ts'
import { loadDockerConfig } from '../../docker/config.ts'
import { listDockerContexts } from '../../docker/context.ts'
import type { Host } from '../../host/host.ts'

/** One builder with the state of its nodes. */
export interface ListedBuilder {
  readonly name: string
  /** '' when it is not known. */
  readonly driver: string
  readonly dynamic: boolean
  readonly isCurrent: boolean
  /** RFC 3339; absent when never used. */
  readonly lastActivity?: string
  readonly nodes: readonly ListedNode[]
  /** Why the builder cannot be used at all. */
  readonly error?: string
}

/** A node with its record, which a docker context has none of. */
export interface ListedNode {
  readonly endpoint: string
  readonly record?: NodeRecord
  readonly state: NodeState
}

/** A builder's way to its nodes, or why there is none. */
type Opening = () => Promise<Awaited<ReturnType<typeof openBuilder>>>

/** All recorded builders by name, then docker contexts; those that cannot be used come last (spec cli 3.2). */
export async function listBuilders(
  timeoutMs: number,
  host: Host,
): Promise<{ readonly builders: readonly ListedBuilder[]; readonly damaged: readonly string[] }> {
  const config = await loadDockerConfig(host)
  const { instances, damaged } = await listInstances(host)
  const taken = new Set(instances.map((one) => one.name.toLowerCase()))
  const contexts = (await listDockerContexts(config, host)).filter((one) => !taken.has(one.name))
  const current = (await currentBuilder(config, host)).toLowerCase()
  const listed = await Promise.all([
    ...[...instances]
      .sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1))
      .map((record) =>
        listOne(
          { ...record, isCurrent: record.name.toLowerCase() === current, records: record.nodes },
          () => openInstance(record, config, host),
          timeoutMs,
          host,
        ),
      ),
    ...contexts.map(({ name }) =>
      listOne(
        { name, driver: 'docker', dynamic: false, isCurrent: name.toLowerCase() === current, records: [] },
        () => openBuilder(name, contextHost(name, host)),
        timeoutMs,
        host,
      ),
    ),
  ])
  const builders = [
    ...listed.filter((b) => b.error === undefined),
    ...listed.filter((b) => b.error !== undefined),
  ]
  return { builders, damaged: damaged.map((one) => one.message) }
}

/** One builder by name. Throws `BuildFailure` (`driver`, `io`) when there is none. */
export async function inspectBuilder(
  name: string | undefined,
  timeoutMs: number,
  host: Host,
): Promise<ListedBuilder> {
  const config = await loadDockerConfig(host)
  const chosen = name === undefined || name === '' ? undefined : name
  const record = chosen === undefined ? undefined : await readInstance(chosen, host)
  if (record !== undefined) {
    const found = { ...record, isCurrent: false, records: record.nodes }
    return listOne(found, () => openInstance(record, config, host), timeoutMs, host)
  }
  const builder = await openBuilder(chosen, host)
  const records = (await readInstance(builder.name, host))?.nodes ?? []
  const found = { name: builder.name, driver: builder.driver, dynamic: false, isCurrent: true, records }
  return listOne(found, async () => builder, timeoutMs, host)
}

/** Listing looks at every context as if it were the current one. */
function contextHost(name: string, host: Host): Host {
  const { DOCKER_HOST: address, ...rest } = host.env
  const env = {
    ...rest,
    ...(name === 'default' && address !== undefined ? { DOCKER_HOST: address } : {}),
    DOCKER_CONTEXT: name,
  }
  return Object.create(host, { env: { value: env, enumerable: true } }) as Host
}

interface Found {
  readonly name: string
  readonly driver: string
  readonly dynamic: boolean
  readonly isCurrent: boolean
  readonly records: readonly NodeRecord[]
}

async function listOne(found: Found, open: Opening, timeoutMs: number, host: Host): Promise<ListedBuilder> {
  const { records, name, driver, dynamic, isCurrent } = found
  const when = await lastActivity(name, host)
  const base = { name, driver, dynamic, isCurrent, ...(when !== undefined && { lastActivity: when }) }
  try {
    const builder = await open()
    const states = await loadNodeStates(builder, timeoutMs, host)
    const nodes = states.map((state, i): ListedNode => {
      const record = records[i]
      return { state, endpoint: record?.endpoint ?? name, ...(record && { record }) }
    })
    // A docker context is no more than its Engine.
    const [only] = builder.recorded === true ? [] : states
    if (only?.error !== undefined) return { ...base, driver: '', nodes: [], error: only.error }
    return { ...base, nodes }
  } catch (error) {
    if (!isBuildFailure(error)) throw error
    return { ...base, nodes: [], error: error.message }
  }
}
