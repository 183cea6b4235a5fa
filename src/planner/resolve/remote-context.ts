import { cleanPath } from '../../core/go/path-clean.ts'
import { isGitUrl, isRemoteUrl } from '../elements/remote-url.ts'
import type { Plan, ResolvedTarget } from '../plan.ts'

/**
 * A build context the way the plan shows it (spec bake 8, 11.3): cleaned, `cwd://` taken off, and with a
 * remote definition turned into the URL it came from.
 */
export function plannedContext(context: string, remoteUrl: string | undefined): string {
  const isLocal = context.startsWith('cwd://')
  const cleaned = isLocal || isRemoteUrl(context) ? context : cleanPath(context)
  const placed =
    remoteUrl === undefined || isLocal || isRemoteUrl(cleaned) ? cleaned : inRemote(remoteUrl, cleaned)
  return placed.startsWith('cwd://') ? cleanPath(placed.slice('cwd://'.length)) : placed
}

/**
 * A directory inside the tree behind `url`, as a URL. For an archive it is the archive's URL with `#:dir`,
 * which only request making understands.
 */
export function inRemote(url: string, dir: string): string {
  const wanted = cleanPath(dir)
  if (wanted === '.') return url
  if (!isGitUrl(url)) return `${url}#:${wanted}`
  const [base = '', fragment = ''] = splitOnce(url, '#')
  const [ref = '', own = ''] = splitOnce(fragment, ':')
  const query = querySubdir(base)
  const inside = own !== '' ? own : query
  const subdir = inside === undefined || inside === '' ? wanted : cleanPath(`${inside}/${wanted}`)
  if (!url.includes('#') && query !== undefined) return withQuerySubdir(base, subdir)
  return `${base}#${ref}:${subdir}`
}

/**
 * The plan as it is built when the definition came from `url`: named contexts inside the tree become URLs,
 * which the printed plan does not show, and a definition fetched over ssh lends its agent (spec bake 11.4).
 */
export function withRemoteContexts(plan: Plan, url: string, access: { readonly ssh: boolean }): Plan {
  const targets = new Map<string, ResolvedTarget>()
  for (const [name, target] of plan.targets) {
    const { contexts, ssh } = target.fields
    const lent = access.ssh && (ssh ?? []).length === 0
    targets.set(name, {
      ...target,
      fields: {
        ...target.fields,
        ...(contexts === undefined
          ? {}
          : { contexts: new Map([...contexts].map(([key, value]) => [key, namedInRemote(value, url)])) }),
        ...(lent ? { ssh: [{ id: 'default', paths: [] }] } : {}),
      },
    })
  }
  return { ...plan, targets }
}

const ELSEWHERE = ['cwd://', 'target:', 'docker-image:', 'oci-layout:']

function namedInRemote(value: string, url: string): string {
  const elsewhere = isRemoteUrl(value) || ELSEWHERE.some((prefix) => value.startsWith(prefix))
  if (elsewhere) return value
  // Frontends do not unpack an archive that is a named context; as a directory of itself it is unpacked for them.
  return isGitUrl(url) ? inRemote(url, value) : `${url}#:${cleanPath(value)}`
}

function splitOnce(text: string, mark: string): readonly [string, string] {
  const at = text.indexOf(mark)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}

function querySubdir(base: string): string | undefined {
  const [, query] = splitOnce(base, '?')
  for (const part of query.split('&')) {
    const [key, value] = splitOnce(part, '=')
    if (key === 'subdir') return decodeURIComponent(value.replaceAll('+', ' '))
  }
  return undefined
}

/** The query comes out sorted by key, as Go encodes it. */
function withQuerySubdir(base: string, subdir: string): string {
  const [path, query] = splitOnce(base, '?')
  const pairs = query
    .split('&')
    .map((part) => splitOnce(part, '='))
    .map(([key, value]) => (key === 'subdir' ? `subdir=${encodeURIComponent(subdir)}` : `${key}=${value}`))
  return `${path}?${pairs.sort().join('&')}`
}
