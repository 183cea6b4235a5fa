import { compareBytes } from '../text/byte-order.ts'

/** A name this far away is no longer a likely typing mistake (spec bake 13). */
const TOO_FAR = 3

/** The candidate nearest to `name`, the first in byte order among equals; undefined when none is close. */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined
  let bestDistance = TOO_FAR
  for (const candidate of [...candidates].sort(compareBytes)) {
    if (candidate === name || Math.abs(candidate.length - name.length) >= bestDistance) continue
    const distance = editDistance(name, candidate)
    if (distance >= bestDistance) continue
    best = candidate
    bestDistance = distance
  }
  return best
}

/** The first candidate in the given order that is close, as HCL suggests its own keywords. */
export function firstNear(name: string, candidates: Iterable<string>): string | undefined {
  for (const candidate of candidates) if (editDistance(name, candidate) < TOO_FAR) return candidate
  return undefined
}

/** Levenshtein distance over code points. */
export function editDistance(a: string, b: string): number {
  const from = [...a]
  const to = [...b]
  let row = Array.from({ length: to.length + 1 }, (_, i) => i)
  for (let i = 1; i <= from.length; i++) {
    const next = [i]
    for (let j = 1; j <= to.length; j++) {
      const change = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[to.length] ?? 0
}
