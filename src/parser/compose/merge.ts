import { compareBytes } from '../../core/text/byte-order.ts'
import {
  isNull,
  type MappingEntry,
  type MappingNode,
  mappingNode,
  type Node,
  type Path,
  printed,
  type SequenceNode,
  sequenceNode,
  stringOf,
  textNode,
} from './node.ts'
import { below, compileRules, type Rules } from './rules.ts'
import { refuse } from './stop.ts'

type Merger = (base: Node, over: Node, path: Path, rules: Rules<Merger>) => Node

/** Where merging is not "mappings by key, lists appended, the rest replaced" (compose-go override/merge.go). */
const SPECIALS: Rules<Merger> = compileRules<Merger>({
  ...rowsOf(appendTexts, [
    'networks.*.labels',
    'volumes.*.labels',
    'services.*.annotations',
    'services.*.env_file',
  ]),
  ...rowsOf(appendTexts, [
    'services.*.build.args',
    'services.*.build.additional_contexts',
    'services.*.build.labels',
  ]),
  ...rowsOf(appendTexts, [
    'services.*.deploy.labels',
    'services.*.dns',
    'services.*.dns_opt',
    'services.*.dns_search',
  ]),
  ...rowsOf(appendTexts, ['services.*.label_file', 'services.*.environment', 'services.*.labels']),
  ...rowsOf(appendTexts, ['services.*.sysctls', 'services.*.tmpfs']),
  ...rowsOf(appendHosts, ['services.*.build.extra_hosts', 'services.*.extra_hosts']),
  ...rowsOf(
    (_base, over) => over,
    ['services.*.command', 'services.*.entrypoint', 'services.*.healthcheck.test'],
  ),
  ...rowsOf((_base, over) => over, ['services.*.ulimits.*', 'networks.*.ipam.config']),
  ...rowsOf(mergeNamed, ['services.*.depends_on', 'services.*.models', 'services.*.networks']),
  'services.*.build': mergeBuild,
  'services.*.logging': mergeLogging,
})

function rowsOf(merger: Merger, patterns: readonly string[]): Record<string, Merger> {
  return Object.fromEntries(patterns.map((pattern) => [pattern, merger]))
}

/** Lays `over` on `base` by Compose's rules; `path` is where both stand. */
export function merge(base: Node, over: Node, path: Path = []): Node {
  let rules: Rules<Merger> | undefined = SPECIALS
  for (const part of path) rules = below(rules, part)
  return mergeAt(base, over, path, rules)
}

function mergeAt(base: Node, over: Node, path: Path, rules: Rules<Merger> | undefined): Node {
  if (rules?.here !== undefined) return rules.here(base, over, path, rules)
  if (isNull(over)) return base
  if (base.kind === 'scalar') return over
  if (base.kind !== over.kind) throw conflict(over, path)
  if (base.kind === 'mapping') return mergeMappings(base, over as MappingNode, path, rules)
  return sequenceNode([...base.items, ...(over as SequenceNode).items], over.span)
}

function mergeMappings(
  base: MappingNode,
  over: MappingNode,
  path: Path,
  rules: Rules<Merger> | undefined,
): MappingNode {
  if (base.entries.size === 0) return over
  const entries = new Map(base.entries)
  for (const [key, entry] of over.entries) {
    const earlier = entries.get(key)
    if (earlier === undefined) {
      entries.set(key, entry)
      continue
    }
    const value = mergeAt(earlier.value, entry.value, [...path, key], below(rules, key))
    entries.set(key, { value, keySpan: entry.keySpan })
  }
  return mappingNode(entries, over.span)
}

function conflict(over: Node, path: Path): Error {
  return refuse('compose/merge-conflict', `cannot override ${path.join('.')}`, {
    at: over.span,
    hints: ['write both as a list or both as a mapping, or put !override before the later one'],
  })
}

function mergeBuild(base: Node, over: Node, path: Path, rules: Rules<Merger>): Node {
  return mergeMappings(toBuild(base), toBuild(over), path, rules)
}

function toBuild(node: Node): MappingNode {
  if (node.kind === 'mapping') return node
  const entries = new Map<string, MappingEntry>()
  if (stringOf(node) !== undefined) entries.set('context', { value: node, keySpan: node.span })
  return mappingNode(entries, node.span)
}

/** Options of a logging driver merge only when both name the same driver or one names none. */
function mergeLogging(base: Node, over: Node, path: Path, rules: Rules<Merger>): Node {
  if (base.kind !== 'mapping' || over.kind !== 'mapping') return over
  const [one, other] = [base.entries.get('driver'), over.entries.get('driver')]
  const apart = one !== undefined && other !== undefined && printed(one.value) !== printed(other.value)
  return apart ? over : mergeMappings(base, over, path, rules)
}

function mergeNamed(base: Node, over: Node, path: Path, rules: Rules<Merger>): Node {
  return mergeMappings(toNamed(base), toNamed(over), path, rules)
}

/** A list of names as a mapping of empty mappings; what a name stands for does not reach a build. */
function toNamed(node: Node): MappingNode {
  if (node.kind === 'mapping') return node
  const entries = new Map<string, MappingEntry>()
  if (node.kind === 'sequence') {
    for (const item of node.items) {
      const name = stringOf(item)
      if (name !== undefined)
        entries.set(name, { value: mappingNode(new Map(), item.span), keySpan: item.span })
    }
  }
  return mappingNode(entries, node.span)
}

function appendTexts(base: Node, over: Node): Node {
  return sequenceNode([...toTexts(base), ...toTexts(over)], over.span)
}

function appendHosts(base: Node, over: Node): Node {
  const kept = toTexts(base)
  const known = new Set(kept.map(printed))
  return sequenceNode([...kept, ...toTexts(over).filter((item) => !known.has(printed(item)))], over.span)
}

/** A mapping as sorted `key=value` texts, a single text as a list of one. */
function toTexts(node: Node): readonly Node[] {
  if (node.kind === 'sequence') return node.items
  if (node.kind === 'scalar') return stringOf(node) === undefined ? [] : [node]
  const texts: { readonly text: string; readonly node: Node }[] = []
  for (const [key, { value, keySpan }] of node.entries) {
    const values = value.kind === 'sequence' ? value.items : [value]
    for (const one of values) {
      const text = isNull(one) && value.kind !== 'sequence' ? key : `${key}=${printed(one)}`
      texts.push({ text, node: textNode(text, keySpan) })
    }
  }
  return texts.sort((a, b) => compareBytes(a.text, b.text)).map((one) => one.node)
}
