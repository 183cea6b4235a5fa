import type { Diagnostic } from '../../core/diag/diagnostic.ts'
import type { Span } from '../../core/source/source-file.ts'
import type { TargetFields } from '../plan.ts'
import type { Inheritance, Inherited } from './inherit.ts'

/** A target on its way into the plan. */
export interface LinkedTarget {
  readonly name: string
  readonly fields: TargetFields
  readonly fieldSpans: ReadonlyMap<string, Span>
  readonly span?: Span
  readonly needs: readonly string[]
  readonly linkedOnly: boolean
}

const PREFIX = 'target:'

interface Frame {
  readonly name: string
  readonly links: readonly string[]
  next: number
}

/**
 * Follows `target:` named contexts (spec bake 8): linked targets join the plan with their output reduced to
 * the cache, and what they are entitled to passes on to the targets that use them.
 */
export function linkTargets(
  requested: ReadonlyMap<string, Inherited>,
  inheritance: Inheritance,
): { readonly targets: ReadonlyMap<string, LinkedTarget>; readonly diagnostics: readonly Diagnostic[] } {
  const targets = new Map<string, LinkedTarget>()
  for (const [name, target] of requested) targets.set(name, linked(name, target, 'requested'))
  const settled = new Set<string>()
  for (const name of requested.keys()) {
    const failure = walk(name, targets, settled, inheritance)
    if (failure !== undefined) return { targets, diagnostics: failure === 'told' ? [] : [failure] }
  }
  return { targets, diagnostics: [] }
}

function linked(name: string, target: Inherited, how: 'requested' | 'linked'): LinkedTarget {
  const { fields, fieldSpans, span } = target
  return {
    name,
    fields: how === 'linked' ? { ...fields, output: [{ type: 'cacheonly', attrs: {} }] } : fields,
    fieldSpans,
    needs: [...new Set(linksOf(fields))],
    linkedOnly: how === 'linked',
    ...(span === undefined ? {} : { span }),
  }
}

function linksOf(fields: TargetFields): readonly string[] {
  if (fields.contexts === undefined) return []
  const links: string[] = []
  for (const value of fields.contexts.values())
    if (value.startsWith(PREFIX)) links.push(value.slice(PREFIX.length))
  return links
}

/** Depth first from one target; `told` when the diagnostic is with `inheritance` already. */
function walk(
  root: string,
  targets: Map<string, LinkedTarget>,
  settled: Set<string>,
  inheritance: Inheritance,
): Diagnostic | 'told' | undefined {
  if (settled.has(root)) return undefined
  const open = new Set([root])
  const frames: Frame[] = [{ name: root, links: targets.get(root)?.needs ?? [], next: 0 }]
  for (let top = frames.at(-1); top !== undefined; top = frames.at(-1)) {
    const link = top.links[top.next]
    const user = targets.get(top.name)
    if (link === undefined || user === undefined) {
      frames.pop()
      open.delete(top.name)
      settled.add(top.name)
      continue
    }
    const mention = mentionOf(user, link)
    if (link === top.name) return refused('graph/self-link', `target ${link} cannot link to itself`, mention)
    if (open.has(link)) {
      return refused('graph/link-cycle', `infinite loop from ${top.name} to ${link}`, mention)
    }
    let used = targets.get(link)
    if (used === undefined) {
      const resolved = inheritance.resolve(link, mention)
      if (resolved === undefined) return 'told'
      used = linked(link, resolved, 'linked')
      targets.set(link, used)
    }
    if (!settled.has(link)) {
      open.add(link)
      frames.push({ name: link, links: used.needs, next: 0 })
      continue
    }
    const mismatch = platformMismatch(user, used)
    if (mismatch !== undefined) return refused('graph/link-platforms', mismatch, mention)
    targets.set(user.name, withEntitlements(user, used))
    top.next++
  }
  return undefined
}

function withEntitlements(user: LinkedTarget, used: LinkedTarget): LinkedTarget {
  const wanted = used.fields.entitlements ?? []
  const own = user.fields.entitlements ?? []
  const extra = wanted.filter((entitlement) => !own.includes(entitlement))
  if (extra.length === 0) return user
  return { ...user, fields: { ...user.fields, entitlements: [...own, ...extra] } }
}

/** Both sides list several platforms, and the linked one lacks some; spellings are compared as they are. */
function platformMismatch(user: LinkedTarget, used: LinkedTarget): string | undefined {
  const wanted = user.fields.platforms ?? []
  const offered = used.fields.platforms ?? []
  if (wanted.length < 2 || offered.length < 2) return undefined
  if (wanted.every((platform) => offered.includes(platform))) return undefined
  const why = `because its platforms [${wanted.join(' ')}] are not a subset of [${offered.join(' ')}]`
  return `target ${used.name} can't be used by ${user.name} ${why}`
}

function mentionOf(
  user: LinkedTarget,
  link: string,
): { readonly span: Span; readonly label: string } | undefined {
  const span = user.fieldSpans.get('contexts')
  return span === undefined ? undefined : { span, label: `"${user.name}" links to "${link}" here` }
}

function refused(
  code: 'graph/self-link' | 'graph/link-cycle' | 'graph/link-platforms',
  summary: string,
  mention: { readonly span: Span; readonly label: string } | undefined,
): Diagnostic {
  return {
    severity: 'error',
    code,
    summary,
    ...(mention === undefined ? {} : { related: [mention] }),
  }
}
