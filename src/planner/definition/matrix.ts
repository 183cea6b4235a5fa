import { sortedKeys } from '../../core/value/make.ts'
import type { Value } from '../../core/value/value.ts'
import { type Parsed, parsed, refusal } from '../elements/parsed.ts'

/** Values of the axes in one instance, by axis name. */
export type Cell = ReadonlyMap<string, Value>

/**
 * The most instances one block may have. A product beyond it is a slip of the pen, and listing it would
 * exhaust memory before anything could be said about it.
 */
export const MATRIX_LIMIT = 100_000

/**
 * Expands a `matrix` value into its cells (spec bake 6). The axis written first varies fastest; the
 * reference picks any order here.
 */
export function expandMatrix(matrix: Value): Parsed<readonly Cell[]> {
  if (matrix.kind !== 'map' && matrix.kind !== 'object') return refusal('matrix must be a map')
  let cells: Cell[] = [new Map()]
  for (const [axis, values] of matrix.entries) {
    const items = axisItems(values)
    if (items === undefined) return refusal('matrix values must be a list')
    if (cells.length * items.length > MATRIX_LIMIT) {
      return refusal(`matrix has more than ${MATRIX_LIMIT} combinations`)
    }
    cells = items.flatMap((item) => cells.map((cell) => new Map([...cell, [axis, item]])))
  }
  return parsed(cells)
}

function axisItems(values: Value): readonly Value[] | undefined {
  switch (values.kind) {
    case 'list':
    case 'tuple':
    case 'set':
      return values.items
    case 'map':
    case 'object': {
      const { entries } = values
      return sortedKeys(entries).flatMap((key) => entries.get(key) ?? [])
    }
    default:
      return undefined
  }
}
