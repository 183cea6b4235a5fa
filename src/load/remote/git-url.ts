import posix from 'node:path/posix'
import { parseBool } from '../../core/go/bool.ts'
import { quote } from '../../core/go/quote.ts'

/** A git URL taken apart (spec bake 11.1). */
export interface GitUrl {
  /** What git is called with: no fragment, no query. */
  readonly remote: string
  /** With the port, when there is one. */
  readonly host: string
  readonly path: string
  /** Whether git speaks ssh. */
  readonly ssh: boolean
  /** A branch, tag or commit; empty for the default branch. */
  readonly ref: string
  /** Relative; empty for the root. */
  readonly subdir: string
  readonly checksum?: string
  readonly keepGitDir?: boolean
  readonly submodules?: boolean
  readonly mtime?: string
  readonly fetchByCommit?: boolean
}

/** Takes a git URL apart; the answer is the reference's refusal when its query cannot be used. */
export function parseGitUrl(text: string): GitUrl | { readonly problem: string } {
  const { base, query, fragment } = splitUrl(text)
  const place = placeOf(base)
  const [ref = '', dir = ''] = cut(fragment, ':')
  const picked = { ref, subdir: relativeDir(dir) }
  return readQuery({ ...place, ...picked }, queryPairs(query))
}

interface Parts {
  readonly base: string
  readonly query: string
  readonly fragment: string
}

function splitUrl(text: string): Parts {
  const [front, rawFragment] = cut(text, '#')
  const [base, query] = cut(front, '?')
  return { base, query, fragment: isScp(text) ? rawFragment : decode(rawFragment) }
}

function isScp(text: string): boolean {
  return !text.includes('://') && !text.startsWith('github.com/')
}

function placeOf(base: string): Pick<GitUrl, 'remote' | 'host' | 'path' | 'ssh'> {
  if (isScp(base)) {
    const [, host = '', path = ''] = /^[^@]*@([^:]*):(.*)$/s.exec(base) ?? []
    return { remote: base, host, path: absolute(path), ssh: true }
  }
  const remote = base.startsWith('github.com/') ? `https://${base}` : base
  const [, scheme = '', authority = '', path = ''] = /^([^:]+):\/\/([^/]*)(.*)$/s.exec(remote) ?? []
  const host = authority.slice(authority.lastIndexOf('@') + 1)
  return { remote, host, path: absolute(decode(path)), ssh: scheme.toLowerCase() === 'ssh' }
}

/** `path.Join("/", …)`: cleaned, so that one repository has one name. */
function absolute(path: string): string {
  const cleaned = posix.normalize(`/${path}`)
  return cleaned.length > 1 ? cleaned.replace(/\/$/, '') : cleaned
}

function relativeDir(dir: string): string {
  return absolute(dir).slice(1)
}

const FLAGS = new Set(['submodules', 'keep-git-dir', 'fetch-by-commit'])
const TAGS = 'refs/tags/'
const BRANCHES = 'refs/heads/'

function readQuery(
  url: GitUrl,
  query: ReadonlyMap<string, readonly string[]>,
): GitUrl | { readonly problem: string } {
  let read: GitUrl = url
  let tag = ''
  let branch = ''
  for (const [key, values] of query) {
    if (values.length > 1) return { problem: `query ${quote(key)} has multiple values` }
    const [value = ''] = values
    if (value === '' && !FLAGS.has(key)) return { problem: `query ${quote(key)} has no value` }
    if (key === 'tag') tag = value.startsWith(TAGS) ? value : TAGS + value
    else if (key === 'branch') branch = value.startsWith(BRANCHES) ? value : BRANCHES + value
    else {
      const next = readPair(read, key, value)
      if ('problem' in next) return next
      read = next
    }
  }
  if (tag !== '' && branch !== '') return { problem: 'branch conflicts with tag' }
  const named = tag === '' ? branch : tag
  if (named === '') return read
  if (read.ref !== '' && read.ref !== named) {
    return { problem: `ref conflicts: ${quote(read.ref)} vs ${quote(named)}` }
  }
  return { ...read, ref: named }
}

function readPair(url: GitUrl, key: string, value: string): GitUrl | { readonly problem: string } {
  switch (key) {
    case 'ref':
    case 'subdir':
      if (url[key] !== '' && url[key] !== value) {
        return { problem: `${key} conflicts: ${quote(url[key])} vs ${quote(value)}` }
      }
      return { ...url, [key]: value }
    case 'checksum':
    case 'commit':
      return { ...url, checksum: value }
    case 'mtime':
      if (value !== 'checkout' && value !== 'commit') {
        return { problem: `invalid mtime value: ${quote(value)} (must be "checkout" or "commit")` }
      }
      return { ...url, mtime: value }
    case 'keep-git-dir':
    case 'submodules':
    case 'fetch-by-commit': {
      const flag = value === '' ? true : parseBool(value)
      if (flag === undefined) return { problem: `invalid ${key} value: ${quote(value)}` }
      if (key === 'keep-git-dir') return { ...url, keepGitDir: flag }
      return key === 'submodules' ? { ...url, submodules: flag } : { ...url, fetchByCommit: flag }
    }
    default:
      return { problem: `unexpected query ${quote(key)}` }
  }
}

function queryPairs(query: string): ReadonlyMap<string, readonly string[]> {
  const pairs = new Map<string, readonly string[]>()
  for (const part of query.split('&')) {
    if (part === '') continue
    const [key, value] = cut(part, '=')
    const name = decode(key.replaceAll('+', ' '))
    pairs.set(name, [...(pairs.get(name) ?? []), decode(value.replaceAll('+', ' '))])
  }
  return pairs
}

function cut(text: string, mark: string): readonly [string, string] {
  const at = text.indexOf(mark)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + mark.length)]
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
