import type { TargetFields } from './plan.ts'

/** What the value of a bake key may be. */
export type FieldKind =
  | 'string'
  | 'bool'
  | 'strings'
  | 'map'
  | 'attest'
  | 'cache'
  | 'output'
  | 'secret'
  | 'ssh'
  | 'resources'
  | 'policy'

/**
 * How a later target lies on top of an earlier one (spec bake 2.4):
 * `replace` the later wins when set; `replace-text` wins when not empty; `append` then drop repeats (done
 * by normalising); `append-entries` appends and drops equal entries at once; `append-raw` keeps repeats;
 * `by-key` appends and the last of one id or type takes the first one's place; `map` merges key by key;
 * `by-field` merges the fields of one record.
 */
export type MergeRule =
  | 'replace'
  | 'replace-text'
  | 'append'
  | 'append-entries'
  | 'append-raw'
  | 'by-key'
  | 'map'
  | 'by-field'

/**
 * How `--set` writes a key (spec bake 7.2): one text; a boolean; `KEY.NAME=VALUE`; a list that `=` replaces
 * and `+=` extends; a list that always grows; and two forms that lose the value in the reference and are
 * kept, with a warning.
 */
export type SetForm = 'text' | 'bool' | 'entry' | 'list' | 'grow' | 'field' | 'lost-text' | 'lost-list'

/** One bake key. Decoding, merging, `--set`, `--print`, the JSON schema and the reference pages read these rows. */
export interface FieldRow {
  /** As written in a bake definition and in printed JSON. */
  readonly key: string
  readonly property: keyof TargetFields
  readonly kind: FieldKind
  readonly merge: MergeRule
  /** Absent: `--set` has no form for this key. */
  readonly set?: { readonly key: string; readonly form: SetForm }
  /** Printed with `${` and `%{` escaped (spec bake 10.2). */
  readonly escaped?: true
  /** Dropped entries after merging: "" and repeats of a text list. */
  readonly distinct?: true
  /** A value that asks for an entitlement by itself. */
  readonly implies?: { readonly value: string; readonly entitlement: string }
  /** One sentence for the reference pages and the JSON schema. */
  readonly doc: string
}

/** Every key of a target that reaches the plan, in print order (spec bake 10.1). */
export const FIELDS: readonly FieldRow[] = [
  {
    key: 'description',
    property: 'description',
    kind: 'string',
    merge: 'replace-text',
    doc: 'What the target is for, shown by `--list`.',
  },
  {
    key: 'annotations',
    property: 'annotations',
    kind: 'strings',
    merge: 'append',
    set: { key: 'annotations', form: 'grow' },
    escaped: true,
    distinct: true,
    doc: 'Annotations of the image, each `[type[platform]:]key=value`.',
  },
  {
    key: 'attest',
    property: 'attest',
    kind: 'attest',
    merge: 'by-key',
    set: { key: 'attest', form: 'grow' },
    doc: 'Attestations to attach, such as `type=provenance,mode=max` or `type=sbom`.',
  },
  {
    key: 'context',
    property: 'context',
    kind: 'string',
    merge: 'replace',
    set: { key: 'context', form: 'text' },
    doc: 'The build context: a directory or a URL. Default `.`.',
  },
  {
    key: 'contexts',
    property: 'contexts',
    kind: 'map',
    merge: 'map',
    set: { key: 'contexts', form: 'entry' },
    doc: 'Named contexts; `target:NAME` takes the result of another target.',
  },
  {
    key: 'dockerfile',
    property: 'dockerfile',
    kind: 'string',
    merge: 'replace',
    set: { key: 'dockerfile', form: 'text' },
    doc: 'The Dockerfile, relative to the context. Default `Dockerfile`.',
  },
  {
    key: 'dockerfile-inline',
    property: 'dockerfileInline',
    kind: 'string',
    merge: 'replace',
    escaped: true,
    doc: 'The text of the Dockerfile itself.',
  },
  {
    key: 'args',
    property: 'args',
    kind: 'map',
    merge: 'map',
    set: { key: 'args', form: 'entry' },
    escaped: true,
    doc: 'Build arguments.',
  },
  {
    key: 'labels',
    property: 'labels',
    kind: 'map',
    merge: 'map',
    set: { key: 'labels', form: 'entry' },
    escaped: true,
    doc: 'Labels of the image.',
  },
  {
    key: 'tags',
    property: 'tags',
    kind: 'strings',
    merge: 'replace',
    set: { key: 'tags', form: 'list' },
    distinct: true,
    doc: 'Image names to give the result.',
  },
  {
    key: 'cache-from',
    property: 'cacheFrom',
    kind: 'cache',
    merge: 'append-entries',
    set: { key: 'cache-from', form: 'list' },
    doc: 'Caches to read from.',
  },
  {
    key: 'cache-to',
    property: 'cacheTo',
    kind: 'cache',
    merge: 'replace',
    set: { key: 'cache-to', form: 'list' },
    doc: 'Caches to write to.',
  },
  {
    key: 'target',
    property: 'target',
    kind: 'string',
    merge: 'replace',
    set: { key: 'target', form: 'text' },
    doc: 'The stage of the Dockerfile to build.',
  },
  {
    key: 'secret',
    property: 'secret',
    kind: 'secret',
    merge: 'by-key',
    set: { key: 'secrets', form: 'list' },
    doc: 'Secrets a build step may mount, each `id=ID[,src=FILE][,env=NAME]`.',
  },
  {
    key: 'ssh',
    property: 'ssh',
    kind: 'ssh',
    merge: 'by-key',
    set: { key: 'ssh', form: 'list' },
    doc: 'SSH agents or keys a build step may use, each `ID[=PATH,...]`.',
  },
  {
    key: 'platforms',
    property: 'platforms',
    kind: 'strings',
    merge: 'replace',
    set: { key: 'platform', form: 'list' },
    distinct: true,
    doc: 'Platforms to build for.',
  },
  {
    key: 'output',
    property: 'output',
    kind: 'output',
    merge: 'replace',
    set: { key: 'output', form: 'list' },
    doc: 'Where the result goes.',
  },
  {
    key: 'pull',
    property: 'pull',
    kind: 'bool',
    merge: 'replace',
    set: { key: 'pull', form: 'bool' },
    doc: 'Look for newer versions of all referenced images.',
  },
  {
    key: 'no-cache',
    property: 'noCache',
    kind: 'bool',
    merge: 'replace',
    set: { key: 'no-cache', form: 'bool' },
    doc: 'Build without any cached step.',
  },
  {
    key: 'network',
    property: 'network',
    kind: 'string',
    merge: 'replace',
    set: { key: 'network', form: 'lost-text' },
    implies: { value: 'host', entitlement: 'network.host' },
    doc: 'Network mode of build steps: `default`, `none` or `host`.',
  },
  {
    key: 'no-cache-filter',
    property: 'noCacheFilter',
    kind: 'strings',
    merge: 'append',
    set: { key: 'no-cache-filter', form: 'lost-list' },
    distinct: true,
    doc: 'Stages to build without cached steps.',
  },
  {
    key: 'shm-size',
    property: 'shmSize',
    kind: 'string',
    merge: 'replace',
    set: { key: 'shm-size', form: 'text' },
    doc: 'Size of `/dev/shm` in build steps, such as `128m`.',
  },
  {
    key: 'ulimits',
    property: 'ulimits',
    kind: 'strings',
    merge: 'append',
    set: { key: 'ulimits', form: 'lost-list' },
    distinct: true,
    doc: 'Limits of build steps, each `name=soft[:hard]`.',
  },
  {
    key: 'resources',
    property: 'resources',
    kind: 'resources',
    merge: 'by-field',
    set: { key: 'resources', form: 'field' },
    doc: 'Memory and CPU limits of build steps.',
  },
  {
    key: 'call',
    property: 'call',
    kind: 'string',
    merge: 'replace',
    set: { key: 'call', form: 'text' },
    doc: 'What to ask of the frontend instead of a build: `check`, `outline` or `targets`.',
  },
  {
    key: 'entitlements',
    property: 'entitlements',
    kind: 'strings',
    merge: 'append',
    set: { key: 'entitlements', form: 'grow' },
    distinct: true,
    doc: 'Permissions the build needs, such as `network.host`.',
  },
  {
    key: 'extra-hosts',
    property: 'extraHosts',
    kind: 'map',
    merge: 'map',
    set: { key: 'extra-hosts', form: 'entry' },
    escaped: true,
    doc: 'Host names to add to build steps with their addresses.',
  },
  {
    key: 'policy',
    property: 'policy',
    kind: 'policy',
    merge: 'append-raw',
    set: { key: 'policy', form: 'list' },
    doc: 'Source policies to apply.',
  },
]

/** Keys of a target block that never reach the plan. */
export const BLOCK_KEYS: readonly { readonly key: string; readonly doc: string }[] = [
  { key: 'inherits', doc: 'Targets whose fields are merged first, in order.' },
  { key: 'name', doc: 'Name of each matrix instance.' },
  { key: 'matrix', doc: 'Axes that expand the block into one target per combination.' },
]

const BY_KEY: ReadonlyMap<string, FieldRow> = new Map(FIELDS.map((row) => [row.key, row]))
const BY_PROPERTY: ReadonlyMap<string, FieldRow> = new Map(FIELDS.map((row) => [row.property, row]))
const BY_SET_KEY: ReadonlyMap<string, FieldRow> = new Map(
  FIELDS.flatMap((row) => (row.set === undefined ? [] : [[row.set.key, row] as const])),
)

/** The row of a bake key, or undefined when there is no such key. */
export function fieldOf(key: string): FieldRow | undefined {
  return BY_KEY.get(key)
}

/** The row behind a property of `TargetFields`. */
export function fieldOfProperty(property: string): FieldRow | undefined {
  return BY_PROPERTY.get(property)
}

/** The row that `--set TARGET.KEY` writes. */
export function fieldOfSetKey(key: string): FieldRow | undefined {
  return BY_SET_KEY.get(key)
}

/** Every key a target block knows, sorted; for suggestions. */
export function knownTargetKeys(): readonly string[] {
  return [...FIELDS.map((row) => row.key), ...BLOCK_KEYS.map((row) => row.key)].sort()
}

/** Every key `--set` knows, sorted; for suggestions. */
export function knownSetKeys(): readonly string[] {
  return [...BY_SET_KEY.keys(), 'push', 'load'].sort()
}
