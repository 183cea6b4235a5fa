import {
  entryOf,
  goType,
  type MappingEntry,
  type MappingNode,
  mappingNode,
  type Node,
  printed,
  scalarText,
  sequenceNode,
  stringOf,
} from './node.ts'
import { below, compileRules, type Rules } from './rules.ts'
import { refuse } from './stop.ts'
import { readVolume } from './volume.ts'

/** The key of a list element; a text without a key, or why it can have none. */
type Indexer = (item: Node, path: string) => string

/** Lists whose later elements replace earlier ones of the same key (compose-go override/uncity.go). */
const UNIQUE: Rules<Indexer> = compileRules<Indexer>({
  ...rowsOf(byName, [
    'networks.*.labels',
    'networks.*.ipam.options',
    'services.*.annotations',
    'services.*.labels',
  ]),
  ...rowsOf(byName, [
    'services.*.build.args',
    'services.*.build.additional_contexts',
    'services.*.build.platform',
  ]),
  ...rowsOf(byName, [
    'services.*.build.tags',
    'services.*.build.labels',
    'services.*.cap_add',
    'services.*.cap_drop',
  ]),
  ...rowsOf(byName, [
    'services.*.deploy.labels',
    'services.*.dns',
    'services.*.dns_opt',
    'services.*.dns_search',
  ]),
  ...rowsOf(byName, ['services.*.environment', 'services.*.links', 'services.*.networks.*.aliases']),
  ...rowsOf(byName, ['services.*.networks.*.link_local_ips', 'services.*.profiles', 'services.*.sysctls']),
  ...rowsOf(byName, ['services.*.tmpfs']),
  ...rowsOf(byMount, ['services.*.configs', 'services.*.secrets']),
  'services.*.devices': byDevice,
  'services.*.env_file': byFile,
  'services.*.expose': byPort,
  'services.*.volumes': byVolume,
})

function rowsOf(indexer: Indexer, patterns: readonly string[]): Record<string, Indexer> {
  return Object.fromEntries(patterns.map((pattern) => [pattern, indexer]))
}

/** Drops redefinitions from lists of keyed elements; the later one takes the earlier one's place. */
export function enforceUnicity(root: MappingNode): MappingNode {
  return uniqueMapping(root, UNIQUE, '')
}

function uniqueMapping(node: MappingNode, rules: Rules<Indexer>, path: string): MappingNode {
  let changed: Map<string, MappingEntry> | undefined
  for (const [key, entry] of node.entries) {
    const inner = below(rules, key)
    if (inner === undefined) continue
    const value = uniqueNode(entry.value, inner, path === '' ? key : `${path}.${key}`)
    if (value === entry.value) continue
    changed ??= new Map(node.entries)
    changed.set(key, { value, keySpan: entry.keySpan })
  }
  return changed === undefined ? node : mappingNode(changed, node.span)
}

function uniqueNode(node: Node, rules: Rules<Indexer>, path: string): Node {
  if (node.kind === 'mapping') return uniqueMapping(node, rules, path)
  if (node.kind !== 'sequence' || rules.here === undefined) return node
  const kept = new Map<string, Node>()
  for (const [i, item] of node.items.entries()) kept.set(rules.here(item, `${path}.[${i}]`), item)
  return kept.size === node.items.length ? node : sequenceNode([...kept.values()], node.span)
}

function byName(item: Node, path: string): string {
  const text = stringOf(item)
  if (text === undefined) throw unexpected(item, path)
  const equals = text.indexOf('=')
  return equals < 0 ? text : text.slice(0, equals)
}

function unexpected(item: Node, path: string): Error {
  return refuse('compose/invalid-type', `${path}: unexpected type ${goType(item)}`, {
    at: item.span,
    hints: ['write a text, in quotes if it looks like a number'],
  })
}

function byMount(item: Node, path: string): string {
  const text = stringOf(item)
  if (text !== undefined) return `/${text}`
  if (item.kind !== 'mapping') {
    throw refuse('compose/invalid-type', `${path}: unsupported expose value ${printed(item)}`, {
      at: item.span,
    })
  }
  const target = stringOf(entryOf(item, 'target'))
  const source = entryOf(item, 'source')
  return target ?? `/${source === undefined ? '' : printed(source)}`
}

function byDevice(item: Node, path: string): string {
  const text = stringOf(item)
  if (text !== undefined) return text.split(':')[1] ?? text
  if (item.kind !== 'mapping') return ''
  const target = stringOf(entryOf(item, 'target'))
  if (target !== undefined) return target
  throw refuse('compose/missing-target', `service device ${path} is missing a mount target`, {
    at: item.span,
  })
}

function byFile(item: Node, path: string): string {
  const text = stringOf(item)
  if (text !== undefined) return text
  if (item.kind !== 'mapping') return ''
  const file = entryOf(item, 'path')
  if (file !== undefined) return printed(file)
  throw refuse('compose/missing-path', `environment path attribute ${path} is missing`, {
    at: item.span,
    hints: ['add `path: FILE`'],
  })
}

function byPort(item: Node, path: string): string {
  const isPort = item.kind === 'scalar' && (item.value.type === 'string' || item.value.type === 'int')
  if (isPort) return scalarText(item) ?? ''
  throw refuse('compose/invalid-type', `${path}: unsupported expose value ${printed(item)}`, {
    at: item.span,
  })
}

function byVolume(item: Node, path: string): string {
  const text = stringOf(item)
  if (text !== undefined) return readVolume(text, item.span).target
  if (item.kind !== 'mapping') return ''
  const target = stringOf(entryOf(item, 'target'))
  if (target !== undefined) return target
  throw refuse('compose/missing-target', `service volume ${path} is missing a mount target`, {
    at: item.span,
  })
}
