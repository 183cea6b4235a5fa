import { dirname, join } from 'node:path/posix'
import { compareBytes } from '../../core/text/byte-order.ts'
import { compileComponent, hasWildcard } from './pattern.ts'

/** What following links needs to know of a tree; paths are slash-separated below its root. */
export interface LinkReader {
  /** The target of a symbolic link; undefined for anything else and for nothing. */
  linkTarget(path: string): string | undefined
  /** Names in a directory; none when there is no such directory. */
  names(dir: string): readonly string[]
}

/**
 * The include patterns that paths stand for when every link on the way is followed (spec buildkit 6.5).
 * Undefined: the whole tree. Missing paths stay as they are.
 */
export function followPaths(paths: readonly string[], tree: LinkReader): string[] | undefined {
  const found = new Set<string>()
  for (const path of paths) follow(path, tree, found)
  const kept: string[] = []
  for (const path of [...found].sort(compareBytes)) {
    if (path === '.') return undefined
    if (!kept.some((dir) => path.startsWith(`${dir}/`))) kept.push(path)
  }
  return kept
}

function follow(path: string, tree: LinkReader, found: Set<string>): void {
  const parts = below(path).split('/')
  let current = ''
  for (let i = 0; i < parts.length; i++) {
    current = current === '' ? (parts[i] as string) : `${current}/${parts[i]}`
    const rest = parts.slice(i + 1).join('/')
    const targets = linkTargets(current, tree)
    if ((rest === '' || targets.length > 0) && found.has(current)) return
    if (targets.length > 0) {
      found.add(current)
      for (const target of targets) follow(join(target, rest), tree, found)
      return
    }
  }
  found.add(current)
}

/** Targets of the link, or of the links a wildcard stands for. */
function linkTargets(path: string, tree: LinkReader): string[] {
  const dir = dirname(path)
  const base = path.slice(path.lastIndexOf('/') + 1)
  const names = hasWildcard(base) ? tree.names(dir).filter(componentTest(base)) : [base]
  return names.flatMap((name) => {
    const target = tree.linkTarget(dir === '.' ? name : `${dir}/${name}`)
    if (target === undefined) return []
    return [target.startsWith('/') ? below(target) : below(join(dir, target))]
  })
}

function componentTest(base: string): (name: string) => boolean {
  try {
    return compileComponent(base)
  } catch {
    // A malformed wildcard matches nothing here; as an include pattern it is refused with its own message.
    return () => false
  }
}

/** The path relative to the root, never above it; `.` is the root. */
function below(path: string): string {
  const absolute = join('/', path)
  const relative = absolute.endsWith('/') ? absolute.slice(1, -1) : absolute.slice(1)
  return relative === '' ? '.' : relative
}
