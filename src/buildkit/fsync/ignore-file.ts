import { normalize } from 'node:path/posix'

/**
 * The patterns of a `.dockerignore`: a leading byte order mark is dropped, lines that start with `#` are comments
 * (only in the first column), blanks around a pattern do not count, and a leading slash means nothing.
 */
export function readIgnoreFile(text: string): string[] {
  const patterns: string[] = []
  for (const line of text.replace(/^\ufeff/, '').split('\n')) {
    if (line.startsWith('#')) continue
    const pattern = normalizePattern(line.trim())
    if (pattern !== '') patterns.push(pattern)
  }
  return patterns
}

function normalizePattern(line: string): string {
  const negated = line.startsWith('!')
  const body = negated ? line.slice(1).trim() : line
  return (negated ? '!' : '') + cleanPattern(body)
}

function cleanPattern(body: string): string {
  if (body === '') return ''
  const clean = cleanPath(body)
  return clean.length > 1 && clean.startsWith('/') ? clean.slice(1) : clean
}

/** A path without `.`, `..`, doubled and trailing slashes, as Go cleans it; `` becomes `.`. */
export function cleanPath(path: string): string {
  const clean = normalize(path)
  return clean.length > 1 && clean.endsWith('/') ? clean.slice(0, -1) : clean
}
