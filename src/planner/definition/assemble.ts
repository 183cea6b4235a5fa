import type { Span } from '../../core/source/source-file.ts'
import { fieldOf } from '../fields.ts'
import { mergeFields } from '../merge.ts'
import type { TargetFields } from '../plan.ts'
import type { Instance } from './block-evaluation.ts'
import type { ContextBase, GroupDefinition, Sourced, TargetDefinition } from './definition.ts'

/** The target one instance of a block defines by itself. */
export function targetOf(instance: Instance, relativePaths: boolean): TargetDefinition {
  const { source, decoded, name } = instance
  const fields: Record<string, unknown> = {}
  const fieldSpans = new Map<string, Span>()
  for (const [key, { value }] of decoded) {
    const attribute = source.attributes.get(key)
    if (attribute !== undefined) fieldSpans.set(key, attribute.nameSpan)
    const row = fieldOf(key)
    if (row !== undefined && value !== undefined) fields[row.property] = value
  }
  const span = source.block.labelSpans[0]
  const base = relativePaths ? baseOf(source.file.dir, fields as TargetFields) : undefined
  return {
    name,
    inherits: sourcedTexts(instance, 'inherits') ?? [],
    fields: fields as TargetFields,
    fieldSpans,
    ...(span === undefined ? {} : { span }),
    ...(base === undefined ? {} : { base }),
  }
}

function baseOf(dir: string | undefined, fields: TargetFields): ContextBase {
  const fallback = dir ?? ''
  return {
    fallback,
    ...(fields.context === undefined ? {} : { context: fallback }),
    ...(fields.contexts === undefined
      ? {}
      : { contexts: new Map([...fields.contexts.keys()].map((name) => [name, fallback])) }),
  }
}

/** Lays a later definition of the same target on an earlier one (spec bake 1.6). */
export function mergeTargets(under: TargetDefinition, over: TargetDefinition): TargetDefinition {
  const span = under.span ?? over.span
  const base = mergeBases(under, over)
  return {
    name: under.name,
    inherits: [...under.inherits, ...over.inherits],
    fields: mergeFields(under.fields, over.fields),
    fieldSpans: new Map([...under.fieldSpans, ...over.fieldSpans]),
    ...(span === undefined ? {} : { span }),
    ...(base === undefined ? {} : { base }),
  }
}

function mergeBases(under: TargetDefinition, over: TargetDefinition): ContextBase | undefined {
  if (under.base === undefined && over.base === undefined) return undefined
  const contexts = new Map(under.base?.contexts)
  for (const name of over.fields.contexts?.keys() ?? []) {
    const dir = over.base?.contexts?.get(name)
    if (dir === undefined) contexts.delete(name)
    else contexts.set(name, dir)
  }
  const fallback = over.base?.fallback ?? under.base?.fallback
  const context = over.fields.context === undefined ? under.base?.context : over.base?.context
  return {
    contexts,
    ...(fallback === undefined ? {} : { fallback }),
    ...(context === undefined ? {} : { context }),
  }
}

/** The group a `group` block defines. */
export function groupOf(instance: Instance): GroupDefinition {
  const members = sourcedTexts(instance, 'targets')
  const description = instance.decoded.get('description')?.value
  const span = instance.source.block.labelSpans[0]
  return {
    name: instance.name,
    members: members === undefined ? null : withoutRepeats(members),
    ...(typeof description === 'string' && description !== '' ? { description } : {}),
    ...(span === undefined ? {} : { span }),
  }
}

function withoutRepeats(members: readonly Sourced<string>[]): readonly Sourced<string>[] {
  const kept = new Map<string, Sourced<string>>()
  for (const member of members) if (!kept.has(member.value)) kept.set(member.value, member)
  return [...kept.values()]
}

/** Texts of a list attribute with the places of a literal list's items. */
function sourcedTexts(instance: Instance, key: string): readonly Sourced<string>[] | undefined {
  const value = instance.decoded.get(key)?.value
  if (value === undefined) return undefined
  const texts = value as readonly string[]
  const expr = instance.source.attributes.get(key)?.expr
  const items = expr?.asList()
  return texts.map((text, i) => {
    const span = items?.length === texts.length ? items[i]?.span : expr?.span
    return span === undefined ? { value: text } : { value: text, span }
  })
}
