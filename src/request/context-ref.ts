import { isGitUrl, isHttpUrl } from '../planner/elements/remote-url.ts'

/** What the text of a context, named context or Dockerfile points at (spec buildkit 7.1, bake 8). */
export type ContextKind = 'local' | 'git' | 'http' | 'image' | 'oci-layout' | 'target'

/** Classifies a named context; `context` itself never links or names an image. */
export function contextKind(text: string): ContextKind {
  if (text.startsWith('docker-image://')) return 'image'
  if (text.startsWith('oci-layout://')) return 'oci-layout'
  if (text.startsWith('target:')) return 'target'
  if (isGitUrl(text)) return 'git'
  if (isHttpUrl(text)) return 'http'
  return 'local'
}

/** Whether a git URL carries its reference in a query string. */
export function hasGitQuery(text: string): boolean {
  return isGitUrl(text) && (text.split('#')[0] ?? '').includes('?')
}

/** Whether git reaches the repository over ssh. */
export function isGitSsh(text: string): boolean {
  return isGitUrl(text) && (text.startsWith('ssh://') || /^[A-Za-z0-9._-]+@/.test(text))
}

/**
 * A directory inside an archive behind a URL, `https://host/a.tgz#:dir`: what a directory of an archive
 * with a definition becomes (spec bake 11.2). Undefined for anything else.
 */
export function splitArchive(text: string): { readonly url: string; readonly dir: string } | undefined {
  const at = text.indexOf('#:')
  if (at < 0 || !isHttpUrl(text) || isGitUrl(text)) return undefined
  return { url: text.slice(0, at), dir: text.slice(at + 2) }
}

/** Host of a git URL in lower case, with the port when there is one; empty when it has none. */
export function gitHost(text: string): string {
  const ssh = /^[A-Za-z0-9._-]+@([A-Za-z0-9._-]+):/.exec(text)
  if (ssh && !text.includes('://')) return (ssh[1] ?? '').toLowerCase()
  const url = /^(?:[a-z]+:\/\/)?(?:[^@/]*@)?([^/?#]+)/.exec(text)
  return (url?.[1] ?? '').toLowerCase()
}

/** Splits `oci-layout://path[:tag][@digest]`. */
export function splitLayout(text: string): {
  readonly path: string
  readonly tag?: string
  readonly digest?: string
} {
  const rest = text.slice('oci-layout://'.length)
  const at = rest.indexOf('@')
  const digest = at < 0 ? undefined : rest.slice(at + 1)
  const named = at < 0 ? rest : rest.slice(0, at)
  const colon = named.lastIndexOf(':')
  const isTag = colon > named.lastIndexOf('/') && !/^[A-Za-z]$/.test(named.slice(0, colon))
  return {
    path: isTag ? named.slice(0, colon) : named,
    ...(isTag ? { tag: named.slice(colon + 1) } : {}),
    ...(digest === undefined ? {} : { digest }),
  }
}
