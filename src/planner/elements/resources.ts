import type { ResourcesEntry } from '../plan.ts'
import { type Parsed, parsed, refusal } from './parsed.ts'

/** One field of `resources`, in print order (spec bake 10.3). */
export interface ResourceField {
  readonly key: string
  readonly property: keyof ResourcesEntry
  readonly kind: 'string' | 'integer'
  readonly doc: string
}

export const RESOURCE_FIELDS: readonly ResourceField[] = [
  { key: 'memory', property: 'memory', kind: 'string', doc: 'Memory limit, such as `512m`.' },
  {
    key: 'memory-swap',
    property: 'memorySwap',
    kind: 'string',
    doc: 'Limit of memory and swap; `-1` is unlimited.',
  },
  { key: 'cpu-shares', property: 'cpuShares', kind: 'integer', doc: 'Relative CPU weight.' },
  { key: 'cpu-period', property: 'cpuPeriod', kind: 'integer', doc: 'CPU period in microseconds.' },
  { key: 'cpu-quota', property: 'cpuQuota', kind: 'integer', doc: 'CPU quota in microseconds.' },
  { key: 'cpuset-cpus', property: 'cpusetCpus', kind: 'string', doc: 'CPUs to run on, such as `0-3`.' },
  { key: 'cpuset-mems', property: 'cpusetMems', kind: 'string', doc: 'Memory nodes to use, such as `0,1`.' },
]

const LARGEST = 2n ** 63n - 1n
const SMALLEST = -(2n ** 63n)

/** Writes one field of `--set TARGET.resources.FIELD=VALUE`. */
export function withResource(entry: ResourcesEntry, key: string, text: string): Parsed<ResourcesEntry> {
  const field = RESOURCE_FIELDS.find((candidate) => candidate.key === key)
  if (field === undefined) return refusal(`unknown resources key ${key}`)
  if (field.kind === 'string') return parsed({ ...entry, [field.property]: text })
  const number = parseInteger(text)
  if (number === undefined) return refusal(`invalid value ${text} for int64 key resources.${key}`)
  return parsed({ ...entry, [field.property]: number })
}

function parseInteger(text: string): number | undefined {
  if (!/^[+-]?[0-9]+$/.test(text)) return undefined
  const number = BigInt(text.replace(/^\+/, ''))
  return number > LARGEST || number < SMALLEST ? undefined : Number(number)
}
