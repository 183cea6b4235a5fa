import type { Value } from '../../core/value/value.ts'
import type { Budget } from '../scope.ts'

/**
 * Parts one value may have, counted wherever they are used: a value that holds itself twice, forty times
 * over, needs little memory until someone prints it. `TEXT_PER_PART` characters count as a part, so that a
 * text may have 64 Mi of them.
 */
export const MAX_PARTS: number = 2 * 1024 * 1024
const TEXT_PER_PART = 32

/** Characters one text may have. */
export const MAX_TEXT: number = MAX_PARTS * TEXT_PER_PART

/** Levels one value may have: everything that walks a value calls itself for each. */
export const MAX_LEVELS = 1000

/** What one run may spend: about a million rounds of loops and calls, which take a few seconds. */
export const MAX_WORK = 10_000_000

/** Values up to this size cost nothing themselves, so that many targets are no problem. */
export const FREE_PARTS = 64

/** What a round of a loop or a call costs besides the parts of its result. */
export const ROUND_WORK = 10

export function newBudget(): Budget {
  return { left: MAX_WORK }
}

interface Extent {
  readonly parts: number
  readonly levels: number
}

const ONE: Extent = { parts: 1, levels: 1 }

/** Values do not change, so each is measured once. */
const measured = new WeakMap<Value, Extent>()

/** How many parts and levels a value has. */
export function extentOf(value: Value): Extent {
  switch (value.kind) {
    case 'string':
      return value.value.length < TEXT_PER_PART
        ? ONE
        : { parts: 1 + Math.floor(value.value.length / TEXT_PER_PART), levels: 1 }
    case 'list':
    case 'set':
    case 'tuple':
      return measured.get(value) ?? measure(value, value.items)
    case 'map':
    case 'object':
      return measured.get(value) ?? measure(value, value.entries.values())
    default:
      return ONE
  }
}

function measure(value: Value, items: Iterable<Value>): Extent {
  let parts = 1
  let levels = 0
  for (const item of items) {
    const extent = extentOf(item)
    parts += extent.parts
    levels = Math.max(levels, extent.levels)
  }
  const extent = { parts, levels: levels + 1 }
  measured.set(value, extent)
  return extent
}
