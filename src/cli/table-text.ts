const GAP = 3
const NARROWEST = 10

/** Rows of cells in columns at least 10 wide and 3 apart; the last cell of a row is not padded (spec cli 1.3). */
export function renderTable(rows: readonly (readonly string[])[]): string {
  const widths: number[] = []
  for (const row of rows) {
    for (const [column, cell] of row.slice(0, -1).entries()) {
      widths[column] = Math.max(widths[column] ?? NARROWEST, [...cell].length + GAP)
    }
  }
  return rows.map((row) => `${row.map((cell, i) => padTo(cell, i, row, widths)).join('')}\n`).join('')
}

function padTo(cell: string, column: number, row: readonly string[], widths: readonly number[]): string {
  if (column === row.length - 1) return cell
  return cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - [...cell].length))
}

/** `Key:   value` lines whose values stand in one column. */
export function renderPairs(pairs: readonly (readonly [string, string])[], indent: string = ''): string {
  const width = Math.max(0, ...pairs.map(([key]) => [...key].length)) + 2
  return pairs.map(([key, value]) => `${indent}${`${key}:`.padEnd(width)}${value}\n`).join('')
}
