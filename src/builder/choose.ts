import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { buildxConfigDir, type DockerConfig } from '../docker/config.ts'
import { currentContextName, loadDockerContext } from '../docker/context.ts'
import type { Host } from '../host/host.ts'
import { readInstance } from './store.ts'

/** The name of the builder to use (spec buildkit 15.2): `--builder`, `BUILDX_BUILDER`, else the current one. */
export async function chooseBuilder(
  name: string | undefined,
  config: DockerConfig,
  host: Host,
): Promise<string> {
  const explicit = name !== undefined && name !== '' ? name : host.env['BUILDX_BUILDER']
  if (explicit !== undefined && explicit !== '') return explicit
  const context = currentContextName(config, host)
  const key = await endpointKey(context, config, host)
  const recorded = (await recordedChoice(key, host)) ?? (await defaultChoice(key, host))
  if (recorded !== undefined && (await readInstance(recorded, host)) !== undefined) return recorded
  return context
}

/** What a choice is recorded for: the context, or the address when the context is `default`. */
async function endpointKey(context: string, config: DockerConfig, host: Host): Promise<string> {
  if (context !== 'default') return context
  return (await loadDockerContext(context, config, host))?.host ?? context
}

async function recordedChoice(key: string, host: Host): Promise<string | undefined> {
  const text = await readText(join(buildxConfigDir(host), 'current'), host)
  try {
    const choice = JSON.parse(text ?? '{}')
    const applies = choice.Global === true || choice.Key === key
    return applies && typeof choice.Name === 'string' && choice.Name !== '' ? choice.Name : undefined
  } catch {
    return undefined
  }
}

async function defaultChoice(key: string, host: Host): Promise<string | undefined> {
  const hash = createHash('sha256').update(key).digest('hex').slice(0, 20)
  const text = await readText(join(buildxConfigDir(host), 'defaults', hash), host)
  return text === undefined || text.trim() === '' ? undefined : text.trim()
}

async function readText(path: string, host: Host): Promise<string | undefined> {
  try {
    return Buffer.from(await host.readFile(path)).toString()
  } catch {
    return undefined
  }
}
