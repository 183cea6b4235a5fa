import { parseDigest } from './digest.ts'

/** A fully qualified image reference. `path` includes `library/` for official images. */
export interface ImageReference {
  readonly domain: string
  readonly path: string
  readonly tag?: string
  readonly digest?: string
}

export type ParsedReference =
  | { readonly ok: true; readonly value: ImageReference }
  | { readonly ok: false; readonly message: string }

const DEFAULT_DOMAIN = 'docker.io'
const LEGACY_DOMAIN = 'index.docker.io'
const OFFICIAL = 'library/'
/** Longest `domain/path` a registry accepts. */
const MAX_NAME = 255
const INVALID = 'invalid reference format'

const LABEL = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])'
const DOMAIN = `(?:${LABEL}(?:\\.${LABEL})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`
const COMPONENT = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*'
const TAG = '[\\w][\\w.-]{0,127}'
const DIGEST = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}'
const REFERENCE = new RegExp(`^(${DOMAIN})/(${COMPONENT}(?:/${COMPONENT})*)(?::(${TAG}))?(?:@(${DIGEST}))?$`)

/**
 * Reads an image reference as docker does: `docker.io` and `library/` are filled in
 * (distribution/reference, ParseNormalizedNamed). No tag is added; see `withDefaultTag`.
 */
export function parseReference(text: string): ParsedReference {
  if (/^[a-f0-9]{64}$/.test(text)) {
    return refused(`invalid repository name (${text}), cannot specify 64-byte hexadecimal strings`)
  }
  const { domain, rest } = splitDomain(text)
  const remote = rest.split(/[:@]/, 1)[0] ?? ''
  if (remote.toLowerCase() !== remote) {
    return refused(`${INVALID}: repository name (${remote}) must be lowercase`)
  }
  const found = REFERENCE.exec(`${domain}/${rest}`)
  if (found === null) return refused(INVALID)
  const [, host = '', path = '', tag, digest] = found
  if (host.length + 1 + path.length > MAX_NAME) {
    return refused(`repository name must not be more than ${MAX_NAME} characters`)
  }
  if (digest !== undefined) {
    const checked = parseDigest(digest)
    if (!checked.ok) return refused(checked.message)
  }
  const value = { domain: host, path, ...(tag && { tag }), ...(digest && { digest }) }
  return { ok: true, value }
}

/** The whole reference: `docker.io/library/alpine:3.20`. */
export function formatReference(ref: ImageReference): string {
  return `${ref.domain}/${ref.path}${suffix(ref)}`
}

/** The reference as people write it: `alpine:3.20`, without the default domain and `library/`. */
export function familiarName(ref: ImageReference): string {
  if (ref.domain !== DEFAULT_DOMAIN) return formatReference(ref)
  const official = ref.path.startsWith(OFFICIAL) && !ref.path.slice(OFFICIAL.length).includes('/')
  return `${official ? ref.path.slice(OFFICIAL.length) : ref.path}${suffix(ref)}`
}

/** Adds `latest` to a reference that has neither tag nor digest. */
export function withDefaultTag(ref: ImageReference): ImageReference {
  return ref.tag === undefined && ref.digest === undefined ? { ...ref, tag: 'latest' } : ref
}

function suffix(ref: ImageReference): string {
  return `${ref.tag === undefined ? '' : `:${ref.tag}`}${ref.digest === undefined ? '' : `@${ref.digest}`}`
}

function splitDomain(text: string): { readonly domain: string; readonly rest: string } {
  const slash = text.indexOf('/')
  const first = slash < 0 ? '' : text.slice(0, slash)
  const isDomain = first === 'localhost' || /[.:]/.test(first) || first.toLowerCase() !== first
  let domain = isDomain ? first : DEFAULT_DOMAIN
  let rest = isDomain ? text.slice(slash + 1) : text
  if (domain === LEGACY_DOMAIN) domain = DEFAULT_DOMAIN
  if (domain === DEFAULT_DOMAIN && !rest.includes('/')) rest = OFFICIAL + rest
  return { domain, rest }
}

function refused(message: string): ParsedReference {
  return { ok: false, message }
}
