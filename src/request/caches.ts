import type { Diagnostic } from '../core/diag/diagnostic.ts'
import type { CacheEntry, ResolvedTarget } from '../planner/plan.ts'
import { resolvePath } from './paths.ts'
import type { RequestSettings } from './settings.ts'
import type { CacheRequest, ContentStore, NodeCapabilities } from './types.ts'
import { CACHE_EXPORT, notSupported, remark } from './unsupported.ts'

/** Cache imports and exports of one target as one node gets them (spec buildkit 9.1). */
export interface CachePart {
  readonly imports: readonly CacheRequest[]
  readonly exports: readonly CacheRequest[]
  readonly stores: readonly ContentStore[]
  /** `cache-imports` for the frontend, which is the only reader of imports. */
  readonly attrs: Readonly<Record<string, string>>
}

export function cachePart(
  target: ResolvedTarget,
  node: NodeCapabilities,
  settings: RequestSettings,
  report: (d: Diagnostic) => void,
): CachePart {
  const stores = new Map<string, ContentStore>()
  const imports = (target.fields.cacheFrom ?? []).flatMap((entry) =>
    cacheImport(entry, target, node, settings, stores, report),
  )
  const exports = cacheExports(target, node, settings, stores, report)
  return {
    imports,
    exports,
    stores: [...stores.values()],
    attrs:
      imports.length === 0
        ? {}
        : { 'cache-imports': JSON.stringify(imports.map((i) => ({ Type: i.type, Attrs: i.attrs }))) },
  }
}

function cacheImport(
  entry: CacheEntry,
  target: ResolvedTarget,
  node: NodeCapabilities,
  settings: RequestSettings,
  stores: Map<string, ContentStore>,
  report: (d: Diagnostic) => void,
): readonly CacheRequest[] {
  if (!backendUsable(entry, node, settings)) return []
  if (entry.type !== 'local') return [withCredentials(entry, settings)]
  const src = entry.attrs['src'] ?? ''
  const dir = resolvePath(settings.cwd, src)
  const digest = entry.attrs['digest'] ?? settings.facts.get(target.name)?.localCaches?.get(src)
  if (!digest) {
    report(
      remark(
        'solve/cache-missing',
        `local cache import at ${src} not found`,
        target.fieldSpans?.get('cache-from'),
      ),
    )
    return []
  }
  if (!stores.has(`local:${src}`)) stores.set(`local:${src}`, { id: `local:${src}`, dir, mode: 'read' })
  return [{ type: 'local', attrs: { ...entry.attrs, digest } }]
}

function cacheExports(
  target: ResolvedTarget,
  node: NodeCapabilities,
  settings: RequestSettings,
  stores: Map<string, ContentStore>,
  report: (d: Diagnostic) => void,
): readonly CacheRequest[] {
  const exports: CacheRequest[] = []
  for (const entry of target.fields.cacheTo ?? []) {
    if (entry.type !== 'inline' && !node.features.has('cache-export')) {
      report(notSupported(CACHE_EXPORT, node.driver, target.fieldSpans?.get('cache-to') ?? target.span))
      return []
    }
    if (!backendUsable(entry, node, settings)) continue
    if (entry.type === 'local') {
      const dest = entry.attrs['dest'] ?? ''
      stores.set(`local:${dest}`, {
        id: `local:${dest}`,
        dir: resolvePath(settings.cwd, dest),
        mode: 'write',
      })
    }
    exports.push(withCredentials(entry, settings))
  }
  if (target.fields.args?.get('BUILDKIT_INLINE_CACHE') === '1') exports.push({ type: 'inline', attrs: {} })
  return exports
}

/** `gha` and `s3` entries vanish silently when the daemon or the environment cannot serve them. */
function backendUsable(entry: CacheEntry, node: NodeCapabilities, settings: RequestSettings): boolean {
  if (entry.type === 's3') return node.llbCaps.has('cache.s3')
  if (entry.type !== 'gha') return true
  const { attrs } = withCredentials(entry, settings)
  return node.llbCaps.has('cache.gha') && Boolean(attrs['token']) && Boolean(attrs['url'] || attrs['url_v2'])
}

const GHA_ENV: readonly (readonly [string, readonly string[]])[] = [
  ['token', ['ACTIONS_RUNTIME_TOKEN']],
  ['url', ['ACTIONS_CACHE_URL', 'ACTIONS_RESULTS_URL']],
  ['url_v2', ['ACTIONS_RESULTS_URL']],
]
const S3_ENV: readonly (readonly [string, readonly string[]])[] = [
  ['access_key_id', ['AWS_ACCESS_KEY_ID']],
  ['secret_access_key', ['AWS_SECRET_ACCESS_KEY']],
  ['session_token', ['AWS_SESSION_TOKEN']],
]

function withCredentials(entry: CacheEntry, settings: RequestSettings): CacheRequest {
  const rows = entry.type === 'gha' ? GHA_ENV : entry.type === 's3' ? S3_ENV : []
  const attrs: Record<string, string> = { ...entry.attrs }
  for (const [key, names] of rows) {
    const value = attrs[key] ?? names.map((n) => settings.env[n]).find((v) => v)
    if (value) attrs[key] = value
  }
  if (entry.type === 'gha' && attrs['version'] === undefined && settings.env['ACTIONS_CACHE_SERVICE_V2']) {
    attrs['version'] = '2'
  }
  return { type: entry.type, attrs }
}
