/**
 * Levels of nesting a Compose file may have. Nobody writes more than a few dozen, and everything that walks
 * a tree, the YAML parser included, calls itself for each level.
 */
export const MAX_DEPTH = 256

/**
 * Where a text nests more than `MAX_DEPTH` levels, or -1. Looks at characters only, so that it can run before
 * the parser: brackets are counted wherever they stand, and so are indentations and dashes.
 */
export function tooDeepAt(text: string): number {
  const byBrackets = deepBrackets(text)
  return byBrackets >= 0 ? byBrackets : deepIndentation(text)
}

function deepBrackets(text: string): number {
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i)
    if (char === 91 || char === 123) {
      depth += 1
      if (depth > MAX_DEPTH) return i
    } else if ((char === 93 || char === 125) && depth > 0) depth -= 1
  }
  return -1
}

const LEADING = /^ *(?:[-?:] +)*/gm

function deepIndentation(text: string): number {
  const open: number[] = []
  for (const { 0: leading, index } of text.matchAll(LEADING)) {
    if (leading.length === 0) {
      open.length = 0
      continue
    }
    const spaces = leading.length - leading.trimStart().length
    while (open.length > 0 && (open.at(-1) ?? 0) >= spaces) open.pop()
    open.push(spaces)
    const marks = leading.length - leading.replaceAll(/[-?:]/g, '').length
    if (open.length + marks > MAX_DEPTH) return index
    for (let column = spaces; column < leading.length; column++) {
      if (leading[column] !== ' ') open.push(column + 1)
    }
  }
  return -1
}
