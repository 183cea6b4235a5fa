import { BuildFailure } from '../../core/failure.ts'
import { cleanPath } from './ignore-file.ts'

/** One compiled pattern of an include or exclude list (spec buildkit 6.5). */
export interface Pattern {
  /** `!pattern`: takes paths back out of the list. */
  readonly negated: boolean
  matches(path: string): boolean
  /** Whether something below the directory could match. May say yes too often, never no. */
  reachesBelow(dir: string): boolean
}

/** Compiles a pattern; undefined for a blank one. Throws `BuildFailure` (`io`) when it is malformed. */
export function compilePattern(text: string): Pattern | undefined {
  const trimmed = text.trim()
  if (trimmed === '') return undefined
  const clean = cleanPath(trimmed)
  const negated = clean.startsWith('!')
  const body = negated ? clean.slice(1) : clean
  if (body === '') throw badPattern(text, 'illegal exclusion pattern: "!"')
  const matches = matcher(body, text)
  const fixed = fixedPrefix(body)
  return {
    negated,
    matches,
    reachesBelow: (dir) => couldBeAbove(dir, fixed, body),
  }
}

/** A function that tells whether a single path component matches a wildcard. */
export function compileComponent(text: string): (name: string) => boolean {
  const regex = new RegExp(toRegexSource(text, text), 'su')
  return (name) => regex.test(name)
}

export function hasWildcard(text: string): boolean {
  return /[*?[\\]/.test(text)
}

/** Most patterns need no regular expression. `**` at the beginning also matches part of a component (spec buildkit 6.5). */
function matcher(body: string, text: string): (path: string) => boolean {
  if (!hasWildcard(body)) return (path) => path === body
  if (body.startsWith('**') && !hasWildcard(body.slice(2))) return suffixMatcher(body.slice(2))
  if (body.endsWith('**') && !hasWildcard(body.slice(0, -2))) {
    const prefix = body.slice(0, -2)
    return (path) => path.startsWith(prefix)
  }
  const regex = new RegExp(toRegexSource(body, text), 'su')
  return (path) => regex.test(path)
}

function suffixMatcher(suffix: string): (path: string) => boolean {
  const whole = suffix.startsWith('/') ? suffix.slice(1) : suffix
  return (path) => path.endsWith(suffix) || path === whole
}

/** `*`, `?` and `[…]` stay within a component; `**` spans any number of them. */
function toRegexSource(body: string, text: string): string {
  let out = '^'
  let at = 0
  while (at < body.length) {
    const char = String.fromCodePoint(body.codePointAt(at) as number)
    at += char.length
    if (char === '*' && body[at] === '*') {
      at++
      if (body[at] === '/') at++
      out += at >= body.length ? '.*' : '(?:.*/)?'
    } else if (char === '*') out += '[^/]*'
    else if (char === '?') out += '[^/]'
    else if (char === '[') {
      const end = classEnd(body, at, text)
      out += toClassSource(body.slice(at, end))
      at = end + 1
    } else if (char === '\\') {
      const next = body.codePointAt(at)
      if (next === undefined) throw badPattern(text, 'syntax error in pattern')
      const literal = String.fromCodePoint(next)
      out += quote(literal)
      at += literal.length
    } else out += quote(char)
  }
  return `${out}$`
}

function classEnd(body: string, start: number, text: string): number {
  let at = body[start] === '^' ? start + 1 : start
  const first = at
  while (at < body.length && (body[at] !== ']' || at === first)) {
    if (body[at] === '\\') at++
    at++
  }
  if (at >= body.length) throw badPattern(text, 'syntax error in pattern')
  return at
}

function toClassSource(inner: string): string {
  const negated = inner.startsWith('^')
  const members = (negated ? inner.slice(1) : inner).replace(/\\(.)|[[^]/gsu, (found, escaped?: string) =>
    quoteMember(escaped ?? found),
  )
  return negated ? `[^${members}]` : `[${members}]`
}

function quoteMember(char: string): string {
  return /[\\\]^[-]/.test(char) ? `\\${char}` : char
}

function quote(char: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(char) ? `\\${char}` : char
}

/** Components up to the first one with a wildcard. */
function fixedPrefix(body: string): string[] {
  const parts = body.split('/')
  const wild = parts.findIndex(hasWildcard)
  return wild < 0 ? parts : parts.slice(0, wild)
}

/** Whether `dir` lies on the way to the fixed part of a pattern, or below it while the pattern goes on. */
function couldBeAbove(dir: string, fixed: readonly string[], body: string): boolean {
  const parts = dir.split('/')
  const shared = Math.min(parts.length, fixed.length)
  for (let i = 0; i < shared; i++) if (parts[i] !== fixed[i]) return false
  if (parts.length < fixed.length) return true
  const rest = body.split('/').slice(fixed.length)
  return (
    rest.includes('**') ||
    rest.some((part) => part.includes('**')) ||
    parts.length < fixed.length + rest.length
  )
}

function badPattern(text: string, problem: string): BuildFailure {
  return new BuildFailure('io', `invalid pattern ${JSON.stringify(text)}: ${problem}`, {
    code: 'BAD_PATTERN',
  })
}
