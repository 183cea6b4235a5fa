import { BuildFailure } from '../core/failure.ts'
import { formatPlatform, type Platform } from '../core/oci/platform.ts'
import type { InstanceRecord, NodeRecord } from './instance-record.ts'
import { isInstanceName } from './store.ts'

/** What `create` says of one node; what is absent stays as it is recorded. */
export interface NodeChange {
  /** '' for the next free name. */
  readonly name: string
  readonly endpoint: string
  readonly platforms: readonly Platform[]
  readonly options?: Readonly<Record<string, string>>
  readonly flags?: readonly string[]
  readonly files?: Readonly<Record<string, string>>
}

/** A changed record; `changed` when a node that was there before got other settings. */
export interface NodeEdit {
  readonly record: InstanceRecord
  readonly changed: boolean
}

/**
 * Adds a node, or changes the one of that name (spec buildkit 15.1). A platform it declares is taken away from the
 * others. Throws `BuildFailure` (`driver`) in the reference's words.
 */
export function setNode(record: InstanceRecord, change: NodeChange, append: boolean): NodeEdit {
  const at = record.nodes.findIndex((node) => node.name === change.name)
  if (at < 0 && !append && record.nodes.length > 0) {
    throw refused(`node ${change.name} not found, did you mean to append?`, 'add the node with --append')
  }
  const nodes = [...record.nodes]
  const index = at < 0 ? nodes.length : at
  nodes[index] = at < 0 ? newNode(record, change) : changedNode(nodes[at] as NodeRecord, change)
  if (nodes.filter((node) => node.endpoint === change.endpoint).length > 1) {
    throw refused(
      `invalid duplicate endpoint ${change.endpoint}`,
      'give every node of a builder an endpoint of its own',
    )
  }
  const taken = new Set((nodes[index]?.platforms ?? []).map(formatPlatform))
  const settled = nodes.map((node, i) =>
    i === index
      ? node
      : { ...node, platforms: (node.platforms ?? []).filter((p) => !taken.has(formatPlatform(p))) },
  )
  return { record: { ...record, nodes: settled }, changed: at >= 0 }
}

/** Removes a node. Throws `BuildFailure` (`driver`) in the reference's words. */
export function removeNode(record: InstanceRecord, name: string): InstanceRecord {
  const nodes = record.nodes.filter((node) => node.name !== name)
  if (nodes.length === record.nodes.length) {
    const known = record.nodes.map((node) => node.name).join(', ')
    throw refused(`node ${JSON.stringify(name)} not found for ${record.name}`, `its nodes are: ${known}`)
  }
  if (nodes.length === 0) {
    throw refused(
      'can not leave last node, do you want to rm instance instead?',
      `remove the builder with "rm ${record.name}"`,
    )
  }
  return { ...record, nodes }
}

function newNode(record: InstanceRecord, change: NodeChange): NodeRecord {
  const name = change.name === '' ? nextName(record) : change.name
  if (!isInstanceName(name)) throw badName(name)
  return {
    name: name.toLowerCase(),
    endpoint: change.endpoint,
    ...(change.platforms.length > 0 && { platforms: change.platforms }),
    ...settingsOf(change),
  }
}

function changedNode(node: NodeRecord, change: NodeChange): NodeRecord {
  return {
    ...node,
    endpoint: change.endpoint,
    ...(change.platforms.length > 0 && { platforms: change.platforms }),
    ...settingsOf(change),
  }
}

function settingsOf({ options, flags, files }: NodeChange): Pick<NodeRecord, 'options' | 'flags' | 'files'> {
  return { ...(options && { options }), ...(flags && { flags }), ...(files && { files }) }
}

function nextName({ name, nodes }: InstanceRecord): string {
  const taken = new Set(nodes.map((node) => node.name))
  let number = 0
  while (taken.has(`${name}${number}`.toLowerCase())) number++
  return `${name}${number}`
}

/** A builder or node cannot be called that. */
export function badName(name: string): BuildFailure {
  return refused(
    `invalid name ${name}, name needs to start with a letter and may not contain symbols, except ._-`,
    'use letters, digits, dots, underscores and hyphens',
  )
}

function refused(message: string, hint: string): BuildFailure {
  return new BuildFailure('driver', message, { code: 'BUILDER_EDIT', hints: [hint] })
}
