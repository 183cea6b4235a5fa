import { createHash } from 'node:crypto'
import { BuildFailure } from '../core/failure.ts'
import type { Host } from '../host/host.ts'
import { type InstanceRecord, parseInstance, renderInstance } from './instance-record.ts'
import { readStoreFile, removeStoreFile, storePath, writeStoreFile } from './store-files.ts'

const NAME = /^[a-zA-Z][a-zA-Z0-9.\-_]*$/
const KEY_HASH_LENGTH = 20

/** Whether a builder or node may be called that; anything else could lead out of the folder of records. */
export function isInstanceName(name: string): boolean {
  return NAME.test(name)
}

/** The file of a builder's record. */
export function instancePath(name: string, host: Host): string {
  return storePath(host, 'instances', name.toLowerCase())
}

/** Reads a recorded builder; undefined when there is none. Throws `BuildFailure` (`io`) when its file is damaged. */
export async function readInstance(name: string, host: Host): Promise<InstanceRecord | undefined> {
  if (!isInstanceName(name)) return undefined
  const path = instancePath(name, host)
  const text = await readStoreFile(path, host)
  if (text === undefined) return undefined
  try {
    return parseInstance(text, name.toLowerCase())
  } catch (error) {
    throw new BuildFailure(
      'io',
      `the record of builder "${name}" in ${path} is damaged: ${(error as Error).message}`,
      {
        code: 'DAMAGED_BUILDER',
        hints: ['repair or delete the file; a deleted builder can be created again'],
        cause: error,
      },
    )
  }
}

/** All recorded builders by name; what cannot be read is told and left out. */
export async function listInstances(
  host: Host,
): Promise<{ readonly instances: readonly InstanceRecord[]; readonly damaged: readonly BuildFailure[] }> {
  const names = await host.list(storePath(host, 'instances')).catch(() => [])
  const instances: InstanceRecord[] = []
  const damaged: BuildFailure[] = []
  for (const name of names.filter(isInstanceName)) {
    try {
      const instance = await readInstance(name, host)
      if (instance !== undefined) instances.push(instance)
    } catch (error) {
      damaged.push(error as BuildFailure)
    }
  }
  return { instances, damaged }
}

export async function saveInstance(record: InstanceRecord, host: Host): Promise<void> {
  await writeStoreFile(instancePath(record.name, host), renderInstance(record), host)
  await recordActivity(record.name, host)
}

/** Forgets a builder and everything that was noted about its builds. */
export async function removeInstance(name: string, host: Host): Promise<void> {
  if (!isInstanceName(name)) return
  await removeStoreFile(instancePath(name, host), host)
  await removeStoreFile(storePath(host, 'activity', name), host)
  await removeStoreFile(storePath(host, 'refs', name), host)
}

/** Notes that a recorded builder was used just now. */
export async function recordActivity(name: string, host: Host): Promise<void> {
  const time = new Date(host.now()).toISOString().replace(/\.\d+Z$/, 'Z')
  await writeStoreFile(storePath(host, 'activity', name), time, host)
}

/** When a builder was used last, as noted (RFC 3339); undefined when never. */
export async function lastActivity(name: string, host: Host): Promise<string | undefined> {
  if (!isInstanceName(name)) return undefined
  const text = (await readStoreFile(storePath(host, 'activity', name), host).catch(() => undefined))?.trim()
  return text === undefined || Number.isNaN(Date.parse(text)) ? undefined : text
}

/** The builder chosen with `use` for an engine; undefined when none applies. */
export async function readChoice(key: string, host: Host): Promise<string | undefined> {
  const text = await readStoreFile(storePath(host, 'current'), host).catch(() => undefined)
  try {
    const choice = JSON.parse(text ?? '{}')
    const applies = choice.Global === true || choice.Key === key
    return applies && typeof choice.Name === 'string' && choice.Name !== '' ? choice.Name : undefined
  } catch {
    return undefined
  }
}

/** The builder that is chosen whenever this engine comes into use again. */
export async function readDefault(key: string, host: Host): Promise<string | undefined> {
  const text = (await readStoreFile(defaultPath(key, host), host).catch(() => undefined))?.trim()
  return text === '' ? undefined : text
}

/** What `use` writes; an empty name takes the choice back. */
export interface Choice {
  /** See `endpointKey`. */
  readonly key: string
  readonly name: string
  /** For every engine. */
  readonly global: boolean
  /** Also whenever the engine comes into use again. */
  readonly isDefault: boolean
}

export async function saveChoice(choice: Choice, host: Host): Promise<void> {
  const text = JSON.stringify({ Key: choice.key, Name: choice.name, Global: choice.global })
  await writeStoreFile(storePath(host, 'current'), text, host)
  if (choice.isDefault) await writeStoreFile(defaultPath(choice.key, host), choice.name, host)
  else await removeStoreFile(defaultPath(choice.key, host), host)
}

function defaultPath(key: string, host: Host): string {
  const hash = createHash('sha256').update(key).digest('hex').slice(0, KEY_HASH_LENGTH)
  return storePath(host, 'defaults', hash)
}
