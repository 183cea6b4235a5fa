import type { Diagnostic } from '../../core/diag/diagnostic.ts'
import { nearest } from '../../core/diag/suggest.ts'
import { matchPath } from '../../core/go/path-match.ts'
import { quote } from '../../core/go/quote.ts'
import type { Span } from '../../core/source/source-file.ts'
import type { BakeDefinition, Sourced } from '../definition/definition.ts'

/** What the requested names stand for. */
export interface Selection {
  /** Requested names after globbing, without repeats. */
  readonly names: readonly string[]
  /** Every target to build, in the order the groups list them. */
  readonly targets: readonly string[]
  /** Every group reached, in the order it was reached. */
  readonly groups: readonly string[]
}

/** Expands names as typed (spec bake 4): dots become `_`, globs match groups then targets, groups unfold. */
export function select(
  definition: BakeDefinition,
  requested: readonly string[],
): { readonly selection: Selection; readonly diagnostics: readonly Diagnostic[] } {
  const wanted = requested.length === 0 ? ['default'] : requested
  const names: string[] = []
  const diagnostics: Diagnostic[] = []
  for (const name of wanted.map((name) => name.replaceAll('.', '_'))) {
    if (!/[*?[\]]/.test(name)) {
      names.push(name)
      continue
    }
    const known = [...definition.groups.keys(), ...definition.targets.keys()]
    const matching = known.filter((candidate) => matchPath(name, candidate) === true)
    if (matching.length === 0) diagnostics.push(noMatch(name))
    names.push(...matching)
  }
  const distinct = [...new Set(names)]
  const targets = new Set<string>()
  const groups = new Set<string>()
  for (const name of distinct) {
    expandGroup(definition, name, targets, groups)
  }
  return { selection: { names: distinct, targets: [...targets], groups: [...groups] }, diagnostics }
}

function noMatch(pattern: string): Diagnostic {
  return {
    severity: 'error',
    code: 'graph/no-match',
    summary: `could not find any target matching ${quote(pattern)}`,
    hints: ['list what there is with --list=targets'],
  }
}

interface Frame {
  readonly name: string
  readonly members: readonly Sourced<string>[]
  next: number
}

/**
 * Members are followed as groups first, in order, with an explicit stack. A group that is still open, or has
 * no members, yields nothing, and a member that yields nothing is taken as a target name: that is how cycles
 * end in the reference.
 */
function expandGroup(
  definition: BakeDefinition,
  root: string,
  targets: Set<string>,
  groups: Set<string>,
): void {
  const frames: Frame[] = []
  const state = new Map<string, 'open' | 'done'>()
  const enter = (name: string): void => {
    const group = definition.groups.get(name)
    const members = group?.members ?? []
    if (group === undefined) targets.add(name)
    else groups.add(name)
    const yields = group === undefined || (members.length > 0 && state.get(name) !== 'open')
    if (!yields && frames.length > 0) targets.add(name)
    if (group === undefined || state.has(name)) return
    state.set(name, 'open')
    frames.push({ name, members, next: 0 })
  }
  enter(root)
  for (let top = frames.at(-1); top !== undefined; top = frames.at(-1)) {
    const member = top.members[top.next++]
    if (member !== undefined) {
      enter(member.value)
      continue
    }
    state.set(top.name, 'done')
    frames.pop()
  }
}

/** No target of that name; the place is where the definition asked for it. */
export function unknownTarget(
  definition: BakeDefinition,
  name: string,
  mention?: { readonly span: Span; readonly label: string },
): Diagnostic {
  const hints: string[] = []
  const dotted = name.replaceAll('.', '_')
  if (dotted !== name && definition.targets.has(dotted)) hints.push(`did you mean "${dotted}"?`)
  else {
    const close = nearest(name, [...definition.targets.keys(), ...definition.groups.keys()])
    if (close !== undefined) hints.push(`did you mean "${close}"?`)
  }
  if (hints.length === 0 && definition.targets.size > 0) hints.push('list what there is with --list=targets')
  if (definition.groups.has(name)) hints.push(`"${name}" is a group; name one of its targets`)
  return {
    severity: 'error',
    code: 'graph/unknown-target',
    summary: `failed to find target ${name}`,
    ...(mention === undefined ? {} : { related: [mention] }),
    ...(hints.length === 0 ? {} : { hints }),
  }
}
