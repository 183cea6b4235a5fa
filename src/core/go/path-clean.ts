/** Go's path.Clean: the shortest slash path with the same meaning; empty becomes `.`. */
export function cleanPath(p: string): string {
  const rooted = p.startsWith('/')
  const kept: string[] = []
  for (const part of p.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') kept.push(part)
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop()
    else if (!rooted) kept.push('..')
  }
  const joined = kept.join('/')
  return rooted ? `/${joined}` : joined || '.'
}
