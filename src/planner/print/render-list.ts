import { compareBytes } from '../../core/text/byte-order.ts'
import { convert } from '../../core/value/convert.ts'
import { toJson, toJsonTyped } from '../../core/value/json.ts'
import { STRING, type Type } from '../../core/value/type.ts'
import { friendlyName, isPrimitive, typeOf } from '../../core/value/type-of.ts'
import type { Value } from '../../core/value/value.ts'
import type { BakeDefinition, VariableDefinition } from '../definition/definition.ts'
import { type Json, renderJson } from './json.ts'
import { renderTable } from './table.ts'

/** A row of `--list=variables`. */
export interface ListedVariable {
  readonly name: string
  readonly description?: string
  readonly type?: string
  /** Absent for null. */
  readonly value?: string
}
export type ListFormat = 'table' | 'json'

/**
 * Declared variables with their values after overrides, sorted by name (spec bake 10.6). Null when only
 * Compose files were read, which print differently from files that declare no variable.
 */
export function listVariables(definition: BakeDefinition): readonly ListedVariable[] | null {
  if (definition.composeOnly === true) return null
  return [...definition.variables].sort((a, b) => compareBytes(a.name, b.name)).map(listed)
}

function listed(variable: VariableDefinition): ListedVariable {
  const { name, description, type } = variable
  const value = shownValue(variable.value, type)
  return {
    name,
    ...(description === '' ? {} : { description }),
    ...(type === undefined ? {} : { type: type.kind === 'any' ? 'any type' : friendlyName(type) }),
    ...(value === undefined ? {} : { value }),
  }
}

/** Typed values print as JSON, strings without their outer quotes; untyped primitives as text. */
function shownValue(value: Value, type: Type | undefined): string | undefined {
  if (value.kind === 'null') return undefined
  if (type !== undefined) {
    const json = toJsonTyped(value, type)
    const text = json.ok ? json.text : ''
    return type.kind === 'string' ? text.replace(/^"+|"+$/g, '') : text
  }
  if (isPrimitive(typeOf(value))) {
    const text = convert(value, STRING)
    return text.ok && text.value.kind === 'string' ? text.value.value : ''
  }
  const json = toJson(value)
  return json.ok ? json.text : ''
}

/** The text of `--list=variables` (spec bake 10.6). */
export function renderVariableList(variables: readonly ListedVariable[] | null, format: ListFormat): string {
  if (format === 'table') {
    const rows = (variables ?? []).map((v) => [
      v.name,
      v.type ?? '',
      v.value ?? '<null>',
      v.description ?? '',
    ])
    return renderTable([['VARIABLE', 'TYPE', 'VALUE', 'DESCRIPTION'], ...rows])
  }
  if (variables === null) return 'null\n'
  const items = variables.map(({ name, description, type, value }) => {
    const members = new Map<string, Json>([['name', name]])
    if (description !== undefined) members.set('description', description)
    if (type !== undefined) members.set('type', type)
    if (value !== undefined) members.set('value', value)
    return members
  })
  return `${renderJson(items)}\n`
}

interface ListedTarget {
  readonly name: string
  readonly description: string
  readonly group: boolean
}

/** The text of `--list=targets` (spec bake 10.6); names that start with `_` are left out. */
export function renderTargetList(definition: BakeDefinition, format: ListFormat): string {
  const rows = listedTargets(definition).filter((row) => !row.name.startsWith('_'))
  if (format === 'table') {
    return renderTable([['TARGET', 'DESCRIPTION'], ...rows.map((row) => [row.name, row.description])])
  }
  if (rows.length === 0) return 'null\n'
  const items = rows.map(({ name, description, group }) => {
    const members = new Map<string, Json>([['name', name]])
    if (description !== '') members.set('description', description)
    if (group) members.set('group', true)
    return members
  })
  return `${renderJson(items)}\n`
}

function listedTargets(definition: BakeDefinition): readonly ListedTarget[] {
  const targets = [...definition.targets.values()].map(({ name, fields }) => {
    return { name, description: fields.description ?? '', group: false }
  })
  const groups = [...definition.groups.values()].map(({ name, description = '', members }) => {
    const names = (members ?? [])
      .map((member) => member.value)
      .sort(compareBytes)
      .join(', ')
    const shown = names === '' ? description : description === '' ? names : `${description} (${names})`
    return { name, description: shown, group: true }
  })
  return [...targets, ...groups].sort((a, b) => compareBytes(a.name, b.name))
}
