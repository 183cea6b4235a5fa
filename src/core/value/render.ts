import { sortedKeys } from './make.ts'
import { renderNumber } from './number.ts'
import { friendlyName } from './type-of.ts'
import type { Value } from './value.ts'

/** A rendering longer than this is cut, so that a diagnostic stays on one line. */
const MAX_TEXT = 80
const MAX_STRING = 40
const MAX_ITEMS = 5

/** A short one-line rendering of a value for diagnostics, close to how it would be written. */
export function describeValue(v: Value): string {
  return clip(render(v, 0), MAX_TEXT)
}

function render(v: Value, depth: number): string {
  switch (v.kind) {
    case 'null':
      return 'null'
    case 'unknown':
      return v.type.kind === 'any' ? 'unknown' : `unknown ${friendlyName(v.type)}`
    case 'bool':
      return String(v.value)
    case 'number':
      return clip(renderNumber(v.value), MAX_STRING)
    case 'string':
      return JSON.stringify(clip(v.value, MAX_STRING))
    case 'list':
    case 'set':
    case 'tuple':
      return surround('[', ']', v.items.length, depth, (i) => render(v.items[i] as Value, depth + 1))
    case 'map':
    case 'object': {
      const keys = sortedKeys(v.entries)
      return surround('{', '}', keys.length, depth, (i) => {
        const key = keys[i] ?? ''
        return `${keyText(key)} = ${render(v.entries.get(key) as Value, depth + 1)}`
      })
    }
  }
}

function surround(
  open: string,
  close: string,
  length: number,
  depth: number,
  part: (i: number) => string,
): string {
  if (length === 0) return open + close
  if (depth > 2) return `${open}…${close}`
  const parts = Array.from({ length: Math.min(length, MAX_ITEMS) }, (_, i) => part(i))
  if (length > MAX_ITEMS) parts.push('…')
  return `${open}${parts.join(', ')}${close}`
}

function keyText(key: string): string {
  return /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u.test(key) ? key : JSON.stringify(clip(key, MAX_STRING))
}

/** Cuts between code points. */
function clip(text: string, max: number): string {
  if (text.length <= max) return text
  return `${text.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '')}…`
}
