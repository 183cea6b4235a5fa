import {
  type ComposeDocument,
  type MappingEntry,
  type MappingNode,
  mappingNode,
  type Node,
  type Path,
} from './node.ts'

/** Takes away what `!reset` and `!override` of a later document name (compose-go loader/reset.go). */
export function clear(model: MappingNode, paths: ComposeDocument['cleared']): MappingNode {
  return paths.length === 0 ? model : clearMapping(model, paths)
}

function clearMapping(node: MappingNode, paths: readonly Path[]): MappingNode {
  const entries = new Map<string, MappingEntry>()
  for (const [key, entry] of node.entries) {
    const inner = paths.filter(([first]) => first === key || first === '*').map((path) => path.slice(1))
    if (inner.some((path) => path.length === 0)) continue
    entries.set(
      key,
      inner.length === 0 ? entry : { value: clearNode(entry.value, inner), keySpan: entry.keySpan },
    )
  }
  return mappingNode(entries, node.span)
}

function clearNode(node: Node, paths: readonly Path[]): Node {
  return node.kind === 'mapping' ? clearMapping(node, paths) : node
}
