import type { Span } from '../../core/source/source-file.ts'
import { compareBytes } from '../../core/text/byte-order.ts'
import { type BuildSection, readBuild } from './build-section.ts'
import { servicesOf } from './filter.ts'
import { entryOf, type MappingNode, type Node, stringOf } from './node.ts'
import { readBool, readPairs } from './values.ts'

/** One of a service's env files. */
export interface EnvFile {
  readonly path: string
  readonly required: boolean
  readonly format: string
  readonly at: Span
}

/** What a build needs of a service. */
export interface Service {
  readonly name: string
  readonly nameSpan: Span
  readonly image: string
  readonly build: BuildSection | undefined
  /** Undefined values stand for names that take their value from elsewhere. */
  readonly environment: ReadonlyMap<string, string | undefined>
  readonly envFiles: readonly EnvFile[]
}

/** One of the model's secrets. */
export interface Secret {
  readonly name: string
  readonly file: string
  readonly environment: string
  readonly external: boolean
  readonly at: Span
}

/** Services and secrets as typed records. */
export interface Records {
  /** In name order. */
  readonly services: readonly Service[]
  /** In name order, by their key. */
  readonly secrets: ReadonlyMap<string, Secret>
}

/** Reads a validated model. */
export function readRecords(model: MappingNode): Records {
  const entries = [...servicesOf(model)].sort(([a], [b]) => compareBytes(a, b))
  const services = entries.map(([name, { value, keySpan }]) => readService(name, value, keySpan))
  const secrets = new Map<string, Secret>()
  const written = entryOf(model, 'secrets')
  if (written?.kind === 'mapping') {
    for (const [name, { value }] of [...written.entries].sort(([a], [b]) => compareBytes(a, b))) {
      secrets.set(name, readSecret(name, value))
    }
  }
  return { services, secrets }
}

function readService(name: string, node: Node, nameSpan: Span): Service {
  const build = entryOf(node, 'build')
  const environment = entryOf(node, 'environment')
  const place = `services[${name}]`
  return {
    name,
    nameSpan,
    image: stringOf(entryOf(node, 'image')) ?? '',
    build: build?.kind === 'mapping' ? readBuild(build, `${place}.build`) : undefined,
    environment: environment === undefined ? new Map() : readPairs(environment, `${place}.environment`),
    envFiles: readEnvFiles(entryOf(node, 'env_file'), `${place}.env_file`),
  }
}

function readEnvFiles(node: Node | undefined, place: string): readonly EnvFile[] {
  if (node?.kind !== 'sequence') return []
  return node.items.map((item, i) => ({
    path: stringOf(entryOf(item, 'path')) ?? '',
    required: readBool(entryOf(item, 'required'), `${place}[${i}].required`) ?? false,
    format: stringOf(entryOf(item, 'format')) ?? '',
    at: (entryOf(item, 'path') ?? item).span,
  }))
}

function readSecret(name: string, node: Node): Secret {
  const external = entryOf(node, 'external')
  return {
    name: stringOf(entryOf(node, 'name')) ?? '',
    file: stringOf(entryOf(node, 'file')) ?? '',
    environment: stringOf(entryOf(node, 'environment')) ?? '',
    external: readBool(external, `secrets[${name}].external`) ?? false,
    at: node.span,
  }
}
