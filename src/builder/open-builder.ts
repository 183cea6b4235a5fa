import { BuildFailure } from '../core/failure.ts'
import { loadDockerConfig } from '../docker/config.ts'
import { currentContextName, loadDockerContext } from '../docker/context.ts'
import { toEndpoint } from '../docker/endpoint.ts'
import { driverFactory } from '../driver/table.ts'
import type { Host } from '../host/host.ts'
import type { Builder } from './builder.ts'
import { chooseBuilder } from './choose.ts'
import { readInstance } from './store.ts'

/**
 * Opens the builder of that name, or the one that `BUILDX_BUILDER` or the current choice say (spec buildkit 15.2).
 * Touches no daemon. Throws `BuildFailure` (`driver`) when there is no such builder or it cannot be used.
 */
export async function openBuilder(name: string | undefined, host: Host): Promise<Builder> {
  host.signal.throwIfAborted()
  const config = await loadDockerConfig(host)
  const chosen = await chooseBuilder(name, config, host)
  const instance = await readInstance(chosen, host)
  if (instance !== undefined) {
    const factory = driverFactory(instance.driver)
    throw new BuildFailure(
      'driver',
      `builder "${chosen}" uses the ${factory.name} driver in a way that is not supported yet`,
      {
        code: 'UNSUPPORTED_BUILDER',
      },
    )
  }
  const current = currentContextName(config, host)
  const context = await loadDockerContext(chosen, config, host)
  if (context === undefined) throw noBuilder(chosen)
  if (context.name !== current) throw notCurrent(context.name)
  const factory = driverFactory('docker')
  const engine = toEndpoint(context)
  const driver = factory.create({ name: chosen, endpoint: chosen, engine, options: {} }, host)
  return {
    name: chosen,
    driver: factory.name,
    nodes: [{ name: chosen, driver, platforms: [] }],
    // Connections belong to those who dial them.
    async [Symbol.asyncDispose]() {},
  }
}

function noBuilder(name: string): BuildFailure {
  return new BuildFailure('driver', `no builder ${JSON.stringify(name)} found`, {
    code: 'UNKNOWN_BUILDER',
    hints: ['list the builders with "docker buildx ls"'],
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
