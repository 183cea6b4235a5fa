const DOMAIN =
  /^(?:localhost|[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+|[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*:\d+|\[[0-9a-fA-F:]+\](?::\d+)?)$/
const PART = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/
const TAG = /^\w[\w.-]{0,127}$/
const DIGEST = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/

/** Why a text is no image reference, in the reference's words; undefined when it is one. */
export function tagProblem(text: string): string | undefined {
  if (text === '') return 'repository name must have at least one component'
  const [named = '', digest] = cut(text, '@')
  if (digest !== undefined && !DIGEST.test(digest)) return 'invalid reference format'
  const colon = named.lastIndexOf(':')
  const tagged = colon > named.lastIndexOf('/')
  const path = tagged ? named.slice(0, colon) : named
  if (tagged && !TAG.test(named.slice(colon + 1))) return 'invalid reference format'
  const parts = path.split('/')
  const repository = parts.length > 1 && isDomain(parts[0] ?? '') ? parts.slice(1) : parts
  if (repository.every((p) => PART.test(p))) {
    return path.length > 255 ? 'repository name must not be more than 255 characters' : undefined
  }
  return repository.every((p) => PART.test(p.toLowerCase()))
    ? 'repository name must be lowercase'
    : 'invalid reference format'
}

/** A name without tag and digest. */
export function repositoryOf(name: string): string {
  const [named = ''] = cut(name, '@')
  const colon = named.lastIndexOf(':')
  return colon > named.lastIndexOf('/') ? named.slice(0, colon) : named
}

function isDomain(part: string): boolean {
  return DOMAIN.test(part) || part !== part.toLowerCase()
}

function cut(text: string, mark: string): readonly [string, string?] {
  const at = text.indexOf(mark)
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}
