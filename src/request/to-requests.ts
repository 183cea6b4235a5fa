import type { Checked, Diagnostic } from '../core/diag/diagnostic.ts'
import { isGitUrl } from '../planner/elements/remote-url.ts'
import type { Plan, ResolvedTarget } from '../planner/plan.ts'
import { attestAttrs } from './attestations.ts'
import { callOf, frontendAttrs } from './attrs.ts'
import { cachePart } from './caches.ts'
import { contextKind, gitHost, isGitSsh } from './context-ref.ts'
import { contextPart } from './contexts.ts'
import { frontendCaps } from './frontend-caps.ts'
import { outputPart } from './outputs.ts'
import { type Placement, placePlatforms } from './placement.ts'
import { envBool, type RequestSettings } from './settings.ts'
import type { BuildRequest, ContentStore, NodeCapabilities, SecretSource, SshAgentSource } from './types.ts'
import { MULTI_PLATFORM, notSupported, problem, remark } from './unsupported.ts'

/**
 * Turns a plan into what each node is asked to do, one request per target and node, in the order of
 * the plan's targets. `nodes` holds the answers of the builder's nodes in their order.
 */
export function toRequests(
  plan: Plan,
  nodes: readonly NodeCapabilities[],
  settings: RequestSettings,
): Checked<readonly BuildRequest[]> {
  const diagnostics: Diagnostic[] = []
  const requests: BuildRequest[] = []
  const unkept: string[] = []
  for (const target of plan.targets.values()) {
    const placements = placePlatforms(target.fields.platforms, nodes, settings.localPlatform)
    let nothingKept = false
    for (const placement of placements) {
      const node = nodes[placement.node]
      if (!node) continue
      const made = targetRequest(target, placement, node, placements.length > 1, settings)
      requests.push(made.request)
      diagnostics.push(...made.diagnostics)
      nothingKept ||= made.nothingKept
    }
    if (nothingKept) unkept.push(target.name)
  }
  const driver = nodes[0]?.driver ?? ''
  if (unkept.length > 0 && envBool(settings.env['BUILDX_NO_DEFAULT_LOAD']) !== true) {
    diagnostics.push(nothingKeptRemark(unkept, driver))
  }
  const value = withoutCalledParents(requests)
  return { value, diagnostics: [...diagnostics, ...linkProblems(value)] }
}

interface Made {
  readonly request: BuildRequest
  readonly diagnostics: readonly Diagnostic[]
  readonly nothingKept: boolean
}

function targetRequest(
  target: ResolvedTarget,
  placement: Placement,
  node: NodeCapabilities,
  split: boolean,
  settings: RequestSettings,
): Made {
  const diagnostics: Diagnostic[] = []
  const report = (d: Diagnostic): void => void diagnostics.push(d)
  const { fields } = target
  const { platforms } = placement
  if (platforms.length > 1 && !node.features.has('multi-platform')) {
    report(notSupported(MULTI_PLATFORM, node.driver, target.fieldSpans?.get('platforms') ?? target.span))
  }
  const context = contextPart(target, settings)
  const cache = cachePart(target, node, settings, report)
  const output = outputPart({ target, node, settings, platforms, split, report })
  const call = callOf(fields)
  const caps = frontendCaps({
    subrequest: call !== undefined,
    namedContexts: context.namedContexts,
    gitQuery: context.gitQuery,
  })
  const frontendAttributes: Record<string, string> = {
    ...(settings.facts.get(target.name)?.vcs ?? {}),
    ...frontendAttrs({ target, fields, settings, node, platforms, split, report }),
    ...context.attrs,
    ...cache.attrs,
    ...attestAttrs(target, node, settings, report),
    ...(caps === '' ? {} : { 'frontend.caps': caps }),
  }
  const request: BuildRequest = {
    target: target.name,
    node: placement.node,
    frontend: fields.args?.has('BUILDKIT_SYNTAX') ? 'gateway.v0' : 'dockerfile.v0',
    frontendAttrs: frontendAttributes,
    exporters: call === undefined ? output.exporters : [],
    cacheImports: cache.imports,
    cacheExports: cache.exports,
    entitlements: entitlementsOf(target),
    mounts: context.mounts,
    ...(context.inlineDockerfile ? { inlineDockerfile: context.inlineDockerfile } : {}),
    links: context.links,
    ...(context.archives.length === 0 ? {} : { archives: context.archives }),
    stores: uniqueStores([...context.stores, ...cache.stores, ...output.stores]),
    secrets: secretsOf(target, settings),
    ssh: sshOf(target),
    sharedKeyDir: context.sharedKeyDir,
    ...(call === undefined ? {} : { call }),
    linkedOnly: target.linkedOnly,
    enginePush: output.enginePush,
    dropResponseKeys: output.dropResponseKeys,
  }
  return { request, diagnostics, nothingKept: output.nothingKept }
}

function entitlementsOf(target: ResolvedTarget): readonly string[] {
  const list = [...(target.fields.entitlements ?? [])]
  if (target.fields.network === 'host' && !list.includes('network.host')) list.push('network.host')
  return list
}

/** Without `src` and `env` an environment variable of the id's name wins over a file of that name. */
function secretsOf(target: ResolvedTarget, settings: RequestSettings): readonly SecretSource[] {
  const own = (target.fields.secret ?? []).map((secret): SecretSource => {
    if (secret.src) return { id: secret.id, file: secret.src }
    if (secret.env) return { id: secret.id, env: secret.env }
    return settings.env[secret.id] === undefined
      ? { id: secret.id, file: secret.id }
      : { id: secret.id, env: secret.id }
  })
  const context = target.fields.context ?? ''
  const git = settings.gitAuth
  if (!git || !isGitUrl(context) || gitHost(context) !== git.host.toLowerCase()) return own
  return [...own, ...git.secrets.filter((s) => !own.some((o) => o.id === s.id))]
}

/** A git-over-ssh context forwards the default agent unless ssh is configured. */
function sshOf(target: ResolvedTarget): readonly SshAgentSource[] {
  const own = (target.fields.ssh ?? []).map((s) => ({ id: s.id === '' ? 'default' : s.id, paths: s.paths }))
  const git = [target.fields.context ?? '', ...(target.fields.contexts?.values() ?? [])].some(
    (text) => contextKind(text) === 'git' && isGitSsh(text),
  )
  return own.length === 0 && git ? [{ id: 'default', paths: [] }] : own
}

function uniqueStores(stores: readonly ContentStore[]): readonly ContentStore[] {
  const byId = new Map<string, ContentStore>()
  for (const store of stores) {
    const known = byId.get(store.id)
    byId.set(store.id, known && known.mode === 'write' ? known : store)
  }
  return [...byId.values()]
}

/** The answer to a call is no image, so nothing can be linked to it: the frontend then says what it misses. */
function withoutCalledParents(requests: readonly BuildRequest[]): readonly BuildRequest[] {
  const called = new Set(requests.filter((r) => r.call !== undefined).map((r) => r.target))
  if (called.size === 0) return requests
  return requests.map((r) => ({ ...r, links: r.links.filter((link) => !called.has(link.target)) }))
}

/** A link is served by the same daemon, so both ends need a common node (spec buildkit 10.1). */
function linkProblems(requests: readonly BuildRequest[]): readonly Diagnostic[] {
  const nodes = new Map<string, Set<number>>()
  for (const r of requests) nodes.set(r.target, (nodes.get(r.target) ?? new Set()).add(r.node))
  return requests.flatMap((r) =>
    r.links
      .filter((link) => nodes.get(link.target)?.has(r.node) === false)
      .map((link) =>
        problem(
          'solve/link-drivers',
          `failed to use ${link.target} as context ${link.name} for ${r.target} because targets build with different drivers`,
        ),
      ),
  )
}

function nothingKeptRemark(targets: readonly string[], driver: string): Diagnostic {
  const plain = targets.length === 1 && targets[0] === 'default'
  const what = plain ? '' : `for ${targets.join(', ')} target(s) `
  return remark(
    'solve/no-output',
    `No output specified ${what}with ${driver} driver. Build result will only remain in the build cache. To push result image into registry use --push or to load image into docker use --load`,
  )
}
