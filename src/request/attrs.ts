import type { Diagnostic } from '../core/diag/diagnostic.ts'
import { compareBytes } from '../core/text/byte-order.ts'
import type { ResolvedTarget, TargetFields } from '../planner/plan.ts'
import { frontendPlatform } from './platforms.ts'
import type { RequestSettings } from './settings.ts'
import { normalizeUlimit, sizeBytes } from './sizes.ts'
import type { Attrs, NodeCapabilities } from './types.ts'
import { problem } from './unsupported.ts'

/** What a row may look at besides its own field. */
export interface AttrInput {
  readonly target: ResolvedTarget
  readonly fields: TargetFields
  readonly settings: RequestSettings
  readonly node: NodeCapabilities
  /** Platforms this node builds of the target; empty: the daemon's default. */
  readonly platforms: readonly string[]
  /** More than one node works on the target. */
  readonly split: boolean
  readonly report: (diagnostic: Diagnostic) => void
}

/** One target option and the frontend attributes it becomes (spec buildkit 7.2). */
export interface AttrRow {
  /** Bake key, for tests and documentation. */
  readonly option: string
  readonly attrs: (input: AttrInput) => Attrs
}

export const ATTR_ROWS: readonly AttrRow[] = [
  { option: 'args', attrs: buildArgs },
  { option: 'labels', attrs: ({ fields }) => prefixed('label:', fields.labels) },
  { option: 'target', attrs: ({ fields }) => (fields.target ? { target: fields.target } : {}) },
  { option: 'no-cache-filter', attrs: ({ fields }) => listAttr('no-cache', fields.noCacheFilter) },
  // Behind the filter: an empty value means every stage and wins.
  { option: 'no-cache', attrs: ({ fields }) => (fields.noCache ? { 'no-cache': '' } : {}) },
  { option: 'pull', attrs: resolveMode },
  { option: 'platforms', attrs: platformAttrs },
  { option: 'network', attrs: networkMode },
  { option: 'extra-hosts', attrs: extraHosts },
  { option: 'shm-size', attrs: shmSize },
  { option: 'ulimits', attrs: ({ fields }) => listAttr('ulimit', fields.ulimits?.map(normalizeUlimit)) },
  { option: 'resources', attrs: resources },
  { option: 'call', attrs: callAttrs },
]

/** All rows applied to one target on one node. */
export function frontendAttrs(input: AttrInput): Record<string, string> {
  const all: Record<string, string> = Object.create(null) as Record<string, string>
  for (const row of ATTR_ROWS) Object.assign(all, row.attrs(input))
  return all
}

/** Name of the subrequest of a target, absent for a plain build. */
export function callOf(fields: TargetFields): string | undefined {
  if (!fields.call || fields.call === 'build') return undefined
  return fields.call === 'check' ? 'lint' : fields.call
}

function buildArgs({ fields, settings }: AttrInput): Attrs {
  const args = new Map(fields.args ?? [])
  const epoch = settings.env['SOURCE_DATE_EPOCH']
  if (epoch && !args.has('SOURCE_DATE_EPOCH')) args.set('SOURCE_DATE_EPOCH', epoch)
  const given = new Set([...args.keys()].map((k) => k.toLowerCase()))
  for (const [key, value] of Object.entries(settings.proxies)) {
    if (!given.has(key.toLowerCase())) args.set(key, value)
  }
  const attrs: Record<string, string> = { ...prefixed('build-arg:', args) }
  const syntax = args.get('BUILDKIT_SYNTAX')
  if (syntax !== undefined) {
    attrs['source'] = syntax.split(' ')[0] ?? ''
    attrs['cmdline'] = syntax
  }
  if (args.has('BUILDKIT_MULTI_PLATFORM')) attrs['multi-platform'] = 'true'
  return attrs
}

function resolveMode({ fields, node }: AttrInput): Attrs {
  if (fields.pull) return { 'image-resolve-mode': 'pull' }
  return node.driver === 'docker' ? { 'image-resolve-mode': 'local' } : {}
}

function platformAttrs({ platforms, settings, split }: AttrInput): Attrs {
  const list = platforms.map((p) => frontendPlatform(p, settings.localPlatform))
  return {
    ...(list.length > 0 ? { platform: list.join(',') } : {}),
    ...(split ? { 'multi-platform': 'true' } : {}),
  }
}

function networkMode({ fields, target, report }: AttrInput): Attrs {
  const mode = fields.network ?? ''
  if (mode === 'host' || mode === 'none') return { 'force-network-mode': mode }
  if (mode !== '' && mode !== 'default') {
    report(
      problem(
        'solve/network-mode',
        `network mode "${mode}" not supported by buildkit - you can define a custom network for your builder using the network driver-opt in buildx create`,
        target.fieldSpans?.get('network') ?? target.span,
        ['Use "default", "none" or "host".'],
      ),
    )
  }
  return {}
}

const HOST_GATEWAY_LABEL = 'org.mobyproject.buildkit.worker.moby.host-gateway-ip'

function extraHosts({ fields, node, target, report }: AttrInput): Attrs {
  const hosts: string[] = []
  const sorted = [...(fields.extraHosts ?? [])].sort(([a], [b]) => compareBytes(a, b))
  for (const [host, value] of sorted) {
    for (const part of value.split(',')) {
      let ip = part.trim()
      if (ip === 'host-gateway') {
        const gateway = node.workerLabels[HOST_GATEWAY_LABEL]
        if (!gateway) {
          const span = target.fieldSpans?.get('extra-hosts') ?? target.span
          report(problem('solve/host-gateway', 'unable to derive the IP value for host-gateway', span))
          continue
        }
        ip = gateway
      }
      hosts.push(`${host}=${ip.replace(/^\[(.*)\]$/, '$1')}`)
    }
  }
  return listAttr('add-hosts', hosts)
}

function shmSize({ fields }: AttrInput): Attrs {
  const bytes = sizeBytes(fields.shmSize)
  return bytes <= 0 ? {} : { 'shm-size': String(bytes) }
}

function resources({ fields }: AttrInput): Attrs {
  const wanted = fields.resources
  if (!wanted) return {}
  const memorySwap = wanted.memorySwap === '-1' ? -1 : sizeBytes(wanted.memorySwap)
  const rows: readonly (readonly [string, number | string | undefined])[] = [
    ['memory', sizeBytes(wanted.memory)],
    ['memswap', memorySwap],
    ['cpushares', wanted.cpuShares],
    ['cpuperiod', wanted.cpuPeriod],
    ['cpuquota', wanted.cpuQuota],
    ['cpusetcpus', wanted.cpusetCpus],
    ['cpusetmems', wanted.cpusetMems],
  ]
  return Object.fromEntries(
    rows.filter(([, v]) => v !== undefined && v !== 0 && v !== '').map(([k, v]) => [k, String(v)]),
  )
}

function callAttrs({ fields }: AttrInput): Attrs {
  const call = callOf(fields)
  return call === undefined ? {} : { requestid: `frontend.${call}` }
}

function prefixed(prefix: string, values: ReadonlyMap<string, string> | undefined): Attrs {
  return Object.fromEntries([...(values ?? [])].map(([key, value]) => [prefix + key, value]))
}

function listAttr(name: string, values: readonly string[] | undefined): Attrs {
  return values && values.length > 0 ? { [name]: values.join(',') } : {}
}
