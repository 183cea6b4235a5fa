import posix from 'node:path/posix'
import type { Expression } from '../../parser/body.ts'
import { isRemoteUrl } from '../elements/remote-url.ts'
import type { Sources } from './blocks.ts'
import type { TargetDefinition } from './definition.ts'

/** A relative path seen from `base`; special and absolute values stay (spec bake 1.7). */
export function rebased(base: string | undefined, path: string): string {
  if (base === undefined || base === '' || path === '' || isSpecial(path) || isAbsolute(path)) return path
  return posix.join(base, path)
}

function isSpecial(path: string): boolean {
  const prefixes = ['cwd://', 'target:', 'docker-image:', 'oci-layout://']
  return prefixes.some((prefix) => path.startsWith(prefix)) || isRemoteUrl(path)
}

function isAbsolute(path: string): boolean {
  return path.startsWith('/') || /^[a-zA-Z]:[\\/]/.test(path)
}

/** Makes `context` and `contexts` of all targets start from the files that set them. */
export function rebaseTargets(
  targets: ReadonlyMap<string, TargetDefinition>,
  sources: Sources,
): ReadonlyMap<string, TargetDefinition> {
  const borrowed = borrowedContexts(sources)
  return new Map(
    [...targets].map(([name, target]) => [name, rebaseTarget(target, targets, borrowed.get(name))]),
  )
}

function rebaseTarget(
  target: TargetDefinition,
  targets: ReadonlyMap<string, TargetDefinition>,
  borrowedFrom: string | undefined,
): TargetDefinition {
  const { base, fields } = target
  if (base === undefined) return target
  const lender = borrowedFrom === undefined ? undefined : targets.get(borrowedFrom)?.base
  const contextBase = lender?.context ?? lender?.fallback ?? base.context
  const contexts = fields.contexts
  return {
    ...target,
    fields: {
      ...fields,
      ...(fields.context === undefined ? {} : { context: rebased(contextBase, fields.context) }),
      ...(contexts === undefined
        ? {}
        : {
            contexts: new Map(
              [...contexts].map(([name, path]) => [name, rebased(base.contexts?.get(name), path)]),
            ),
          }),
    },
  }
}

/** Targets whose `context` is exactly `target.X.context`: they start from the base of X. */
function borrowedContexts(sources: Sources): ReadonlyMap<string, string> {
  const borrowed = new Map<string, string>()
  for (const source of sources.blocks) {
    const expr = source.attributes.get('context')?.expr
    const lender = expr === undefined ? undefined : contextOf(expr)
    if (lender !== undefined) borrowed.set(source.label, lender)
    else if (expr !== undefined) borrowed.delete(source.label)
  }
  return borrowed
}

function contextOf(expr: Expression): string | undefined {
  const [reference, ...others] = expr.references()
  if (reference === undefined || others.length > 0 || reference.root !== 'target') return undefined
  const [name, field, ...rest] = reference.steps
  const whole = reference.span.start === expr.span.start && reference.span.end === expr.span.end
  if (!whole || rest.length > 0 || name?.kind !== 'attr' || field?.kind !== 'attr') return undefined
  return field.name === 'context' ? name.name : undefined
}
