import type { OracleCase, Outcome } from './case.ts'
import type { Reference } from './reference.ts'

/** How two outcomes relate. */
export type Verdict =
  | { readonly kind: 'same'; readonly accepted: boolean; readonly sameMessage: boolean }
  /** The reference does not agree with itself, or ends in a panic. */
  | { readonly kind: 'unstable' }
  | { readonly kind: Difference }

export type Difference = 'we refuse' | 'we accept' | 'plan' | 'bytes' | 'crash'

/** Runs of the reference that tell a difference from its random orders. */
const REPEATS = 5

/** Compares outcomes; where they differ, the reference is asked again, because it orders some things at random. */
export async function judge(
  one: OracleCase,
  ours: Outcome,
  theirs: Outcome,
  reference: Reference,
): Promise<Verdict> {
  const first = difference(ours, theirs)
  if (first === undefined) {
    const sameMessage = ours.accepted || messageOf(ours.error) === messageOf(theirs.error)
    return { kind: 'same', accepted: ours.accepted, sameMessage }
  }
  if (first === 'crash') return { kind: first }
  if (theirs.error.startsWith('panic: ')) return { kind: 'unstable' }
  for (let i = 0; i < REPEATS; i++) {
    const again = await reference.run(one)
    if (difference(again, theirs) !== undefined) return { kind: 'unstable' }
  }
  return { kind: first }
}

export function difference(ours: Outcome, theirs: Outcome): Difference | undefined {
  if (ours.error.startsWith('exit ')) return 'crash'
  if (ours.accepted !== theirs.accepted) return ours.accepted ? 'we accept' : 'we refuse'
  if (!ours.accepted || ours.plan === theirs.plan) return undefined
  const ourPlan = JSON.parse(ours.plan)
  const theirPlan = JSON.parse(theirs.plan)
  const changed = sortRandomParts(ourPlan) || sortRandomParts(theirPlan)
  sortRandomParts(theirPlan)
  if (JSON.stringify(ourPlan) !== JSON.stringify(theirPlan)) return 'plan'
  return changed ? undefined : 'bytes'
}

/** Sorts what the reference orders at random; true when that changed something. */
function sortRandomParts(plan: {
  group?: Record<string, { targets: string[] | null }>
  target: Record<string, { ulimits?: string[] }>
}): boolean {
  const lists = [
    ...Object.values(plan.group ?? {}).map((group) => group.targets),
    ...Object.values(plan.target).map((target) => target.ulimits),
  ].filter((list) => list !== null && list !== undefined)
  let changed = false
  for (const list of lists) {
    const before = list.join('\n')
    list.sort()
    changed ||= before !== list.join('\n')
  }
  return changed
}

/**
 * What an error line says, without the number of further ones and without words that only the libraries
 * behind later versions than 0.29.1 add: the kind of value that was found, the reason an index fails.
 */
export function messageOf(error: string): string {
  return (
    error
      .replace(/, and \d+ other diagnostic\(s\)$/, '')
      .replace(/ required, but have [^;:,.]*/g, ' required')
      .replace(/\b(a|an) (?=(number|string|bool) is required)/g, '')
      .replace(/(in this collection value)(: [^;]*)?\.?$/, '$1')
      // In JSON strings the reference counts characters behind escapes, this program those of the file.
      .replace(/(\.json:\d+),[\d,-]+/g, '$1')
      .replace('type required form>', 'type required for')
      .replace('non-quoted-field', 'non-quoted field')
  )
}
