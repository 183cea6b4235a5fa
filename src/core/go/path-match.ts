/** The message Go gives for a pattern that cannot be read. */
export const BAD_PATTERN = 'syntax error in pattern'

type Part =
  | { readonly kind: 'any' | 'one' }
  | { readonly kind: 'char'; readonly char: string }
  | {
      readonly kind: 'class'
      readonly negated: boolean
      readonly ranges: readonly (readonly [string, string])[]
    }

const ANY_PART: Part = { kind: 'any' }
const ONE_PART: Part = { kind: 'one' }

/**
 * Go's path.Match: `*` and `?` do not match `/`, classes are `[a-z]` and `[^a-z]`, a backslash takes
 * the next character literally. Undefined when the pattern is malformed (`BAD_PATTERN`).
 */
export function matchPath(pattern: string, name: string): boolean | undefined {
  const parts = readPattern([...pattern])
  return parts === undefined ? undefined : matchParts(parts, [...name])
}

function readPattern(chars: readonly string[]): readonly Part[] | undefined {
  const parts: Part[] = []
  let at = 0
  while (at < chars.length) {
    const char = chars[at] ?? ''
    if (char === '[') {
      const found = readClass(chars, at + 1)
      if (found === undefined) return undefined
      parts.push(found.part)
      at = found.end
      continue
    }
    at += 1
    if (char === '*') parts.push(ANY_PART)
    else if (char === '?') parts.push(ONE_PART)
    else if (char !== '\\') parts.push({ kind: 'char', char })
    else {
      const escaped = chars[at++]
      if (escaped === undefined) return undefined
      parts.push({ kind: 'char', char: escaped })
    }
  }
  return parts
}

function readClass(
  chars: readonly string[],
  start: number,
): { readonly part: Part; readonly end: number } | undefined {
  const negated = chars[start] === '^'
  const ranges: (readonly [string, string])[] = []
  let at = negated ? start + 1 : start
  while (chars[at] !== ']' || ranges.length === 0) {
    const low = readClassChar(chars, at)
    if (low === undefined) return undefined
    at = low.end
    let high = low
    if (chars[at] === '-') {
      const upper = readClassChar(chars, at + 1)
      if (upper === undefined) return undefined
      high = upper
      at = upper.end
    }
    ranges.push([low.char, high.char])
  }
  return { part: { kind: 'class', negated, ranges }, end: at + 1 }
}

/** One possibly escaped character that is not the last of the pattern. */
function readClassChar(
  chars: readonly string[],
  at: number,
): { readonly char: string; readonly end: number } | undefined {
  const first = chars[at]
  if (first === undefined || first === '-' || first === ']') return undefined
  const end = first === '\\' ? at + 2 : at + 1
  const char = chars[end - 1]
  return char === undefined || end >= chars.length ? undefined : { char, end }
}

/** Greedy matching with one resumption point: the last star seen. */
function matchParts(parts: readonly Part[], name: readonly string[]): boolean {
  let part = 0
  let at = 0
  let star = -1
  let resume = 0
  for (;;) {
    const current = parts[part]
    if (current?.kind === 'any') {
      star = part
      resume = at
      part += 1
    } else if (current !== undefined && at < name.length && matchesOne(current, name[at] ?? '')) {
      part += 1
      at += 1
    } else if (current === undefined && at === name.length) {
      return true
    } else if (star >= 0 && resume < name.length && name[resume] !== '/') {
      resume += 1
      at = resume
      part = star + 1
    } else {
      return false
    }
  }
}

function matchesOne(part: Part, char: string): boolean {
  switch (part.kind) {
    case 'char':
      return part.char === char
    case 'one':
      return char !== '/'
    case 'class': {
      const point = char.codePointAt(0) ?? 0
      const inside = part.ranges.some(
        ([low, high]) => (low.codePointAt(0) ?? 0) <= point && point <= (high.codePointAt(0) ?? 0),
      )
      return inside !== part.negated
    }
    case 'any':
      return false
  }
}
