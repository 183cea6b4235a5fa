import type { Attachable } from '../buildkit/session/attachable.ts'
import { content } from '../buildkit/session/attachables/content.ts'
import { BuildFailure } from '../core/failure.ts'
import { formatReference, parseReference, withDefaultTag } from '../core/oci/reference.ts'
import type { Host } from '../host/host.ts'
import type { BuildRequest, ContentStore } from '../request/types.ts'
import { addToIndex, type IndexEntry, type LayoutName } from './layout-index.ts'
import { outputFailure } from './output-failure.ts'
import type { BuildResponse } from './run-types.ts'

/** Serves the OCI layouts and cache directories of a request to the daemon (spec buildkit 5.8). */
export function contentStores(stores: readonly ContentStore[]): Attachable {
  return content(
    new Map(
      stores.map(({ id, dir, mode }) => [id, { dir, access: mode === 'write' ? 'read-write' : 'read' }]),
    ),
  )
}

/**
 * Lists in `index.json` what the daemon put into directories of a request: unpacked images
 * (spec buildkit 8.3) and local caches (9.1). The daemon moves blobs only.
 */
export async function indexStores(request: BuildRequest, response: BuildResponse, host: Host): Promise<void> {
  for (const exporter of request.exporters) {
    if (exporter.sink?.kind !== 'layout') continue
    const text = response['containerimage.descriptor']
    if (text === undefined) continue
    const entry = parseEntry(Buffer.from(text, 'base64').toString('utf8'))
    if (entry) await addEntry(exporter.sink.path, entry, layoutNames(exporter.attrs['name']), host)
  }
  const manifest = parseEntry(response['cache.manifest'] ?? '')
  for (const cache of request.cacheExports) {
    const store = request.stores.find(
      (s) => cache.type === 'local' && s.id === `local:${cache.attrs['dest']}`,
    )
    if (store && manifest)
      await addEntry(store.dir, manifest, [{ tag: cache.attrs['tag'] ?? 'latest' }], host)
  }
}

async function addEntry(
  dir: string,
  entry: IndexEntry,
  names: readonly LayoutName[],
  host: Host,
): Promise<void> {
  try {
    await addToIndex(dir, entry, names, host)
  } catch (error) {
    throw error instanceof BuildFailure ? error : outputFailure(dir, error)
  }
}

function layoutNames(names: string | undefined): readonly LayoutName[] {
  const given = (names ?? '').split(',').filter((n) => n !== '')
  if (given.length === 0) return [{ tag: 'latest' }]
  return given.map((name) => {
    const parsed = parseReference(name)
    if (!parsed.ok) return { image: name, tag: 'latest' }
    const full = withDefaultTag(parsed.value)
    return { image: formatReference(full), tag: full.tag ?? 'latest' }
  })
}

function parseEntry(text: string): IndexEntry | undefined {
  try {
    const parsed: unknown = JSON.parse(text)
    const isEntry = typeof parsed === 'object' && parsed !== null && 'digest' in parsed
    return isEntry ? (parsed as IndexEntry) : undefined
  } catch {
    return undefined
  }
}
