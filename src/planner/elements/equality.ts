import type { Attrs } from '../plan.ts'

/** A text that is equal exactly for entries of equal type and attributes, whatever their key order. */
export function entryKey(entry: { readonly type: string; readonly attrs: Attrs }): string {
  const keys = Object.keys(entry.attrs)
  if (keys.length > 1) keys.sort()
  return JSON.stringify([entry.type, ...keys.map((key) => [key, entry.attrs[key]])])
}

/**
 * Drops equal entries the way the reference does, order quirk included (spec bake 2.4): seen from the end,
 * an entry that equals a later one makes that later place take the last entry, and the list gets shorter.
 */
export function withoutEqualEntries<T extends { readonly type: string; readonly attrs: Attrs }>(
  entries: readonly T[],
): readonly T[] {
  if (entries.length < 2) return entries
  const keys = entries.map(entryKey)
  if (new Set(keys).size === keys.length) return entries
  const kept = [...entries]
  const places = new Map<string, number>([[keys[keys.length - 1] ?? '', keys.length - 1]])
  for (let i = entries.length - 2; i >= 0; i--) {
    const key = keys[i] ?? ''
    const later = places.get(key)
    if (later !== undefined) {
      const lastKey = keys.pop() ?? ''
      const last = kept.pop()
      places.delete(key)
      if (later < kept.length && last !== undefined) {
        kept[later] = last
        keys[later] = lastKey
        places.set(lastKey, later)
      }
    }
    places.set(key, i)
  }
  return kept
}

/** Keeps the last entry of each key, in the first one's place. */
export function lastByKey<T>(entries: readonly T[], keyOf: (entry: T) => string): readonly T[] {
  const kept = new Map<string, T>()
  for (const entry of entries) kept.set(keyOf(entry), entry)
  return kept.size === entries.length ? entries : [...kept.values()]
}

/** Drops "" and later repeats. */
export function distinctTexts(texts: readonly string[]): readonly string[] {
  const kept = new Set(texts)
  kept.delete('')
  return kept.size === texts.length ? texts : [...kept]
}
