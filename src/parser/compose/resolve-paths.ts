import {
  goType,
  type MappingEntry,
  type MappingNode,
  mappingNode,
  type Node,
  sequenceNode,
  stringOf,
  textNode,
} from './node.ts'
import { expandHome, isAbsolute, isRemoteContext, joinPath, type Locator } from './paths.ts'
import { below, compileRules, type Rules } from './rules.ts'
import { refuse } from './stop.ts'

type Rebase = (node: Node, locator: Locator) => Node

const RESOLVERS: Rules<Rebase> = compileRules<Rebase>({
  'services.*.build.context': rebaseContext,
  'services.*.build.additional_contexts.*': rebaseContext,
  'services.*.build.ssh.*': rebaseFile,
  'services.*.env_file.*.path': rebasePath,
  'services.*.label_file.*': rebasePath,
  'services.*.extends.file': rebasePath,
  'configs.*.file': rebaseFile,
  'secrets.*.file': rebaseFile,
})

/** Makes paths of a model start from where `locator` looks, cleaned (compose-go paths/resolve.go). */
export function resolvePaths(model: MappingNode, locator: Locator): MappingNode {
  return inMapping(model, RESOLVERS, locator)
}

function inMapping(node: MappingNode, rules: Rules<Rebase>, locator: Locator): MappingNode {
  let changed: Map<string, MappingEntry> | undefined
  for (const [key, entry] of node.entries) {
    const inner = below(rules, key)
    if (inner === undefined) continue
    const value = inNode(entry.value, inner, locator)
    if (value === entry.value) continue
    changed ??= new Map(node.entries)
    changed.set(key, { value, keySpan: entry.keySpan })
  }
  return changed === undefined ? node : mappingNode(changed, node.span)
}

function inNode(node: Node, rules: Rules<Rebase>, locator: Locator): Node {
  if (rules.here !== undefined) return rules.here(node, locator)
  if (node.kind === 'mapping') return inMapping(node, rules, locator)
  const inner = below(rules, '[]')
  if (node.kind === 'scalar' || inner === undefined) return node
  const items = node.items.map((item) => inNode(item, inner, locator))
  return items.some((item, i) => item !== node.items[i]) ? sequenceNode(items, node.span) : node
}

function rebaseContext(node: Node, locator: Locator): Node {
  const text = stringOf(node)
  if (text === undefined) {
    throw refuse('compose/invalid-type', `unexpected type ${goType(node)} for a build context`, {
      at: node.span,
      hints: ['write a folder or a URL as a text'],
    })
  }
  return isRemoteContext(text) ? node : rebasePath(node, locator)
}

function rebasePath(node: Node, locator: Locator): Node {
  if (node.kind === 'sequence')
    return sequenceNode(
      node.items.map((item) => rebasePath(item, locator)),
      node.span,
    )
  const text = stringOf(node)
  if (text === undefined)
    throw refuse('compose/invalid-type', `unexpected type ${goType(node)}`, {
      at: node.span,
      hints: ['write a path'],
    })
  if (text === '') return node
  const expanded = expandHome(text, locator.home)
  return moved(node, text, isAbsolute(expanded) ? expanded : joinPath(locator.folder, expanded))
}

function rebaseFile(node: Node, locator: Locator): Node {
  const text = stringOf(node)
  if (text === undefined) return node
  const expanded = expandHome(text, locator.home)
  return moved(node, text, isAbsolute(expanded) ? expanded : joinPath(locator.folder, expanded))
}

function moved(node: Node, text: string, path: string): Node {
  return path === text ? node : textNode(path, node.span)
}
