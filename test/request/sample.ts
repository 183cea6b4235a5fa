import type { Plan, ResolvedTarget, TargetFields } from '../../src/planner/plan.ts'
import type { RequestSettings } from '../../src/request/settings.ts'
import type { Feature, NodeCapabilities } from '../../src/request/types.ts'

/** A plan of targets given by their fields; all requested. */
export function planOf(
  targets: Readonly<Record<string, Partial<ResolvedTarget> & { fields: TargetFields }>>,
): Plan {
  const list = Object.entries(targets).map(
    ([name, { fields, ...rest }]): readonly [string, ResolvedTarget] => [
      name,
      {
        name,
        needs: [],
        linkedOnly: false,
        ...rest,
        fields: { context: '.', dockerfile: 'Dockerfile', ...fields },
      },
    ],
  )
  return { groups: new Map(), targets: new Map(list), requested: Object.keys(targets) }
}

export const SETTINGS: RequestSettings = {
  cwd: '/src',
  localPlatform: 'linux/amd64',
  env: {},
  proxies: {},
  facts: new Map(),
  loadIntoContainerd: false,
}

const LLB_CAPS = ['exporter.multiple', 'exporter.image.attestations', 'cache.gha', 'cache.s3']
const FULL: readonly Feature[] = [
  'oci-exporter',
  'docker-exporter',
  'cache-export',
  'multi-platform',
  'direct-push',
]

/** The engine with its classic image store. */
export const CLASSIC: NodeCapabilities = node('docker', ['default-load', 'engine-store'])
/** The engine that keeps images in containerd. */
export const CONTAINERD: NodeCapabilities = node('docker', [
  ...FULL,
  'prefer-image-digest',
  'default-load',
  'engine-store',
])
/** A BuildKit of its own. */
export const CONTAINER: NodeCapabilities = node('docker-container', FULL)

export function node(
  driver: string,
  features: readonly Feature[],
  more: Partial<NodeCapabilities> = {},
): NodeCapabilities {
  return {
    driver,
    features: new Set(features),
    llbCaps: new Set(LLB_CAPS),
    gatewayCaps: new Set(),
    platforms: ['linux/amd64', 'linux/386'],
    workerLabels: {},
    ...more,
  }
}
