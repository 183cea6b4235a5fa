import { formatPlatform, parsePlatform } from '../core/oci/platform.ts'
import type { Builder } from './builder.ts'

/**
 * The builder with only those nodes that have to run (spec buildkit 10.4): the first one for targets that name no
 * platform, and those that declare exactly what is wanted. All of them when a platform is declared by none, because
 * then every node has to say what it can do. `wanted` holds the platforms of each target as written.
 */
export function neededNodes(
  builder: Builder,
  wanted: readonly (readonly string[])[],
  localPlatform: string,
): Builder {
  const needed = new Set<number>()
  for (const platforms of wanted) {
    if (platforms.length === 0) needed.add(0)
    for (const platform of platforms) {
      const normal = normalise(platform === 'local' ? localPlatform : platform)
      const at = builder.nodes.findIndex((node) => node.platforms.some((one) => normalise(one) === normal))
      if (at < 0) return builder
      needed.add(at)
    }
  }
  if (needed.size === 0) return builder
  return { ...builder, nodes: builder.nodes.filter((_, i) => needed.has(i)) }
}

function normalise(platform: string): string {
  const parsed = parsePlatform(platform)
  return parsed.ok ? formatPlatform(parsed.value) : platform
}
