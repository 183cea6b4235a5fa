import { writeFileSync } from 'node:fs'
import type { Kind, OracleCase, Outcome } from './case.ts'
import { bakeArguments } from './case.ts'
import { difference, judge, messageOf, type Verdict } from './compare.ts'
import { generate } from './generate.ts'
import { runOurs } from './ours.ts'
import type { Reference } from './reference.ts'
import { shrink } from './shrink.ts'

/** Runs of the reference at the same time. */
const PARALLEL = 2

interface Plan {
  readonly kind: Kind
  readonly seed: number
  readonly count: number
}

interface Finding {
  readonly kind: string
  readonly one: OracleCase
  readonly ours: Outcome
  readonly theirs: Outcome
}

/** Compares `count` random cases, prints the counts and the shrunk differences; 0 when there are none. */
export async function compareRandom(
  plan: Plan & {
    readonly messages: boolean
    readonly maxShrinks: number
    readonly report: string | undefined
  },
  reference: Reference,
): Promise<number> {
  const counts = { accepted: 0, refused: 0, unstable: 0, different: 0, otherMessage: 0 }
  const findings: Finding[] = []
  const messages = new Map<string, Finding>()
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < plan.count) {
      const one = generate(plan.kind, plan.seed, next++)
      const [ours, theirs] = [await runOurs(one), await reference.run(one)]
      const verdict = await judge(one, ours, theirs, reference)
      count(verdict, counts)
      if (verdict.kind === 'same' && !verdict.sameMessage) {
        const key = roughly(`${ours.error} | ${theirs.error}`)
        if (!messages.has(key)) messages.set(key, { kind: 'message', one, ours, theirs })
      }
      if (verdict.kind !== 'same' && verdict.kind !== 'unstable') {
        findings.push({ kind: verdict.kind, one, ours, theirs })
      }
    }
  }
  await Promise.all(Array.from({ length: PARALLEL }, worker))
  const shown = distinct(findings)
  const small: Finding[] = []
  for (const finding of shown.slice(0, plan.maxShrinks)) small.push(await shrunk(finding, reference))
  for (const finding of small) console.log(describe(finding))
  for (const finding of shown.slice(plan.maxShrinks)) console.log(brief(finding))
  if (plan.messages) for (const finding of messages.values()) console.log(brief(finding))
  console.log(
    `${plan.kind} seed ${plan.seed}: ${plan.count} cases, ${counts.accepted} accepted by both, ${counts.refused} refused by both ` +
      `(${counts.otherMessage} with another first line), ${counts.unstable} where the reference is unstable, ${counts.different} different`,
  )
  if (plan.report !== undefined) {
    writeFileSync(plan.report, `${JSON.stringify({ plan, counts, differences: small }, null, 2)}\n`)
  }
  return counts.different === 0 ? 0 : 1
}

function count(
  verdict: Verdict,
  counts: Record<'accepted' | 'refused' | 'unstable' | 'different' | 'otherMessage', number>,
): void {
  if (verdict.kind === 'unstable') counts.unstable++
  else if (verdict.kind !== 'same') counts.different++
  else if (verdict.accepted) counts.accepted++
  else {
    counts.refused++
    if (!verdict.sameMessage) counts.otherMessage++
  }
}

/** One finding for every pair of messages: most differences are found many times. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  const byKey = new Map<string, Finding>()
  for (const one of findings) {
    const key = `${one.kind} ${roughly(one.ours.error)} ${roughly(one.theirs.error)} ${one.kind === 'plan' || one.kind === 'bytes' ? one.one.label : ''}`
    if (!byKey.has(key)) byKey.set(key, one)
  }
  return [...byKey.values()]
}

/** A message without its place, numbers and quoted parts. */
function roughly(error: string): string {
  return messageOf(error)
    .replace(/\S+:\d+,\d+-[\d,]+/g, '@')
    .replace(/"[^"]*"/g, '""')
    .replace(/\d+/g, '0')
    .slice(0, 200)
}

async function shrunk(finding: Finding, reference: Reference): Promise<Finding> {
  const same = async (candidate: OracleCase): Promise<boolean> => {
    const ours = await runOurs(candidate)
    if (finding.kind === 'we refuse' && roughly(ours.error) !== roughly(finding.ours.error)) return false
    if (ours.accepted !== finding.ours.accepted) return false
    const theirs = await reference.run(candidate)
    if (theirs.accepted !== finding.theirs.accepted) return false
    if (roughly(theirs.error) !== roughly(finding.theirs.error)) return false
    return difference(ours, theirs) === finding.kind
  }
  const one = await shrink(finding.one, same)
  return { kind: finding.kind, one, ours: await runOurs(one), theirs: await reference.run(one) }
}

/** Shows one case and both outcomes. */
export async function showOne(plan: Plan, index: number, reference: Reference): Promise<number> {
  const one = generate(plan.kind, plan.seed, index)
  const [ours, theirs] = [await runOurs(one), await reference.run(one)]
  console.log(describe({ kind: difference(ours, theirs) ?? 'same', one, ours, theirs }))
  return 0
}

function describe({ kind, one, ours, theirs }: Finding): string {
  const env = Object.entries(one.env).map(([name, value]) => `${name}=${JSON.stringify(value)} `)
  const files = Object.entries({ ...one.files }).map(
    ([name, text]) => `--- ${name}\n${text.replace(/\n?$/, '\n')}`,
  )
  return [
    `=== ${kind}: ${one.label}`,
    `$ ${env.join('')}${bakeArguments(one).join(' ')}`,
    `${files.join('')}---`,
    ...(ours.accepted && theirs.accepted
      ? planDifference(ours.plan, theirs.plan)
      : [`ours:      ${said(ours)}`, `reference: ${said(theirs)}`]),
    '',
  ].join('\n')
}

function said(outcome: Outcome): string {
  return outcome.accepted ? `accepted ${outcome.plan.replace(/\s*\n\s*/g, ' ')}` : outcome.error
}

function planDifference(ours: string, theirs: string): string[] {
  const [left, right] = [ours.split('\n'), theirs.split('\n')]
  const only = (own: string[], other: string[]): string[] => own.filter((line) => !other.includes(line))
  return [
    ...only(left, right)
      .slice(0, 12)
      .map((line) => `ours:      ${line.trim()}`),
    ...only(right, left)
      .slice(0, 12)
      .map((line) => `reference: ${line.trim()}`),
  ]
}

function brief({ kind, one, ours, theirs }: Finding): string {
  return `=== ${kind}: ${one.label}\n    ours: ${ours.error.slice(0, 200) || 'accepted'}\n    reference: ${theirs.error.slice(0, 200) || 'accepted'}`
}
