import { frontendPlatform, platformFit } from './platforms.ts'
import type { NodeCapabilities } from './types.ts'

/** The share of a target one node builds. */
export interface Placement {
  readonly node: number
  /** Empty: the target names no platform; the daemon takes its own. */
  readonly platforms: readonly string[]
}

/**
 * Spreads a target's platforms over the nodes (spec buildkit 10.4): an exact match first, then the
 * best compatible node, the first one on ties, and node 0 when none fits, which may emulate.
 */
export function placePlatforms(
  platforms: readonly string[] | undefined,
  nodes: readonly NodeCapabilities[],
  localPlatform: string,
): readonly Placement[] {
  const wanted = [...new Set((platforms ?? []).map((p) => frontendPlatform(p, localPlatform)))]
  if (wanted.length === 0) return [{ node: 0, platforms: [] }]
  const byNode = new Map<number, string[]>()
  for (const platform of wanted) {
    const node = bestNode(platform, nodes)
    byNode.set(node, [...(byNode.get(node) ?? []), platform])
  }
  return [...byNode].sort(([a], [b]) => a - b).map(([node, list]) => ({ node, platforms: list }))
}

function bestNode(platform: string, nodes: readonly NodeCapabilities[]): number {
  let best = { node: 0, fit: 0 }
  for (const [node, capabilities] of nodes.entries()) {
    for (const have of capabilities.platforms) {
      const fit = platformFit(have, platform)
      if (fit > best.fit) best = { node, fit }
    }
  }
  return best.node
}
