import type { DockerConfig } from '../docker/config.ts'
import { currentContextName, loadDockerContext } from '../docker/context.ts'
import type { Host } from '../host/host.ts'
import { readChoice, readDefault, readInstance } from './store.ts'

/** The name of the builder to use (spec buildkit 15.2): `--builder`, `BUILDX_BUILDER`, else the current one. */
export async function chooseBuilder(
  name: string | undefined,
  config: DockerConfig,
  host: Host,
): Promise<string> {
  const explicit = name !== undefined && name !== '' ? name : host.env['BUILDX_BUILDER']
  if (explicit !== undefined && explicit !== '') return explicit
  return currentBuilder(config, host)
}

/** The builder in use as the records say: chosen for this engine or for all, else the one of the docker context. */
export async function currentBuilder(config: DockerConfig, host: Host): Promise<string> {
  const key = await endpointKey(config, host)
  for (const recorded of [await readChoice(key, host), await readDefault(key, host)]) {
    if (recorded === undefined) continue
    if ((await readInstance(recorded, host).catch(() => undefined)) !== undefined) return recorded
  }
  return currentContextName(config, host)
}

/** What a choice is recorded for: the context, or the address when the context is `default`. */
export async function endpointKey(config: DockerConfig, host: Host): Promise<string> {
  const context = currentContextName(config, host)
  if (context !== 'default') return context
  return (await loadDockerContext(context, config, host))?.host ?? context
}
