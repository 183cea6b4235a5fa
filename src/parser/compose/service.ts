import type { Span } from '../../core/source/source-file.ts'
import { compareBytes } from '../../core/text/byte-order.ts'
import { castBool } from './casts.ts'
import { type BuildSection, readBuild } from './build-section.ts'
import { servicesOf } from './filter.ts'
import { goType, type MappingNode, type Node, printed, scalarText, stringOf, valueOf } from './node.ts'
import { decodeFailure } from './decode-failure.ts'

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
  const written = valueOf(model, 'secrets')
  if (written?.kind === 'mapping') {
    for (const [name, { value }] of [...written.entries].sort(([a], [b]) => compareBytes(a, b))) {
      secrets.set(name, readSecret(name, value))
    }
  }
  return { services, secrets }
}

function readService(name: string, node: Node, nameSpan: Span): Service {
  const build = valueOf(node, 'build')
  const environment = valueOf(node, 'environment')
  const place = `services[${name}]`
  return {
    name,
    nameSpan,
    image: stringOf(valueOf(node, 'image')) ?? '',
    build: build?.kind === 'mapping' ? readBuild(build, `${place}.build`) : undefined,
    environment: environment === undefined ? new Map() : readPairs(environment, `${place}.environment`),
    envFiles: readEnvFiles(valueOf(node, 'env_file'), `${place}.env_file`),
  }
}

function readEnvFiles(node: Node | undefined, place: string): readonly EnvFile[] {
  if (node?.kind !== 'sequence') return []
  return node.items.map((item, i) => ({
    path: stringOf(valueOf(item, 'path')) ?? '',
    required: readBool(valueOf(item, 'required'), `${place}[${i}].required`) ?? false,
    format: stringOf(valueOf(item, 'format')) ?? '',
    at: (valueOf(item, 'path') ?? item).span,
  }))
}

function readSecret(name: string, node: Node): Secret {
  const external = valueOf(node, 'external')
  return {
    name: stringOf(valueOf(node, 'name')) ?? '',
    file: stringOf(valueOf(node, 'file')) ?? '',
    environment: stringOf(valueOf(node, 'environment')) ?? '',
    external: readBool(external, `secrets[${name}].external`) ?? false,
    at: node.span,
  }
}

/** A boolean, or one of the words for it; undefined when nothing is written. */
export function readBool(node: Node | undefined, place: string): boolean | undefined {
  if (node?.kind !== 'scalar') return undefined
  if (node.value.type === 'bool') return node.value.value
  const text = stringOf(node)
  if (text === undefined) return undefined
  const cast = castBool(text)
  if (!cast.ok) throw decodeFailure(place, cast.message, node.span, 'write true or false')
  return cast.value.type === 'bool' && cast.value.value
}

/** `NAME: VALUE` pairs or `NAME=VALUE` texts; a name alone has no value. */
export function readPairs(node: Node, place: string): ReadonlyMap<string, string | undefined> {
  const pairs = new Map<string, string | undefined>()
  if (node.kind === 'mapping') {
    for (const [key, { value }] of node.entries) pairs.set(key, scalarText(value))
    return pairs
  }
  if (node.kind !== 'sequence') {
    throw decodeFailure(place, `unexpected value type ${goType(node)} for mapping`, node.span, 'write a mapping')
  }
  for (const item of node.items) {
    const text = printed(item)
    const equals = text.indexOf('=')
    const name = equals < 0 ? text : text.slice(0, equals)
    if (/\s$/.test(name)) {
      const why = `environment variable ${name} is declared with a trailing space`
      throw decodeFailure(place, why, item.span, 'remove the space before `=`')
    }
    pairs.set(name, equals < 0 ? undefined : text.slice(equals + 1))
  }
  return pairs
}
