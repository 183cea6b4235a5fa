import { join } from 'node:path'
import { buildxConfigDir } from '../docker/config.ts'
import type { Host } from '../host/host.ts'

const ID_BYTES = 8

/**
 * This machine's id in shared keys (spec buildkit 10.3): 16 hex digits, made at first use and kept beside the
 * builder records. Where nothing can be written, the id lasts as long as the caller keeps it.
 */
export async function loadNodeId(host: Host): Promise<string> {
  const dir = buildxConfigDir(host)
  const path = join(dir, '.buildNodeID')
  const known = await readId(path, host)
  if (known !== undefined) return known
  const id = Buffer.from(host.random(ID_BYTES)).toString('hex')
  const temporary = `${path}.${id}`
  try {
    await host.makeDir(dir)
    await host.writeFile(temporary, id, 0o600)
    await host.rename(temporary, path)
  } catch {
    await host.remove(temporary).catch(() => {})
  }
  return id
}

async function readId(path: string, host: Host): Promise<string | undefined> {
  try {
    const text = Buffer.from(await host.readFile(path))
      .toString()
      .trim()
    return text === '' ? undefined : text
  } catch {
    return undefined
  }
}
