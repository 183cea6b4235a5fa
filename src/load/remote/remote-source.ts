import { httpSource, type SourceSpec } from '../../buildkit/wire/source-definition.ts'
import { type Checked, checked } from '../../core/diag/diagnostic.ts'
import { isGitUrl } from '../../planner/elements/remote-url.ts'
import { type GitUrl, parseGitUrl } from './git-url.ts'

/** What the builder fetches for a definition URL. */
export type RemoteSource =
  | { readonly kind: 'git'; readonly url: string; readonly git: GitUrl; readonly spec: SourceSpec }
  | { readonly kind: 'http'; readonly url: string; readonly spec: SourceSpec }

/** Tells git from http and says how the builder is to fetch it (spec bake 11.2). */
export function remoteSource(url: string): Checked<RemoteSource> {
  const http: RemoteSource = {
    kind: 'http',
    url,
    spec: httpSource(url, '[internal] load remote build context'),
  }
  if (!isGitUrl(url)) return checked(http)
  const git = parseGitUrl(url)
  if (!('problem' in git)) return checked({ kind: 'git', url, git, spec: gitSpec(url, git) })
  return checked(http, [
    {
      severity: 'error',
      code: 'load/remote-url',
      summary: git.problem,
      detail: `The definition is at ${withoutPassword(url)}.`,
      hints: ['a git URL takes ref, tag, branch, subdir, checksum, keep-git-dir, submodules and mtime'],
    },
  ])
}

/** A URL fit for messages: whoever is named in it is masked, as a user may be a token. */
export function withoutPassword(url: string): string {
  return url.replace(/^([a-z]+:\/\/)([^/@]+)@/i, (whole, scheme: string, user: string) => {
    if (user === 'git') return whole
    return user.includes(':') ? `${scheme}xxxxx:xxxxx@` : `${scheme}xxxxx@`
  })
}

function gitSpec(url: string, git: GitUrl): SourceSpec {
  const picked = git.subdir === '' ? git.ref : `${git.ref}:${git.subdir}`
  return {
    identifier: `git://${git.host}${git.path}${picked === '' ? '' : `#${picked}`}`,
    attrs: {
      'git.fullurl': git.remote,
      'git.authtokensecret': 'GIT_AUTH_TOKEN',
      'git.authheadersecret': 'GIT_AUTH_HEADER',
      ...(git.ssh ? { 'git.mountsshsock': 'default' } : {}),
      ...(git.keepGitDir === true ? { 'git.keepgitdir': 'true' } : {}),
      ...(git.checksum === undefined ? {} : { 'git.checksum': git.checksum }),
      ...(git.submodules === false ? { 'git.skipsubmodules': 'true' } : {}),
      ...(git.mtime === undefined ? {} : { 'git.mtime': git.mtime }),
      ...(git.fetchByCommit === true ? { 'git.fetchbycommit': 'true' } : {}),
    },
    name: `[internal] load git source ${url}`,
  }
}
