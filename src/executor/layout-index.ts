import type { Host } from '../host/host.ts'

const TAG_ANNOTATION = 'org.opencontainers.image.ref.name'

/** One entry of an OCI layout's `index.json`, unknown fields kept. */
export interface IndexEntry {
  readonly mediaType?: string
  readonly digest: string
  readonly size?: number
  readonly annotations?: Readonly<Record<string, string>>
}

/**
 * Digest of the entry with that tag (default `latest`); without a tag also the only entry there is.
 * Undefined when the directory is no layout or lists no such entry.
 */
export async function layoutDigest(
  dir: string,
  tag: string | undefined,
  host: Host,
): Promise<string | undefined> {
  const entries = await readIndex(dir, host)
  const wanted = tag ?? 'latest'
  const tagged = entries.find((e) => e.annotations?.[TAG_ANNOTATION] === wanted)
  if (tagged) return tagged.digest
  return tag === undefined && entries.length === 1 ? entries[0]?.digest : undefined
}

/** Entries of `index.json`; none when it is missing or unreadable. */
export async function readIndex(dir: string, host: Host): Promise<readonly IndexEntry[]> {
  try {
    const parsed: unknown = JSON.parse(new TextDecoder().decode(await host.readFile(`${dir}/index.json`)))
    if (typeof parsed !== 'object' || parsed === null || !('manifests' in parsed)) return []
    return Array.isArray(parsed.manifests) ? parsed.manifests.filter(isEntry) : []
  } catch {
    return []
  }
}

/** Puts an entry under its names into `index.json`, replacing what had them, and marks the directory as a layout. */
export async function addToIndex(
  dir: string,
  entry: IndexEntry,
  names: readonly LayoutName[],
  host: Host,
): Promise<void> {
  const tags = new Set(names.map((n) => n.tag))
  const old = (await readIndex(dir, host)).filter((e) => !tags.has(e.annotations?.[TAG_ANNOTATION] ?? ''))
  const added = names.map((name) => ({
    ...entry,
    annotations: {
      ...entry.annotations,
      ...(name.image === undefined ? {} : { 'io.containerd.image.name': name.image }),
      [TAG_ANNOTATION]: name.tag,
    },
  }))
  const index = {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    manifests: [...old, ...added],
  }
  await host.makeDir(dir)
  await host.writeFile(`${dir}/oci-layout`, '{"imageLayoutVersion":"1.0.0"}')
  // Readers must never see half of it.
  await host.writeFile(`${dir}/index.json.partial`, JSON.stringify(index))
  await host.rename(`${dir}/index.json.partial`, `${dir}/index.json`)
}

/** A name under which a layout lists an image. */
export interface LayoutName {
  readonly image?: string
  readonly tag: string
}

function isEntry(thing: unknown): thing is IndexEntry {
  return typeof thing === 'object' && thing !== null && 'digest' in thing && typeof thing.digest === 'string'
}
