import type { Value } from '../../core/value/value.ts'

/** Whether no part of the value is unknown. */
export function isWhollyKnown(value: Value): boolean {
  switch (value.kind) {
    case 'unknown':
      return false
    case 'list':
    case 'set':
    case 'tuple':
      return value.items.every(isWhollyKnown)
    case 'map':
    case 'object':
      for (const entry of value.entries.values()) if (!isWhollyKnown(entry)) return false
      return true
    default:
      return true
  }
}
