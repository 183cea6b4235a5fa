import { join } from 'node:path'
import { buildxConfigDir } from '../docker/config.ts'
import type { Host } from '../host/host.ts'

/** A builder recorded on this machine (spec buildkit 15.1). */
export interface InstanceRecord {
  readonly name: string
  readonly driver: string
  readonly nodes: readonly { readonly name: string; readonly endpoint: string }[]
}

/** Names the reference accepts for recorded builders; anything else could lead out of the directory. */
const INSTANCE_NAME = /^[a-z][a-z0-9.\-_]*$/

/** Reads a recorded builder; undefined when there is none or its file is damaged. */
export async function readInstance(name: string, host: Host): Promise<InstanceRecord | undefined> {
  const stored = name.toLowerCase()
  if (!INSTANCE_NAME.test(stored)) return undefined
  try {
    const bytes = await host.readFile(join(buildxConfigDir(host), 'instances', stored))
    const raw: RawGroup = JSON.parse(Buffer.from(bytes).toString())
    const nodes = (raw.Nodes ?? []).map((node) => ({ name: node.Name ?? '', endpoint: node.Endpoint ?? '' }))
    return { name: raw.Name ?? stored, driver: raw.Driver ?? 'docker-container', nodes }
  } catch {
    return undefined
  }
}

interface RawGroup {
  readonly Name?: string
  readonly Driver?: string
  readonly Nodes?: readonly { readonly Name?: string; readonly Endpoint?: string }[] | null
}
