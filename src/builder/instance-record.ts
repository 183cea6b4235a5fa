import type { Platform } from '../core/oci/platform.ts'

/** A node as recorded. An absent list or map is `null` in the file. */
export interface NodeRecord {
  readonly name: string
  /** A docker context's name or an address. */
  readonly endpoint: string
  /** Platforms the user declared. */
  readonly platforms?: readonly Platform[]
  readonly options?: Readonly<Record<string, string>>
  /** Of the BuildKit daemon. */
  readonly flags?: readonly string[]
  /** Config files by name, base64. */
  readonly files?: Readonly<Record<string, string>>
}

/** A builder recorded on this machine (spec buildkit 15.1). */
export interface InstanceRecord {
  /** As typed; the file's name is lower case. */
  readonly name: string
  readonly driver: string
  readonly nodes: readonly NodeRecord[]
  readonly dynamic: boolean
}

/** Reads the text of an instance file. Throws an `Error` that says what is wrong with it. */
export function parseInstance(text: string, storedName: string): InstanceRecord {
  const raw = parseJson(text)
  if (!isObject(raw)) throw new Error('not a JSON object')
  const nodes = raw['Nodes'] ?? []
  if (!Array.isArray(nodes)) throw new Error('"Nodes" is not a list')
  return {
    name: textOf(raw, 'Name') ?? storedName,
    driver: textOf(raw, 'Driver') || 'docker-container',
    nodes: nodes.map(parseNode),
    dynamic: raw['Dynamic'] === true,
  }
}

/** The parser's own words differ between versions of Node. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Error('not valid JSON')
  }
}

/** The file's text, with keys and nulls as the reference writes them. */
export function renderInstance(record: InstanceRecord): string {
  return JSON.stringify({
    Name: record.name,
    Driver: record.driver,
    Nodes: record.nodes.map((node) => ({
      Name: node.name,
      Endpoint: node.endpoint,
      Platforms: node.platforms?.map(renderPlatform) ?? null,
      DriverOpts: sortedOrNull(node.options),
      Flags: node.flags ?? null,
      Files: sortedOrNull(node.files),
    })),
    Dynamic: record.dynamic,
  })
}

function parseNode(raw: unknown): NodeRecord {
  if (!isObject(raw)) throw new Error('a node is not a JSON object')
  const platforms = listOf(raw, 'Platforms')?.map(parsePlatformRecord)
  const options = textsOf(raw, 'DriverOpts')
  const flags = listOf(raw, 'Flags')?.map(String)
  const files = textsOf(raw, 'Files')
  return {
    name: textOf(raw, 'Name') ?? '',
    endpoint: textOf(raw, 'Endpoint') ?? '',
    ...(platforms && { platforms }),
    ...(options && { options }),
    ...(flags && { flags }),
    ...(files && { files }),
  }
}

function parsePlatformRecord(raw: unknown): Platform {
  if (!isObject(raw)) throw new Error('a platform is not a JSON object')
  const variant = textOf(raw, 'variant')
  const osVersion = textOf(raw, 'os.version')
  return {
    os: textOf(raw, 'os') ?? '',
    architecture: textOf(raw, 'architecture') ?? '',
    ...(variant && { variant }),
    ...(osVersion && { osVersion }),
  }
}

function renderPlatform({ architecture, os, osVersion, variant }: Platform): object {
  return {
    architecture,
    os,
    ...(osVersion && { 'os.version': osVersion }),
    ...(variant && { variant }),
  }
}

function sortedOrNull(map: Readonly<Record<string, string>> | undefined): object | null {
  if (map === undefined) return null
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function isObject(thing: unknown): thing is Readonly<Record<string, unknown>> {
  return typeof thing === 'object' && thing !== null && !Array.isArray(thing)
}

function textOf(raw: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const value = raw[key] ?? undefined
  if (value === undefined || typeof value === 'string') return value
  throw new Error(`"${key}" is not a string`)
}

function listOf(raw: Readonly<Record<string, unknown>>, key: string): readonly unknown[] | undefined {
  const value = raw[key] ?? undefined
  if (value === undefined || Array.isArray(value)) return value
  throw new Error(`"${key}" is not a list`)
}

function textsOf(
  raw: Readonly<Record<string, unknown>>,
  key: string,
): Readonly<Record<string, string>> | undefined {
  const value = raw[key] ?? undefined
  if (value === undefined) return undefined
  if (!isObject(value)) throw new Error(`"${key}" is not an object`)
  return Object.fromEntries(Object.entries(value).map(([name, text]) => [name, String(text)]))
}
