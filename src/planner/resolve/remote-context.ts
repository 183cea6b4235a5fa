import { cleanPath } from '../../core/go/path-clean.ts'
import { isGitUrl, isRemoteUrl } from '../elements/remote-url.ts'

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

/** A directory inside the repository behind `url`, as a URL. */
export function inRemote(url: string, dir: string): string {
  const wanted = cleanPath(dir)
  if (wanted === '.' || !isGitUrl(url)) return url
  const [base = '', fragment = ''] = splitOnce(url, '#')
  const [ref = '', own = ''] = splitOnce(fragment, ':')
  const query = querySubdir(base)
  const inside = own !== '' ? own : query
  const subdir = inside === undefined || inside === '' ? wanted : cleanPath(`${inside}/${wanted}`)
  if (!url.includes('#') && query !== undefined) return withQuerySubdir(base, subdir)
  return `${base}#${ref}:${subdir}`
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
