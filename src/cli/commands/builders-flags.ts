import type { FlagRow } from '../flags.ts'

const TIMEOUT: FlagRow = {
  long: 'timeout',
  kind: 'string',
  value: 'DURATION',
  doc: 'How long nodes may take to tell their state',
  default: '20s',
}

/** Flags of `create` (spec cli 3.1). */
export const CREATE_FLAGS: readonly FlagRow[] = [
  { long: 'name', kind: 'string', value: 'NAME', doc: 'Name of the builder', common: true },
  {
    long: 'driver',
    kind: 'string',
    value: 'DRIVER',
    doc: 'How the builder is reached',
    values: ['docker-container', 'kubernetes', 'remote'],
    common: true,
  },
  {
    long: 'driver-opt',
    kind: 'array',
    value: 'NAME=VALUE',
    doc: 'Options of the driver, separated by commas',
    common: true,
  },
  { long: 'use', kind: 'bool', doc: 'Make it the builder in use', common: true },
  { long: 'bootstrap', kind: 'bool', doc: 'Start it now', common: true },
  { long: 'append', kind: 'bool', doc: 'Add a node to an existing builder' },
  { long: 'leave', kind: 'bool', doc: 'Take a node away from a builder' },
  { long: 'node', kind: 'string', value: 'NAME', doc: 'The node to add, change or take away' },
  {
    long: 'platform',
    kind: 'array',
    value: 'PLATFORM',
    doc: 'Platforms the node is preferred for, separated by commas',
  },
  { long: 'buildkitd-flags', kind: 'string', value: 'FLAGS', doc: 'Flags of the BuildKit daemon' },
  { long: 'buildkitd-config', kind: 'string', value: 'FILE', doc: 'Config file of the BuildKit daemon' },
  { long: 'config', kind: 'string', value: 'FILE', doc: 'Same as --buildkitd-config', hidden: true },
  { ...TIMEOUT, hidden: true },
]

/** Flags of `ls` (spec cli 3.2). */
export const LS_FLAGS: readonly FlagRow[] = [
  {
    long: 'format',
    kind: 'string',
    value: 'FORMAT',
    doc: 'table, "table TEMPLATE", json, or a template such as {{.Name}}',
    default: 'table',
  },
  { long: 'no-trunc', kind: 'bool', doc: 'Show all platforms' },
  { ...TIMEOUT, hidden: true },
]

/** Flags of `inspect` (spec cli 3.3). */
export const INSPECT_FLAGS: readonly FlagRow[] = [
  { long: 'bootstrap', kind: 'bool', doc: 'Start the builder first' },
  { ...TIMEOUT, hidden: true },
]

/** Flags of `use` (spec cli 3.3). */
export const USE_FLAGS: readonly FlagRow[] = [
  { long: 'global', kind: 'bool', doc: 'For every docker context' },
  { long: 'default', kind: 'bool', doc: 'Also whenever this docker context comes into use again' },
]

/** Flags of `rm` (spec cli 3.4). */
export const RM_FLAGS: readonly FlagRow[] = [
  { long: 'all-inactive', kind: 'bool', doc: 'Remove all builders without a running node' },
  { long: 'force', short: 'f', kind: 'bool', doc: 'Do not ask' },
  { long: 'keep-daemon', kind: 'bool', doc: 'Only forget the builder; its daemons go on' },
  { long: 'keep-state', kind: 'bool', doc: 'Keep the caches of the builder' },
  { ...TIMEOUT, hidden: true },
]

/** Flags of `dial-stdio` (spec cli 9). */
export const DIAL_FLAGS: readonly FlagRow[] = [
  {
    long: 'platform',
    kind: 'string',
    value: 'PLATFORM',
    doc: 'Choose the node for this platform',
    default: '$DOCKER_DEFAULT_PLATFORM',
  },
  {
    long: 'progress',
    kind: 'string',
    value: 'MODE',
    doc: 'How progress is shown',
    default: 'none',
    values: ['none', 'auto', 'plain', 'tty', 'rawjson'],
  },
]
