import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const SEED_BYTES = 16
const FILE_NAME = '.token_seed'
const PRIVATE_MODE = 0o600

/**
 * Seeds by registry host, kept in `<docker config dir>/.token_seed` so that the daemon knows this user again
 * (spec buildkit 5.4). A directory that cannot be written gives seeds that last for one run.
 */
export function tokenSeeds(
  configDir: string,
  random: (bytes: number) => Uint8Array,
): (registry: string) => Promise<Uint8Array> {
  const path = join(configDir, FILE_NAME)
  const known = new Map<string, Promise<Uint8Array>>()
  let turn: Promise<unknown> = Promise.resolve()
  return (registry) => {
    let seed = known.get(registry)
    if (seed === undefined) {
      // One after the other: each writes the whole file.
      seed = turn.then(() => readOrMake(path, registry, random))
      turn = seed
      known.set(registry, seed)
    }
    return seed
  }
}

async function readOrMake(
  path: string,
  registry: string,
  random: (bytes: number) => Uint8Array,
): Promise<Uint8Array> {
  const all = await readAll(path)
  const stored = all[registry]?.Seed
  if (typeof stored === 'string' && stored !== '') return Buffer.from(stored, 'base64')
  const seed = random(SEED_BYTES)
  const next = { ...all, [registry]: { Seed: Buffer.from(seed).toString('base64') } }
  try {
    const partial = `${path}.${Buffer.from(random(4)).toString('hex')}`
    await writeFile(partial, JSON.stringify(next), { mode: PRIVATE_MODE })
    await rename(partial, path)
  } catch {
    // A read-only config directory is fine: the daemon asks again next time.
  }
  return seed
}

async function readAll(path: string): Promise<Record<string, { readonly Seed?: unknown } | undefined>> {
  try {
    const json: unknown = JSON.parse(await readFile(path, 'utf8'))
    return typeof json === 'object' && json !== null ? (json as Record<string, { Seed?: unknown }>) : {}
  } catch {
    return {}
  }
}
