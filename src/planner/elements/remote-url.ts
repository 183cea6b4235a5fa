/** A git repository behind a URL, with what its fragment or query picks (spec bake 11.1). */
const SCP_FORM = /^[a-zA-Z0-9_.-]+@[a-zA-Z0-9.-]+:(?!\/\/)[^?#]*/

/** Whether a context value is fetched by the builder instead of read from disk. */
export function isRemoteUrl(text: string): boolean {
  return isHttpUrl(text) || isGitUrl(text)
}

export function isHttpUrl(text: string): boolean {
  return text.startsWith('https://') || text.startsWith('http://')
}

/** Whether a text names a git repository: by scheme, `user@host:path`, `github.com/`, or an http `.git` path. */
export function isGitUrl(text: string): boolean {
  if (text.startsWith('./') || text.startsWith('../')) return false
  if (text.startsWith('github.com/') || text.startsWith('git://') || text.startsWith('ssh://')) return true
  if (isHttpUrl(text)) return /^[^?#]*\.git$/.test(text.replace(/[?#].*$/s, ''))
  return SCP_FORM.test(text)
}
